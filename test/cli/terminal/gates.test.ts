import { parse } from 'yaml';
import { plainStyle } from '../../../lib/cli/diff/view';
import { acknowledgementLines, gateSentences, terminalGates } from '../../../lib/cli/terminal/gates';
import type { GateResult } from '../../../lib/diff/model';
import { diffWith, entryWith } from '../../diff/support/entries';

const failed = (gate: string, entries: readonly string[], more: Partial<GateResult> = {}): GateResult => ({
  gate,
  failed: true,
  entries,
  acknowledged: [],
  ...more,
});

test('a gate that passed is not spoken of', () => {
  const diff = diffWith([entryWith('a')], { gates: [failed('data-loss', [], { failed: false })] });

  expect([terminalGates(diff, plainStyle), gateSentences(diff), acknowledgementLines(diff)]).toEqual(['', [], []]);
});

test('what failed is named once, though it is a group and failed two gates', () => {
  const diff = diffWith([entryWith('a', { also: ['b'], title: 'two partitions' })], {
    gates: [failed('data-loss', ['a', 'b']), failed('user-contract', ['a', 'b'])],
  });

  expect(terminalGates(diff, plainStyle).split('\n').slice(0, 4)).toEqual([
    'gate data-loss failed',
    '  two partitions',
    'gate user-contract failed',
    '  two partitions',
  ]);
  expect(gateSentences(diff)[0]).toBe('gate data-loss failed: two partitions');
  expect(acknowledgementLines(diff).filter((line) => line.startsWith('- id'))).toEqual(['- id: a', '- id: b']);
});

test('the cost is acknowledged as a sum', () => {
  const diff = diffWith([], { gates: [failed('cost>10%', ['a'], { note: 'at most 1 USD before, 9 after' })] });

  expect(gateSentences(diff)).toEqual(['gate cost>10% failed: at most 1 USD before, 9 after; a']);
  expect(acknowledgementLines(diff)[0]).toBe('- id: cost');
});

test('and so is the power', () => {
  const diff = diffWith([], { gates: [failed('power>10%', ['a'])] });

  expect(acknowledgementLines(diff)[0]).toBe('- id: power');
});

test.each([
  'campus/hpc#a changed 12ab',
  '- a',
  'a: b',
  'true',
  '12',
  '1e3',
  'a #b',
  '"x',
  '\u009b2J',
  'a\nb',
  '```',
  'ü/#x',
  '@a',
])('the id %j is what YAML reads, in printable ASCII', (id) => {
  const diff = diffWith([], { gates: [failed('data-loss', [id])] });
  const lines = acknowledgementLines(diff);

  expect(parse(lines.join('\n'), { schema: 'failsafe' })).toMatchObject([{ id }]);
  expect(lines.join('\n')).toMatch(/^[ -~\n]*$/);
  expect(lines.some((line) => line.startsWith('```'))).toBe(false);
});
