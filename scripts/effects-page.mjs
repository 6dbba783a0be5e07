// The page docs/diff/effects.md: what each change does to a running site, from the field tables.

const DIRECTIONS = ['increased', 'decreased', 'added', 'removed', 'changed', 'any'];

/** What a direction is called in the table. */
const said = (direction, count) => (direction === 'any' ? (count === 1 ? 'any change' : 'otherwise') : direction);

/** The rows of one field, of one key of a map, or of a construct that comes or goes. */
function rows(subject, effects, escape) {
  const known = DIRECTIONS.filter((direction) => effects[direction] !== undefined);
  return known.flatMap((direction, index) =>
    [effects[direction]].flat().map((rule, nth) => {
      const when = Object.entries(rule.when ?? {}).map(([fact, range]) => `${fact} ${range}`);
      const cells = [
        index + nth === 0 ? subject : '',
        [said(direction, known.length), ...when].join(', '),
        rule.class,
        rule.reason,
        rule.running ?? '',
        rule.pending ?? '',
      ];
      return `| ${cells.map((cell, column) => (column === 0 ? cell : escape(cell))).join(' | ')} |`;
    }),
  );
}

/** The parts of a record that have rules of their own. */
const partsOf = ({ codec, keys }) =>
  Object.keys(codec.type.codec === 'record' && keys ? codec.type.fields : {})
    .filter((part) => keys(part))
    .map((part) => [part, keys(part).effects]);

const HEAD = '| what | direction | class | why | running jobs | pending jobs |\n| --- | --- | --- | --- | --- | --- |';

/**
 * @param kinds the kinds of constructs
 * @param classes the classes of effects from harmless to worst
 * @param options every key of the files of Slurm
 * @param keys what holds for a key of slurm.conf, of a partition, of slurmdbd.conf
 * @param escape makes text safe in a table
 */
export function effectsPage({ kinds, classes, options, keys, escape }) {
  const pages = kinds.map(({ kind, fields, lifecycle }) => {
    const table = [
      ...rows('the construct, added', lifecycle.added, escape),
      ...rows('the construct, removed', lifecycle.removed, escape),
      ...(lifecycle.moved ? rows('the construct, moved', lifecycle.moved, escape) : []),
      ...Object.entries(fields).flatMap(([name, field]) => [
        ...rows(`\`${name}\``, field.effects, escape),
        ...partsOf(field).flatMap(([part, effects]) => rows(`\`${name}.${part}\``, effects, escape)),
      ]),
    ];
    return `## ${kind}\n\n${HEAD}\n${table.join('\n')}`;
  });
  const files = Object.entries(keys).map(([title, { file, scope, of }]) => {
    const chosen = options.filter((option) => option.file === file && option.scope === scope);
    const unique = [...new Map(chosen.map((option) => [option.key, option])).values()];
    return `## ${title}\n\n${HEAD}\n${unique.flatMap(({ key }) => rows(`\`${key}\``, of(key).effects, escape)).join('\n')}`;
  });
  return `# Effects

An effect says what a change of one property does to a running site; this table is made from the same data that
[a diff](diff.md) and [its plan](plan.md) are made from.

Classes, from harmless to worst: ${classes.map((name) => `\`${name}\``).join(', ')}. An empty cell means that running jobs
continue and pending ones stay in the queue. Where several rules hold at different releases of Slurm, the first one that
holds counts. A change that nobody notices, such as a higher limit, is no matter of the [user contract](user-contract.md).

<!-- prettier-ignore-start -->

${[...pages, ...files].join('\n\n')}

<!-- prettier-ignore-end -->
`;
}
