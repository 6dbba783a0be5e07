import fc from '../fast-check';
import { Hostlist } from '../../lib/values/hostlist';

const read = (text: string): Hostlist => {
  const list = Hostlist.parse(text);
  expect(list.problem).toBeUndefined();
  return list;
};

describe('reading and writing', () => {
  test.each([
    // [given, canonical]
    ['login1', 'login1'],
    ['cn[001-064],login1', 'cn[001-064],login1'],
    ['login1, cn[001-003]\n cn004', 'cn[001-004],login1'],
    ['cn[3,1-2],cn5', 'cn[1-3,5]'],
    ['cn[08-10]', 'cn[08-10]'],
    ['cn[08-99],cn[100-105]', 'cn[08-105]'],
    ['cn[8-9],cn[10-12]', 'cn[8-12]'],
    ['cn099,cn100', 'cn[099-100]'],
    ['cn1,cn01,cn001', 'cn[1,01,001]'],
    ['n1[8-10]', 'n[18-19,110]'],
    ['n[1-2][3-4]', 'n[13-14,23-24]'],
    ['r[1-2]n[01-16]', 'r[1-2]n[01-16]'],
    ['r1n[01-16],r2n[01-16]', 'r[1-2]n[01-16]'],
    ['r1n1,r1n2,r2n1', 'r1n[1-2],r2n1'],
    ['r[1-2]n5', 'r[1-2]n[5]'],
    ['r10n1,r9n2', 'r9n2,r10n1'],
    ['cn1-ib,cn2-ib', 'cn[1-2]-ib'],
    ['b2,B1,a,a1,a10,a9', 'B1,a,a[1,9-10],b2'],
    ['[1-3]', '[1-3]'],
  ])('GIVEN %s THEN the canonical text is %s', (given, canonical) => {
    expect(read(given).toString()).toBe(canonical);
    expect(read(canonical).toString()).toBe(canonical);
  });

  test('GIVEN names that differ in padding only THEN they are different machines', () => {
    expect(read('cn[001-064]').equals(read('cn[1-64]'))).toBe(false);
    expect(read('cn[001-064]').overlaps(read('cn[1-64]'))).toBe(false);
    expect(read('cn[01-10]').intersection(read('cn[1-10]')).toString()).toBe('cn10');
  });

  test('GIVEN names of any form WHEN printed and read again THEN they are the same names', () => {
    fc.assert(
      fc.property(names, (set) => {
        const list = read([...set].join(','));
        expect(new Set(list)).toEqual(set);
        expect(list.count).toBe(set.size);
        expect(read(list.toString()).equals(list)).toBe(true);
        expect(new Set(read(list.slurm({ suffixes: false })))).toEqual(set);
      }),
    );
  });

  test('GIVEN the same names in another order THEN the text is the same', () => {
    fc.assert(
      fc.property(names, (set) => {
        expect(read([...set].reverse().join(',')).toString()).toBe(read([...set].join(',')).toString());
      }),
    );
  });

  test('GIVEN text of any kind THEN reading it gives a list or a problem, and no exception', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[a-c0-2,\-[\] ]{0,12}$/));
    fc.assert(
      fc.property(text, (given) => {
        const list = Hostlist.parse(given);
        if (list.problem) expect(list.isEmpty).toBe(true);
        else expect(read(list.toString()).equals(list)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('GIVEN ranges longer than Slurm reads THEN its text has them in pieces', () => {
    expect(read('n[1-70000]').toString()).toBe('n[1-70000]');
    expect(read('n[1-70000]').slurm()).toBe('n[1-65536,65537-70000]');
    expect(read('n[099990-170000]').slurm()).toBe('n[099990-165525,165526-170000]');
  });

  test('GIVEN a Slurm before 23.11 THEN text after a bracket is written as names', () => {
    expect(read('cn[1-2]-ib,cn[1-2]').slurm({ suffixes: false })).toBe('cn[1-2],cn1-ib,cn2-ib');
    expect(read('cn[1-2]-ib,cn[1-2]').slurm()).toBe('cn[1-2],cn[1-2]-ib');
  });

  test.each([
    ['cn[001-064],login1', ['cn[001:064]', 'login1']],
    ['cn[1-3,5]', ['cn[1:3]', 'cn5']],
    ['cn[08-105]', ['cn[08:99]', 'cn[100:105]']],
    ['cn[0-12]', ['cn[0:12]']],
    ['r[1-2,4]n[01-16]-ib', ['r[1:2]n[01:16]-ib', 'r4n[01:16]-ib']],
  ])('GIVEN %s THEN Ansible gets %j', (given, patterns) => {
    expect(read(given).ansible()).toEqual(patterns);
  });
});

describe('refusals', () => {
  test.each([
    ['', 'HPC1010', /names nothing$/],
    ['cn1,,cn2', 'HPC1010', /names nothing/],
    ['cn1,', 'HPC1010', /names nothing/],
    ['cn[1-3', 'HPC1010', /do not pair up/],
    ['cn1-3]', 'HPC1010', /do not pair up/],
    ['cn[1[2]]', 'HPC1010', /do not pair up/],
    ['cn;1', 'HPC1011', /';'/],
    ['cñ1', 'HPC1011', /'ñ'/],
    ['-cn1', 'HPC1011', /cannot start/],
    ['cn[]', 'HPC1012', /not a number or a range/],
    ['cn[1-]', 'HPC1012', /not a number or a range/],
    ['cn[a-c]', 'HPC1012', /not a number or a range/],
    ['cn[ 1-2]', 'HPC1012', /not a number or a range/],
    ['cn[1-9:2]', 'HPC1012', /no steps/],
    ['cn[3-1]', 'HPC1012', /ends before it starts/],
    ['cn[1-010]', 'HPC1013', /different widths/],
    ['cn[001-64]', 'HPC1013', /different widths/],
    ['cn[1-2,2]', 'HPC1014', /twice/],
    ['cn[1-3],login1,cn2', 'HPC1014', /'cn2' twice/],
    ['r[1-2]n[1-2],r2n2', 'HPC1014', /'r2n2' twice/],
    ['n1[0-9],n12', 'HPC1014', /'n12' twice/],
    ['n[1-11][1-11]', 'HPC1014', /twice/],
    ['cn1234567890123456', 'HPC1015', /15 digits/],
    ['cn[1-1234567890123456]', 'HPC1015', /15 digits/],
    ['n[1-99999999][1-2]', 'HPC1015', /in front of a bracket/],
    ['n1234567[00000000-99999999]x[0-99999999]', 'HPC1015', /2\^53|15 digits/],
    ['a[0-99999999]b[0-99999999]', 'HPC1015', /2\^53/],
  ])('GIVEN %s THEN it is refused with %s', (text, code, message) => {
    const list = Hostlist.parse(text);
    expect(list.problem).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(list.isEmpty).toBe(true);
  });

  test('GIVEN a reversed or badly padded range THEN the fix is the range that was meant', () => {
    expect(Hostlist.parse('cn[3-1]').problem?.fix).toBe("did you mean '1-3'?");
    expect(Hostlist.parse('cn[001-64]').problem?.fix).toBe("did you mean '001-064'?");
  });

  test('GIVEN what is no text THEN it is refused', () => {
    expect(Hostlist.parse(7 as unknown as string).problem?.code).toBe('HPC1001');
  });
});

describe('sets', () => {
  test('GIVEN two lists THEN their algebra is that of sets of names', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const [left, right] = [read([...a].join(',')), read([...b].join(','))];
        const common = [...a].filter((name) => b.has(name));
        expect(new Set(left.union(right))).toEqual(new Set([...a, ...b]));
        expect(new Set(left.intersection(right))).toEqual(new Set(common));
        expect(new Set(left.difference(right))).toEqual(new Set([...a].filter((name) => !b.has(name))));
        expect(left.overlaps(right)).toBe(common.length > 0);
        for (const name of [...a, ...b]) expect(left.contains(name)).toBe(a.has(name));
      }),
      { numRuns: 300 },
    );
  });

  test('GIVEN one set reached on two ways THEN it has one text', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const [left, right] = [read([...a].join(',')), read([...b].join(','))];
        const whole = left.union(right);
        expect(right.union(left).toString()).toBe(whole.toString());
        expect(whole.difference(left).union(left).toString()).toBe(whole.toString());
        expect(Hostlist.union([left, right, whole]).equals(whole)).toBe(true);
        expect(Hostlist.compare(left, right) === 0).toBe(left.equals(right));
        expect(Math.sign(Hostlist.compare(left, right))).toBe(-Math.sign(Hostlist.compare(right, left)) + 0);
      }),
      { numRuns: 300 },
    );
  });

  test('GIVEN products that share a part THEN the rest is still held as products', () => {
    const list = read('r[1-9]n[01-20]').difference(read('r[3-4]n[05-06]'));
    expect(list.toString()).toBe('r[1-2,5-9]n[01-20],r[3-4]n[01-04,07-20]');
  });

  test('GIVEN ten million hosts THEN no operation needs more ranges than for ten', () => {
    const all = read('n[0-9999999]');
    const steps = [
      all,
      all.union(read('n[10000000-10000009]')),
      all.difference(read('n5000000')),
      all.intersection(read('n[17-8888888]')),
      Hostlist.union([all, read('x[1-3]')]),
      read(all.toString()),
    ];
    expect(steps.map((list) => list.count)).toEqual([10000000, 10000010, 9999999, 8888872, 10000003, 10000000]);
    for (const list of steps) expect(list.rangeCount).toBeLessThanOrEqual(9); // one for each length of a number, and one cut
    expect(all.toString()).toBe('n[0-9999999]');
    expect(all.ansible()).toEqual(['n[0:9999999]']);
    expect(all.take(2)).toEqual(['n0', 'n1']);
    expect(all.contains('n9999999')).toBe(true);
    expect(all.contains('n10000000')).toBe(false);
    expect(all.contains('n07')).toBe(false);
  });
});

