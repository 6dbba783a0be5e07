import fc from '../fast-check';
import type { CodecType } from '../../lib/values/codec';
import { compareValues, type Direction } from '../../lib/values/compare';
import type { Json } from '../../lib/values/json';

const text: CodecType = { codec: 'text' };
const list = (ordered: boolean, identity?: string): CodecType => ({
  codec: 'list',
  of: identity ? { codec: 'record', fields: { name: text, time: { codec: 'duration' } } } : text,
  ordered,
  ...(identity && { identity }),
});
const direction = (type: CodecType, a: Json | undefined, b: Json | undefined) => compareValues(type, a, b)?.direction;

describe('values are compared by their meaning', () => {
  test.each<[CodecType['codec'], Json, Json, Direction | undefined]>([
    ['duration', '2d', '2d', undefined],
    ['duration', '7d', '2d', 'decreased'],
    ['duration', '7d', 'unlimited', 'increased'],
    ['size', '1024MiB', '1GiB', undefined],
    ['size', '1GiB', '2GiB', 'increased'],
    ['power', '1300W', '1.3kW', undefined],
    ['power', '650W', '1kW', 'increased'],
    ['power', '650W', 'much', 'changed'],
    ['hostlist', 'cn[1-4]', 'cn1,cn2,cn[3-4]', undefined],
    ['hostlist', 'cn[001-064]', 'cn[001-072]', 'increased'],
    ['hostlist', 'cn[001-064]', 'cn[001-032]', 'decreased'],
    ['hostlist', 'cn[001-064]', 'cn[1-64]', 'changed'],
    ['version', '22.05', '24.11', 'increased'],
    ['cidr', '10.1.0.0/16', '0.0.0.0/0', 'increased'],
    ['cidr', '10.1.0.0/16', '10.2.0.0/16', 'changed'],
    ['money', '100 USD', '100 EUR', 'changed'],
    ['money', '100 USD', '90 USD', 'decreased'],
    ['integer', 4, 8, 'increased'],
    ['boolean', true, false, 'changed'],
    ['choice', 'UP', 'DOWN', 'changed'],
    ['words', 'jobs,usage', 'usage, jobs', undefined],
    ['words', 'jobs', 'jobs,usage', 'increased'],
    ['words', 'jobs,usage', 'usage', 'decreased'],
    ['words', 'jobs', 'usage', 'changed'],
    ['words', 'matlab:4,defer', 'defer,matlab:2', 'decreased'],
    ['words', 'gpu:2', 'gpu=2', 'changed'],
    ['integer', '100', '0x10', 'changed'],
    ['integer', '100', 'UNLIMITED', 'changed'],
    ['duration', 'NONE', '1h', 'changed'],
    ['size', '1GiB', 'much', 'changed'],
    ['hostlist', 'cn[1-4]', 'cn[4-1', 'changed'],
    ['version', '22.05', '', 'changed'],
    ['cidr', '10.0.0.0/8', 'all', 'changed'],
    ['money', '100 USD', 'little', 'changed'],
    ['spec', 'hdf5 ~cuda +mpi', 'hdf5+mpi~cuda', undefined],
    ['spec', 'gromacs @2024.3 % gcc@13.3.0', 'gromacs@2024.3%gcc@13.3.0', undefined],
    ['spec', 'gromacs@2024.3', 'gromacs@2024.4', 'changed'],
    ['spec', 'hdf5@1.14', 'cmake@3.30', 'changed'],
    ['spec', 'hdf5@1.14', 'hdf5@@', 'changed'],
  ])('%s %s to %s is %s', (codec, a, b, expected) => expect(direction({ codec } as CodecType, a, b)).toBe(expected));

  test('a value that comes or goes', () => {
    expect(direction(text, undefined, 'a')).toBe('added');
    expect(direction(text, 'a', undefined)).toBe('removed');
    expect(direction(text, undefined, undefined)).toBeUndefined();
  });

  test('items of a list by identity, whatever their order', () => {
    const a = [
      { name: 'x', time: '1h' },
      { name: 'y', time: '2h' },
    ];
    const b = [
      { name: 'y', time: '1h' },
      { name: 'z', time: '1h' },
      { name: 'x', time: '60m' },
    ];
    expect(compareValues(list(false, 'name'), a, b)).toEqual({
      direction: 'changed',
      items: [
        {
          key: 'y',
          direction: 'decreased',
          before: a[1],
          after: b[0],
          items: [{ key: 'time', direction: 'decreased', before: '2h', after: '1h' }],
        },
        { key: 'z', direction: 'added', after: b[1] },
      ],
    });
  });

  test('words one by one, with what is said of them', () => {
    expect(compareValues({ codec: 'words' }, 'bf_window=1440,defer', 'bf_window=2880,nice')).toEqual({
      direction: 'changed',
      items: [
        { key: 'bf_window', direction: 'increased', before: 'bf_window=1440', after: 'bf_window=2880' },
        { key: 'defer', direction: 'removed', before: 'defer' },
        { key: 'nice', direction: 'added', after: 'nice' },
      ],
    });
  });

  test('keys of a map by types of their own', () => {
    const map: CodecType = { codec: 'map', of: text };
    const keys = { PrivateData: { type: { codec: 'words' } } } as const;
    expect(compareValues(map, { PrivateData: 'a,b' }, { PrivateData: 'b,a' }, keys)).toBeUndefined();
    expect(compareValues(map, { PrivateData: 'a', Other: 'a,b' }, { PrivateData: 'a,b', Other: 'b,a' }, keys)).toEqual({
      direction: 'changed',
      items: [
        { key: 'Other', direction: 'changed', before: 'a,b', after: 'b,a' },
        {
          key: 'PrivateData',
          direction: 'increased',
          before: 'a',
          after: 'a,b',
          items: [{ key: 'b', direction: 'added', after: 'b' }],
        },
      ],
    });
  });

  test('specs of a list by their package, part by part', () => {
    const specs = list(false);
    const change = compareValues(
      { ...specs, of: { codec: 'spec' } } as CodecType,
      ['cmake@3.30', 'cmake@3.31', 'gromacs@2024.3 +mpi ~cuda %gcc@13', 'git@2.45'],
      ['cmake@3.31', 'cmake@3.32', 'gromacs@2024.4 +cuda +mpi ^openmpi@5', 'samtools@1.21'],
    );
    expect(change?.items?.map(({ key, direction }) => `${direction} ${key}`)).toEqual([
      'changed cmake',
      'removed git@2.45',
      'changed gromacs',
      'added samtools@1.21',
    ]);
    expect(change?.items?.[0]?.items).toEqual([
      { key: 'version', direction: 'increased', before: '3.30', after: '3.32' },
    ]);
    expect(change?.items?.[2]?.items).toEqual([
      { key: 'version', direction: 'increased', before: '2024.3', after: '2024.4' },
      { key: 'cuda', direction: 'changed', before: '~cuda', after: '+cuda' },
      { key: '%gcc', direction: 'removed', before: '%gcc@13' },
      { key: '^openmpi', direction: 'added', after: '^openmpi@5' },
    ]);
  });

  test('several specs of one package are paired when as many go as come', () => {
    const specs = { codec: 'list', of: { codec: 'spec' }, ordered: false } as const;
    const keys = (a: string[], b: string[]) => compareValues(specs, a, b)?.items?.map(({ key }) => key);
    expect(keys(['r@1+x', 'r@1~x'], ['r@2+x', 'r@2~x'])).toEqual(['r', 'r (2)']);
    expect(keys(['r@1+x', 'r@1~x'], ['r@2+x'])).toEqual(['r@1+x', 'r@1~x', 'r@2+x']);
  });

  test('records that have a spec go by its package', () => {
    const compilers: CodecType = {
      codec: 'list',
      of: { codec: 'record', fields: { id: text, spec: { codec: 'spec' } } },
      ordered: true,
      identity: 'id',
    };
    const before = { id: 'gcc-13.3.0', spec: 'gcc@13.3.0' };
    const after = { id: 'gcc-14.2.0', spec: 'gcc@14.2.0' };
    expect(compareValues(compilers, [before], [after])?.items).toEqual([
      expect.objectContaining({ key: 'gcc', direction: 'changed', before, after }),
    ]);
  });

  test('a key that every object inherits is a key like others', () => {
    const map: CodecType = { codec: 'map', of: { codec: 'integer' } };
    expect(direction(map, {}, JSON.parse('{"__proto__": 1}') as Json)).toBe('increased');
  });

  test('the order of a list, where it has a meaning', () => {
    expect(compareValues(list(true), ['a', 'b'], ['b', 'a'])).toEqual({ direction: 'changed', reordered: true });
    expect(compareValues(list(false), ['a', 'b'], ['b', 'a'])).toBeUndefined();
    expect(direction(list(true), ['a'], ['a', 'b'])).toBe('increased');
  });
});

