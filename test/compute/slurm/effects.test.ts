import type { Effect, Effects } from '../../../lib/app/effect';
import { limit, limits, limitsOf } from '../../../lib/compute/slurm/effects';
import { kindClasses } from '../../house/kinds';

const reasons = (effects: Effects): string[] =>
  Object.values(effects).flatMap((rules) => ([rules].flat() as Effect[]).map(({ reason }) => reason));

/** Two articles in a row: a phrase was put where a word belongs. */
const stumbles = /\b(?:an?|the) (?:(?:higher|lower|other) )?(?:an?|the|what|those)\b/;

test('the reasons of limits are sentences, whatever the limit is', () => {
  expect(reasons(limit('MaxTime'))).toEqual([
    'a higher MaxTime refuses nothing that was accepted before',
    'without MaxTime nothing is refused that was accepted before',
    'a lower MaxTime, or one where there was none, refuses what was accepted before',
  ]);
  expect(reasons(limits('GrpTRES'))).toEqual([
    'without GrpTRES nothing is refused that was accepted before',
    'GrpTRES has other amounts: lower ones, and those of resources that it did not name, refuse jobs',
  ]);
  expect(reasons(limitsOf('the default QOS'))).toEqual([
    'the limits of the default QOS no longer hold',
    'the default QOS is another one, with limits of its own',
  ]);
});

test('no reason of any field stumbles', () => {
  const all = kindClasses().flatMap(({ kind, fields, lifecycle }) => [
    ...Object.entries(fields).flatMap(([name, { effects }]) =>
      reasons(effects).map((one) => `${kind}.${name}: ${one}`),
    ),
    ...[lifecycle.added, lifecycle.removed].flatMap(reasons).map((one) => `${kind}: ${one}`),
  ]);
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((text) => stumbles.test(text))).toEqual([]);
  expect(stumbles.test('a higher the limits of the default QOS')).toBe(true);
});
