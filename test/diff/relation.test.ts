import { Relation } from '../../lib/diff/relation';
import { manifestOf, tables } from './support/manifests';

const thing = (values = {}) => ({ table: 'Thing', values, defaults: [] });
const manifest = {
  ...manifestOf({
    site: { table: 'Site', values: {}, defaults: [] },
    'site/filer': thing(),
    'site/hpc': thing({ peer: 'site/filer' }),
    'site/hpc/pool': thing({ peer: 'cloud' }),
    'site/hpc/queue': thing({ peers: ['site/hpc/pool'] }),
    'site/other': thing(),
    cloud: thing(),
    'cloud/disk': thing(),
  }),
  tables: { ...tables, Site: { ...tables.Thing, kind: 'Site' } },
};
const sources = (owner: string) => [...(new Relation(manifest).sourcesOf({ owner }) ?? [])].sort();

test('a file comes from its owner, what stands below and above it, and what those refer to', () => {
  expect(sources('site/hpc')).toEqual([
    'cloud',
    'cloud/disk',
    'site',
    'site/filer',
    'site/hpc',
    'site/hpc/pool',
    'site/hpc/queue',
  ]);
});

test('it comes from what refers to its owner too', () => {
  expect(sources('cloud')).toEqual(['cloud', 'cloud/disk', 'site/hpc/pool']);
});

test('it comes from what refers to a construct above its owner, as a mount does to the cluster of a pool', () => {
  const mounted = {
    ...manifest,
    constructs: { ...manifest.constructs, 'site/mount': thing({ peers: ['site/hpc', 'site/other'] }) },
  };

  expect([...(new Relation(mounted).sourcesOf({ owner: 'site/hpc/pool' }) ?? [])].sort()).toEqual([
    'cloud',
    'cloud/disk',
    'site',
    'site/hpc',
    'site/hpc/pool',
    'site/hpc/queue',
    'site/mount',
    'site/other',
  ]);
});

test('a file of the site itself comes from the site alone', () => expect(sources('site')).toEqual(['site']));

test('a file that is made from all of its site comes from anything', () => {
  expect(new Relation(manifest).sourcesOf({ owner: 'site', derived: true })).toBeUndefined();
});

test('a file of something unknown comes from that alone', () => expect(sources('gone')).toEqual(['gone']));