describe('kind', () => {
  test('GIVEN a list of another copy of the library THEN both understand it', () => {
    let other = Hostlist;
    jest.isolateModules(() => {
      other = (require('../../lib/values/hostlist') as { Hostlist: typeof Hostlist }).Hostlist;
    });
    const foreign = other.parse('r[1-3]n[1-2]');
    expect(foreign instanceof Hostlist).toBe(false);
    expect(Hostlist.isHostlist(foreign)).toBe(true);
    expect(read('r[1-4]n[1-2]').difference(foreign).toString()).toBe('r4n[1-2]');
    expect(read('r4n1').union(foreign).count).toBe(7);
    expect(read('r[1-3]n[1-2]').equals(foreign)).toBe(true);
    expect(Hostlist.isHostlist('r1n1')).toBe(false);
    expect(Hostlist.isHostlist(null)).toBe(false);
  });

  test('GIVEN no host THEN the list is empty', () => {
    expect(Hostlist.EMPTY.isEmpty).toBe(true);
    expect(Hostlist.EMPTY.first()).toBeUndefined();
    expect(read('cn1').difference(read('cn1')).equals(Hostlist.EMPTY)).toBe(true);
  });
});

/** Names over few texts and numbers, so that two sets meet often. */
const number = fc.oneof(
  fc.nat(12).map(String),
  fc.stringMatching(/^[0-2]{1,3}$/),
  fc.integer({ min: 95, max: 105 }).map(String),
);
const name = fc.oneof(
  fc.tuple(fc.constantFrom('n', 'cn-'), number).map((parts) => parts.join('')),
  fc.tuple(fc.constant('r'), number, fc.constant('n'), number).map((parts) => parts.join('')),
  fc.tuple(fc.constant('a'), number, fc.constant('b'), number, fc.constant('c'), number).map((parts) => parts.join('')),
  fc.tuple(fc.constant('n'), number, fc.constant('-ib')).map((parts) => parts.join('')),
  fc.constantFrom('login', 'n', '7'),
);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 40 }).map((list) => new Set(list));
