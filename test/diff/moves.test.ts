import { changeSet } from '../../lib/diff/change-set';
import { findMoves } from '../../lib/diff/moves';
import type { Json } from '../../lib/values/json';
import { manifestOf } from './support/manifests';

const thing = (values: Readonly<Record<string, Json>>) => ({ table: 'Thing', values, defaults: [] });
const moved = (a: ReturnType<typeof manifestOf>, b: ReturnType<typeof manifestOf>) =>
  Object.fromEntries(findMoves(a, b));

test('one that went and one that came with the same values are one that moved', () => {
  const a = manifestOf({ 'site/a': thing({ text: 'x', integer: 1 }) });
  expect(moved(a, manifestOf({ 'site/b': thing({ integer: 1, text: 'x' }) }))).toEqual({ 'site/a': 'site/b' });
  expect(moved(a, manifestOf({ 'site/b': thing({ integer: 2, text: 'x' }) }))).toEqual({});
  expect(moved(a, manifestOf({ 'site/b': { ...thing({ text: 'x', integer: 1 }), table: 'Other' } }))).toEqual({});
});

test('where it is not clear which, nothing moved; an id that stays makes it clear', () => {
  const x = thing({ text: 'x' });
  const a = manifestOf({ 'site/a': x, 'site/b': x });
  expect(moved(a, manifestOf({ 'site/c': x, 'site/d': x }))).toEqual({});
  expect(moved(a, manifestOf({ 'other/a': x, 'other/b': x }))).toEqual({ 'site/a': 'other/a', 'site/b': 'other/b' });
});

test('a construct that states nothing is not recognised', () => {
  const empty = { table: 'Thing', values: { integer: 1 }, defaults: ['integer'] };
  expect(moved(manifestOf({ 'site/a': empty }), manifestOf({ 'site/b': empty }))).toEqual({});
});

test('what refers to a thing that moved moves with it', () => {
  const a = manifestOf({
    'old/pool': thing({ hosts: 'gn1' }),
    'old/queue': thing({ peer: 'old/pool', peers: ['old/pool'] }),
  });
  const b = manifestOf({
    'new/pool': thing({ hosts: 'gn1' }),
    'new/queue': thing({ peer: 'new/pool', peers: ['new/pool'] }),
  });
  expect(moved(a, b)).toEqual({ 'old/pool': 'new/pool', 'old/queue': 'new/queue' });
  expect(changeSet(a, b).constructs).toMatchObject([
    { path: 'new/pool', from: 'old/pool', fields: [] },
    { path: 'new/queue', from: 'old/queue', fields: [] },
  ]);
});

test('a declared rename holds for everything below, whatever its values', () => {
  const a = manifestOf({ 'site/a': thing({ text: 'x' }), 'site/a/b': thing({ text: 'y' }) });
  const b = manifestOf(
    { 'site/z': thing({ text: 'x2' }), 'site/z/b': thing({ text: 'y' }) },
    {},
    { 'site/a': 'site/z' },
  );
  expect(moved(a, b)).toEqual({ 'site/a': 'site/z', 'site/a/b': 'site/z/b' });
  expect(changeSet(a, b).constructs).toMatchObject([
    { from: 'site/a', fields: [{ field: 'text', before: 'x', after: 'x2' }] },
    { from: 'site/a/b', fields: [] },
  ]);
});
