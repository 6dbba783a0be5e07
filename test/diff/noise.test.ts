import { compareSides } from '../../lib/diff/comparison';
import { makeEntry } from '../../lib/diff/entry';
import type { Entry } from '../../lib/diff/model';
import { hideNoise, noiseRules } from '../../lib/diff/noise';
import { manifestOf } from './support/manifests';

const side = { label: 'a', manifest: manifestOf({}), sources: {} };
const comparison = compareSides(side, side);

const file = (more: Partial<Entry> = {}): Entry =>
  makeEntry({
    id: 'a.conf rendering',
    section: 'other',
    action: 'rendering',
    level: 'file',
    kind: 'slurm.conf',
    path: 'a.conf',
    title: 'a.conf: other bytes, the same meaning',
    effect: { class: 'none', reason: 'the same', harmless: true },
    ...more,
  });

test('what a rule hides is counted by its name, and strict shows it', () => {
  const entries = [file(), file({ path: 'b.conf' })];
  expect(hideNoise(entries, comparison, false)).toEqual({
    shown: [],
    hidden: [{ rule: 'same-meaning', what: expect.any(String) as string, count: 2 }],
  });
  expect(hideNoise(entries, comparison, true)).toEqual({ shown: entries, hidden: [] });
});

test('a file in which something differs is shown', () => {
  const entries = [
    file({ items: [{ direction: 'changed', text: 'KillWait 30 → 60' }] }),
    file({ effect: { class: 'none', reason: 'no daemon reads it' } }),
  ];
  expect(hideNoise(entries, comparison, false)).toEqual({ shown: entries, hidden: [] });
});

test('no rule hides what has to be judged', () => {
  const sections = ['data', 'security', 'contract', 'disruption', 'capacity', 'software'] as const;
  for (const section of sections) {
    const entry = file({ section, level: 'field', action: 'changed' });
    expect(noiseRules.filter((rule) => rule.hides(entry))).toEqual([]);
  }
  expect(new Set(noiseRules.map(({ name }) => name)).size).toBe(noiseRules.length);
});
