import fc from '../../fast-check';
import { locate } from '../../../lib/app/diagnostics/locate';
import { tokenize } from '../../../lib/app/diagnostics/tokens';

/** The text of the place that is found. */
function found(source: string, line: number, field?: string, id?: string): string | undefined {
  const span = locate(source, { line, ...(field && { field }), ...(id && { id }) });
  return (
    span &&
    `${span.line}:${span.column} ${source.split('\n')[span.line - 1]?.slice(span.column - 1, span.column - 1 + span.length)}`
  );
}

const call = `const hpc = cluster();
hpc.addPartition('batch', {
  nodes: [cpu, hpc.addNodes('big', { hosts: 'big[1-8]', weight: 10 })],
  // maxTime: in a comment
  note: 'maxTime: in a string, with a brace } and \\' a quote',
  text: \`maxTime: \${inner({ maxTime: '}' })} in a template\`,
  pattern: /maxTime: [}/]"/,
  'maxTime': Duration.days(2),
  limits: { nodes: 3, list: [{ name: 'a' }, { name: 'b', limit: 7 }] },
  shorthand,
  method() { return 1; },
});
`;

describe('the place of a field', () => {
  test.each([
    ['maxTime', "8:3 'maxTime'"],
    ['nodes', '3:3 nodes'],
    ['nodes[0]', '3:11 cpu'],
    ['nodes[1]', '3:16 hpc'],
    ['limits.nodes', '9:13 nodes'],
    ['limits.list[1].limit', '9:58 limit'],
    ['limits.list[1].absent', '9:45 {'],
    ['shorthand', '10:3 shorthand'],
    ['method', '11:3 method'],
  ])('%s stands in a call over several lines', (field, place) => {
    expect(found(call, 2, field, 'batch')).toBe(place);
  });

  test('a field that is not written is told by the call', () => {
    expect(found(call, 2, 'absent', 'batch')).toBe('2:5 addPartition');
  });

  test('a call inside a call is told by its id', () => {
    expect(found(call, 3, 'weight', 'big')).toBe('3:57 weight');
    expect(found("a.add('x', { n: 1 }); a.add('y', { n: 2 });", 1, 'n', 'y')).toBe('1:36 n');
  });

  test('a constructor is told by `new`', () => {
    expect(found("const s = new hpcdk.Site(app, 'campus', props);", 1, 'domain', 'campus')).toBe('1:11 new');
  });

  test('an element after a spread is told by the list, because its index is not in the text', () => {
    expect(found("f('x', { specs: [...more, 'a'] })", 1, 'specs[1]')).toBe('1:10 specs');
  });

  test('a chained call is told by the line of its name', () => {
    expect(found("hpc\n  .addPartition('x', {\n    maxTime: 1,\n  });", 2, 'maxTime', 'x')).toBe('3:5 maxTime');
  });

  test('a line without a call has no place', () => {
    expect(found('const a = 1;\n', 1, 'x')).toBeUndefined();
    expect(found('const a = 1;\n', 99, 'x')).toBeUndefined();
  });

  test('division is no regular expression', () => {
    expect(found("f('x', { a: b / 2, c: d / 3, e: 1 })", 1, 'e')).toBe('1:30 e');
  });
});

describe('tokens', () => {
  test('any text is cut into tokens that stand where they say, and never throws', () => {
    const text = fc
      .array(fc.constantFrom('`', '${', '}', "'", '"', '/', '/*', '*/', '//', '\n', 'a', ' ', '\\', '(', '[', ':', '€'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (source) => {
        let end = 0;
        for (const token of tokenize(source)) {
          expect(source.startsWith(token.text, token.start)).toBe(true);
          expect(token.text.length).toBeGreaterThan(0);
          expect(token.start).toBeGreaterThanOrEqual(end);
          end = token.start + token.text.length;
        }
      }),
    );
  });
});
