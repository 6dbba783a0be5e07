import * as fc from 'fast-check';
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
