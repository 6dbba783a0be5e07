import { acknowledge, parseAcknowledgements } from '../../lib/diff/acknowledgements';
import type { Problem } from '../../lib/values/problem';
import { diffWith, entryWith } from './support/entries';

const FILE = 'hpcdk.acknowledged.yaml';
const parse = (text: string) => {
  const problems: Problem[] = [];
  return { found: parseAcknowledgements(text, (problem) => problems.push(problem), FILE), problems };
};
const one = (id: string, until = '2026-12-31') => ({ id, reason: 'planned', until, origin: { file: FILE, line: 1 } });
const apply = (diff: ReturnType<typeof diffWith>, ...acknowledgements: ReturnType<typeof one>[]) => {
  const problems: Problem[] = [];
  return { diff: acknowledge(diff, acknowledgements, '2026-11-21', (problem) => problems.push(problem)), problems };
};

describe('the file of acknowledgements', () => {
  test('is a sequence of id, reason and until', () => {
    const text = `# looked at in the meeting of 20 November
- id: campus/hpc#stateSaveLocation changed
  reason: "maintenance on 1 December: HPC-123"
  until: 2026-12-02

- id: 'campus/hpc/batch#maxTime decreased'
  reason: users were told
  until: 2027-01-31
`;

    expect(parse(text)).toEqual({
      problems: [],
      found: [
        {
          id: 'campus/hpc#stateSaveLocation changed',
          reason: 'maintenance on 1 December: HPC-123',
          until: '2026-12-02',
          origin: { file: FILE, line: 2 },
        },
        {
          id: 'campus/hpc/batch#maxTime decreased',
          reason: 'users were told',
          until: '2027-01-31',
          origin: { file: FILE, line: 6 },
        },
      ],
    });
  });

  test.each(['', '\n', '# nothing yet\n', '[]\n'])('%j has none', (text) => {
    expect(parse(text)).toEqual({ found: [], problems: [] });
  });

  test.each([
    ['- id: a\n  reason: b\n', 1, 'the acknowledgement has no until', expect.stringContaining('2026-12-31')],
    ['- reason: b\n  until: 2026-12-31\n', 1, 'the acknowledgement has no id', expect.stringContaining('--json')],
    ['\n- id: a\n  until: 2026-12-31\n', 2, 'the acknowledgement has no reason', expect.stringContaining('why')],
    ['- id: a\n  reason: " "\n  until: 2026-12-31\n', 1, 'the acknowledgement has no reason', expect.anything()],
    ['- id: a\n  reason: [b]\n  until: 2026-12-31\n', 1, 'the acknowledgement has no reason', expect.anything()],
    ['- id: a\n  reason: b\n  until: 2026-02-30\n', 1, "'2026-02-30' is no day of the calendar", expect.anything()],
    ['- id: a\n  reason: b\n  until: next week\n', 1, "'next week' is no day of the calendar", expect.anything()],
    ['- id: a\n  reson: b\n', 1, "an acknowledgement has no 'reson'", 'did you mean reason?'],
    ['id: a\nreason: b\n', 1, 'the file is no sequence of mappings', undefined],
    ['- a\n', 1, 'the item is no mapping of columns to cells', undefined],
    ['- id: "a\n', 2, expect.stringMatching(/^the file is no YAML: /), undefined],
  ])('%j: line %d', (text, line, message, fix) => {
    const { found, problems } = parse(text);

    expect(found).toEqual([]);
    expect(problems).toEqual([
      { code: 'HPC2711', message, ...(fix === undefined ? {} : { fix }), origin: { file: FILE, line } },
    ]);
  });

  test('a fault does not hide the others, and an id stands once', () => {
    const { found, problems } = parse(
      '- {id: a, reason: b, until: 2026-12-31}\n- {id: c}\n- {id: a, reason: d, until: 2027-12-31}\n',
    );

    expect(found).toMatchObject([{ id: 'a', until: '2026-12-31' }]);
    expect(problems.map(({ message, origin }) => [origin?.line, message])).toEqual([
      [2, 'the acknowledgement has no reason'],
      [3, "'a' is acknowledged twice, first in line 1"],
    ]);
  });
});

describe('an acknowledgement', () => {
  test('marks its entry and no other', () => {
    const { diff, problems } = apply(diffWith([entryWith('a'), entryWith('b')]), one('b'));

    expect(diff.entries.map(({ acknowledged }) => acknowledged)).toEqual([
      undefined,
      { reason: 'planned', until: '2026-12-31' },
    ]);
    expect(problems).toEqual([]);
  });

  test('counts on its last day, and not on the one after', () => {
    const on = apply(diffWith([entryWith('a')]), one('a', '2026-11-21'));
    const after = apply(diffWith([entryWith('a')]), one('a', '2026-11-20'));

    expect(on.diff.entries[0]?.acknowledged).toBeDefined();
    expect(after.diff.entries[0]?.acknowledged).toBeUndefined();
    expect(after.problems).toMatchObject([
      {
        code: 'HPC2712',
        severity: 'warning',
        message: "the acknowledgement of 'a' expired after 2026-11-20 and does not count",
      },
    ]);
  });

  test('that matches nothing is a warning, with the id that was likely meant', () => {
    const { problems } = apply(
      diffWith([entryWith('campus/hpc#hosts changed')]),
      one('campus/hpc#host changed'),
      one('x'),
    );

    expect(problems).toMatchObject([
      {
        code: 'HPC2713',
        severity: 'warning',
        message: "the acknowledgement of 'campus/hpc#host changed' matches no change",
        fix: 'did you mean campus/hpc#hosts changed?',
      },
      { code: 'HPC2713', fix: 'remove it once the change is rolled out' },
    ]);
  });

  test('of a group counts when each of its changes is acknowledged, until the first of them expires', () => {
    const group = diffWith([entryWith('a', { also: ['b'] })]);

    expect(apply(group, one('a')).diff.entries[0]?.acknowledged).toBeUndefined();
    expect(apply(group, one('a')).problems).toEqual([]);
    expect(apply(group, one('a', '2027-01-01'), one('b', '2026-11-30')).diff.entries[0]?.acknowledged?.until).toBe(
      '2026-11-30',
    );
  });

  test('of the cost marks the sum', () => {
    const cost = { before: 1, after: 2, currency: 'USD', date: '2026-10-01' };
    const diff = diffWith([], { capacity: { figures: [], cost, notEstimated: [] } });

    expect(apply(diff, one('cost')).diff.capacity?.acknowledged).toEqual({ reason: 'planned', until: '2026-12-31' });
    expect(apply(diffWith([]), one('cost')).problems).toMatchObject([{ code: 'HPC2713' }]);
  });

  test('of the power marks that sum and no other', () => {
    const cost = { before: 1, after: 2, currency: 'USD', date: '2026-10-01' };
    const power = { before: 1, after: 2, alike: { before: 1, after: 2 }, unstated: 0 };
    const diff = diffWith([], { capacity: { figures: [], cost, power, notEstimated: [] } });
    const { capacity } = apply(diff, one('power')).diff;

    expect([capacity?.power?.acknowledged?.reason, capacity?.acknowledged]).toEqual(['planned', undefined]);
    expect(apply(diffWith([]), one('power')).problems).toMatchObject([{ code: 'HPC2713' }]);
  });
});