describe('laws', () => {
  const mirror: Record<Direction, Direction> = {
    increased: 'decreased',
    decreased: 'increased',
    added: 'removed',
    removed: 'added',
    changed: 'changed',
  };
  const cases: [CodecType, fc.Arbitrary<Json>][] = [
    [{ codec: 'integer' }, fc.integer()],
    [{ codec: 'duration' }, fc.integer({ min: 0, max: 1e6 }).map((n) => `${n}s`)],
    [{ codec: 'hostlist' }, fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => `n[${a}-${a + b}]`)],
    [
      { codec: 'words' },
      fc.array(fc.constantFrom('a', 'b', 'b=1', 'b=2', 'c:3', 'c:4', '__proto__')).map((words) => words.join()),
    ],
    [{ codec: 'integer' }, fc.constantFrom<Json>(1, '2', 'NONE')],
    [list(false), fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 5 })],
    [list(true), fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 5 })],
    [
      { codec: 'list', of: { codec: 'spec' }, ordered: false },
      fc.uniqueArray(
        fc
          .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('', '@1', '@2', '@1+x', '~x'))
          .map((parts) => parts.join('')),
      ),
    ],
    [{ codec: 'map', of: { codec: 'integer' } }, fc.dictionary(fc.string({ maxLength: 3 }), fc.nat(3), { maxKeys: 4 })],
  ];
  test.each(cases)('%j: a value is the same as itself, and the way back is the mirror', (type, values) => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(compareValues(type, a, a)).toBeUndefined();
        const there = direction(type, a, b);
        expect(direction(type, b, a)).toBe(there && mirror[there]);
      }),
    );
  });
});
