import type { Effect } from '../../lib/app/effect';
import { effectOf, entryId, inOrder, makeEntry, severity, UNKNOWN_EFFECT } from '../../lib/diff/entry';
import type { Entry, EntrySection } from '../../lib/diff/model';

const effect = (name: Effect['class'], more: Partial<Effect> = {}): Effect => ({
  class: name,
  reason: 'a test',
  ...more,
});
const entry = (section: EntrySection, of: Effect, path = 'site/a'): Entry =>
  makeEntry({
    id: `${path} changed`,
    section,
    action: 'changed',
    level: 'field',
    kind: 'Thing',
    path,
    title: `thing ${path}`,
    effect: of,
  });

test('data loss is shown as data at risk wherever the field belongs', () => {
  expect(entry('other', effect('data-loss')).section).toBe('data');
  expect(entry('contract', effect('data-loss')).section).toBe('data');
});

test.each(['reboot', 'stop-logins', 'stop-fleet', 'stop-controller'] as const)('%s is a disruption', (name) => {
  expect(entry('other', effect(name)).section).toBe('disruption');
  expect(entry('capacity', effect(name)).section).toBe('disruption');
  expect(entry('contract', effect(name)).section).toBe('contract');
});

test('what users notice is marked, what nobody notices is not', () => {
  expect(entry('contract', effect('reconfigure')).marks).toEqual(['user-contract']);
  expect(entry('contract', effect('reconfigure', { harmless: true })).marks).toEqual([]);
  expect(entry('other', effect('reconfigure')).marks).toEqual([]);
});

test('the rule of the direction counts, then that of any, then the worst is assumed', () => {
  const effects = { increased: effect('none'), any: effect('reconfigure') };
  expect(effectOf(effects, 'increased').class).toBe('none');
  expect(effectOf(effects, 'removed').class).toBe('reconfigure');
  expect(effectOf({}, 'added')).toBe(UNKNOWN_EFFECT);
  expect(effectOf(undefined, 'added')).toBe(UNKNOWN_EFFECT);
});

test('a page goes section by section, the worst first', () => {
  const page = [
    entry('other', effect('none'), 'z'),
    entry('contract', effect('none'), 'a'),
    entry('contract', effect('rolling-drain'), 'b'),
    entry('contract', effect('none'), 'A'),
    entry('data', effect('data-loss'), 'y'),
  ];
  expect(
    [...page]
      .reverse()
      .sort(inOrder)
      .map(({ path }) => path),
  ).toEqual(['y', 'b', 'A', 'a', 'z']);
  expect(severity(effect('data-loss'))).toBeGreaterThan(severity(effect('replace')));
});

test('an id is the same on every run, and another one for other values', () => {
  expect(entryId('site/a#maxTime', 'decreased', '7d', '2d')).toMatch(/^site\/a#maxTime decreased [0-9a-f]{6}$/);
  expect(entryId('site/a#maxTime', 'decreased', '7d', '2d')).toBe(entryId('site/a#maxTime', 'decreased', '7d', '2d'));
  expect(entryId('site/a#maxTime', 'decreased', '7d', '1d')).not.toBe(
    entryId('site/a#maxTime', 'decreased', '7d', '2d'),
  );
});
