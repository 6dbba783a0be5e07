import fc from '../fast-check';
import type { Manifest } from '../../lib/app/manifest';
import { applyChanges, type ChangeSet, changeSet, type ConstructChange } from '../../lib/diff/change-set';
import type { Direction } from '../../lib/values/compare';
import type { Json } from '../../lib/values/json';
import { manifestOf, manifests } from './support/manifests';

const thing = (values: Readonly<Record<string, Json>>, defaults: readonly string[] = []) => ({
  table: 'Thing',
  values,
  defaults,
});

const MIRRORED: Readonly<Record<Direction, Direction>> = {
  added: 'removed',
  removed: 'added',
  increased: 'decreased',
  decreased: 'increased',
  changed: 'changed',
};

/** What a change is in either direction of looking at it: where, what, and which way it went. */
const facts = (change: ConstructChange, mirror: boolean): string => {
  if (change.change !== 'changed') {
    const which = mirror ? (change.change === 'added' ? 'removed' : 'added') : change.change;
    return `${change.path} ${which}`;
  }
  const { path, from = path, fields } = change;
  const places = mirror ? [path, from] : [from, path];
  const what = fields.map(({ field, change: { direction } }) => `${field} ${mirror ? MIRRORED[direction] : direction}`);
  return [...places, ...what].join(' ');
};
const all = ({ constructs }: ChangeSet, mirror = false) => constructs.map((one) => facts(one, mirror)).sort();

const shuffled = (value: Json): Json =>
  Array.isArray(value)
    ? [...(value as Json[])].reverse().map(shuffled)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, part]) => [key, shuffled(part)]),
        )
      : value;

/** The same with the order of everything changed that has none. */
const reordered = (manifest: Manifest): Manifest =>
  manifestOf(
    Object.fromEntries(
      Object.entries(manifest.constructs)
        .reverse()
        .map(([path, construct]) => {
          const { path: ordered, ...rest } = construct.values;
          const values = {
            ...(shuffled(rest) as Record<string, Json>),
            ...(ordered !== undefined && { path: ordered }),
          };
          return [path, { ...construct, values }];
        }),
    ),
    manifest.files,
  );

describe('laws of change sets', () => {
  test('a manifest compared with itself differs in nothing', () => {
    fc.assert(
      fc.property(manifests, (a) => {
        const { constructs, files, moves } = changeSet(a, structuredClone(a));
        expect([constructs, files, [...moves]]).toEqual([[], [], []]);
      }),
    );
  });

  test('the order of what has none changes nothing', () => {
    fc.assert(fc.property(manifests, (a) => expect(changeSet(a, reordered(a)).constructs).toEqual([])));
  });

  test('what changed, applied to the one side, gives the other', () => {
    fc.assert(
      fc.property(manifests, manifests, (a, b) => {
        const applied = manifestOf(applyChanges(a, changeSet(a, b)), b.files);
        expect(Object.keys(applied.constructs)).toEqual(Object.keys(b.constructs).sort());
        expect(changeSet(applied, b).constructs).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('seen from the other side every change is mirrored', () => {
    fc.assert(
      fc.property(manifests, manifests, (a, b) => expect(all(changeSet(a, b), true)).toEqual(all(changeSet(b, a)))),
      { numRuns: 500 },
    );
  });
});

describe('a change set', () => {
  test('has the fields that mean something else, with both values', () => {
    const a = manifestOf({ 'site/a': thing({ duration: '7d', size: '1GiB', text: 'x' }) });
    const b = manifestOf({ 'site/a': thing({ duration: '2d', size: '1024MiB', text: 'x' }) });
    expect(changeSet(a, b).constructs).toMatchObject([
      {
        change: 'changed',
        path: 'site/a',
        fields: [{ field: 'duration', before: '7d', after: '2d', change: { direction: 'decreased' } }],
      },
    ]);
  });

  test('says when nobody wrote the value on either side: the default of the library changed', () => {
    const a = manifestOf({ 'site/a': thing({ integer: 1 }, ['integer']) });
    const b = manifestOf({ 'site/a': thing({ integer: 2 }, ['integer']) });
    expect(changeSet(a, b).constructs).toMatchObject([{ fields: [{ field: 'integer', libraryDefault: true }] }]);
    const written = manifestOf({ 'site/a': thing({ integer: 2 }) });
    expect(changeSet(a, written).constructs).toMatchObject([{ fields: [{ field: 'integer' }] }]);
    expect(changeSet(a, written).constructs).not.toMatchObject([{ fields: [{ libraryDefault: true }] }]);
  });

  test('a default that is now written is no change', () => {
    const a = manifestOf({ 'site/a': thing({ integer: 1 }, ['integer']) });
    expect(changeSet(a, manifestOf({ 'site/a': thing({ integer: 1 }) })).constructs).toEqual([]);
  });

  test('tells a field that only the table of one side has', () => {
    const a = manifestOf({ 'site/a': thing({ text: 'x' }) });
    const { Thing, Other } = a.tables as { Thing: Manifest['tables'][string]; Other: Manifest['tables'][string] };
    const { integer: _none, ...fields } = Thing.fields;
    const old: Manifest = { ...a, tables: { Thing: { ...Thing, fields }, Other } };
    const b = manifestOf({ 'site/a': thing({ text: 'x', integer: 1 }, ['integer']) });
    expect(changeSet(old, b).constructs).toMatchObject([{ fields: [{ field: 'integer', tableOnly: 'after' }] }]);
    expect(changeSet(b, old).constructs).toMatchObject([{ fields: [{ field: 'integer', tableOnly: 'before' }] }]);
  });

  test('another kind at the same path is another thing', () => {
    const a = manifestOf({ 'site/a': thing({ text: 'x' }) });
    const b = manifestOf({ 'site/a': { ...thing({ text: 'x' }), table: 'Other' } });
    expect(changeSet(a, b).constructs.map(({ change, path }) => `${path} ${change}`)).toEqual([
      'site/a added',
      'site/a removed',
    ]);
  });

  test('files: content, mode and place count, the owner does not', () => {
    const file = { sha256: '1', mode: '0644', owner: 'site' };
    const host = { path: '/etc/slurm/slurm.conf' };
    const a = manifestOf({}, { same: file, mode: file, place: file, gone: file });
    const b = manifestOf(
      {},
      { same: { ...file, owner: 'x' }, mode: { ...file, mode: '0600' }, place: { ...file, host }, come: file },
    );
    expect(changeSet(a, b).files.map(({ path }) => path)).toEqual(['come', 'gone', 'mode', 'place']);
  });
});
