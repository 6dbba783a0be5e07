/**
 * Whether nodes with these features can take a job with this `--constraint` (sbatch(1)): names with `&` and `|`, which
 * slurmctld takes from left to right. Of an expression with counts (`ib*4&amd*2`), brackets or parentheses, nodes with any
 * one of its names can be part of the answer.
 */
export function hasFeatures(expression: string, features: ReadonlySet<string>): boolean {
  if (expression === '') return true;
  const names = expression.split(/[&|()[\],*\s]+/).filter((word) => word !== '' && !/^\d+$/.test(word));
  if (/[[()*]/.test(expression)) return names.some((name) => features.has(name));
  const operators = expression.match(/[&,|]/g) ?? [];
  return names.reduce<boolean>((holds, name, index) => {
    const operator = operators[index - 1] ?? '&';
    return operator === '|' ? holds || features.has(name) : holds && features.has(name);
  }, true);
}
