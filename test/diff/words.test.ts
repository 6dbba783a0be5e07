import { hostsText, itemTexts, signed, valueText } from '../../lib/diff/words';
import type { CodecType } from '../../lib/values/codec';
import { compareValues, type ValueChange } from '../../lib/values/compare';
import type { Json } from '../../lib/values/json';

const text: CodecType = { codec: 'text' };
const words: CodecType = { codec: 'list', of: text, ordered: false };
const pools: CodecType = { codec: 'list', of: { codec: 'reference' }, ordered: false };
const record: CodecType = { codec: 'record', fields: { cpu: { codec: 'integer' }, node: { codec: 'integer' } } };
const resource: CodecType = { codec: 'record', fields: { name: text, type: text, count: { codec: 'integer' } } };
const switches: CodecType = {
  codec: 'list',
  of: { codec: 'record', fields: { name: text, nodes: { codec: 'hostlist' } } },
  ordered: false,
  identity: 'name',
};

test.each<[CodecType, Json | undefined, string]>([
  [text, undefined, 'not set'],
  [text, '', 'empty'],
  [{ codec: 'boolean' }, true, 'yes'],
  [{ codec: 'duration' }, '7d', '7d'],
  [{ codec: 'reference' }, 'campus/hpc/nodes/cpu', 'cpu'],
  [words, [], 'none'],
  [words, ['a', 'b'], 'a, b'],
  [{ codec: 'map', of: text }, {}, 'none'],
  [record, { cpu: 4, node: 2 }, 'cpu=4 node=2'],
  [resource, { name: 'gpu', type: 'a100', count: 4 }, 'gpu:a100:4'],
  [resource, { name: 'gpu', count: 2 }, 'gpu:2'],
])('%j %j reads %s', (type, value, expected) => expect(valueText(type, value)).toBe(expected));

const lines = (type: CodecType, a: Json, b: Json): string[] =>
  itemTexts(type, compareValues(type, a, b) as ValueChange).map((item) => signed(item.direction, item.text));

test('what changed inside a value, one line for each part', () => {
  expect(lines(words, ['a', 'b'], ['b', 'c'])).toEqual(['- a', '+ c']);
  expect(lines(pools, ['x/nodes/cpu'], ['x/nodes/gpu'])).toEqual(['- cpu', '+ gpu']);
  expect(lines(record, { cpu: 4, node: 2 }, { cpu: 8 })).toEqual(['cpu 4 → 8', '- node 2']);
  expect(
    lines(
      switches,
      [{ name: 's1', nodes: 'cn[1-4]' }],
      [
        { name: 's1', nodes: 'cn[1-8]' },
        { name: 's2', nodes: 'cn9' },
      ],
    ),
  ).toEqual(['s1: nodes cn[1-4] → cn[1-8]', '+ name=s2 nodes=cn9']);
});

test.each([
  ['gromacs@2024.3 ~cuda +mpi', 'gromacs@2024.4 +cuda +mpi', 'gromacs 2024.3 → 2024.4, ~cuda → +cuda'],
  ['gromacs@2024.3', 'gromacs@2024.3 +cuda api=v1', 'gromacs 2024.3: api=v1 added, +cuda added'],
  ['hdf5 %gcc@13', 'hdf5@1.14 ^openmpi', 'hdf5 1.14 added, %gcc@13 removed, ^openmpi added'],
])('%s to %s is said as %s', (before, after, said) => {
  const specs: CodecType = { codec: 'list', of: { codec: 'spec' }, ordered: false };
  expect(lines(specs, [before], [after])).toEqual([said]);
});

test('a record with a spec is said by its package', () => {
  const compilers: CodecType = {
    codec: 'list',
    of: { codec: 'record', fields: { id: text, spec: { codec: 'spec' }, external: { codec: 'path' } } },
    ordered: true,
    identity: 'id',
  };
  const before = { id: 'gcc-13.3.0', spec: 'gcc@13.3.0', external: '/opt/gcc/13.3.0' };
  const after = { id: 'gcc-14.2.0', spec: 'gcc@14.2.0', external: '/opt/gcc/14.2.0' };
  expect(lines(compilers, [before], [after])).toEqual([
    'gcc 13.3.0 → 14.2.0, external /opt/gcc/13.3.0 → /opt/gcc/14.2.0',
  ]);
});

test('hosts that come and go, with their names as they are written', () => {
  expect(hostsText('cn[001-064]', 'cn[1-64]')).toBe('64 hosts removed: cn[001-064]; 64 hosts added: cn[1-64]');
  expect(hostsText('cn[001-064]', 'cn[001-065]')).toBe('1 host added: cn065');
  expect(hostsText('cn1', undefined)).toBe('1 host removed: cn1');
});
