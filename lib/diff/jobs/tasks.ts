/** How many tasks an expression such as `1-100%2`, `[3,5,7-9]` or `0-14:2` stands for; of one that is cut short, those that it names. */
export function countTasks(expression: string): number {
  const ranges = expression
    .replace(/%\d+$/, '')
    .replace(/[[\]]/g, '')
    .split(',')
    .map((range) => /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(range));
  const count = ranges.reduce((sum, match) => {
    if (!match) return sum;
    const [first, last = first, step = 1] = match.slice(1).map((digits) => digits && Number(digits)) as [
      number,
      number?,
      number?,
    ];
    return sum + Math.max(0, Math.floor((last - first) / Math.max(1, step)) + 1);
  }, 0);
  return Math.max(1, count);
}
