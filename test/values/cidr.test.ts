import { BlockList, isIP } from 'node:net';
import fc from '../fast-check';
import { Cidr } from '../../lib/values/cidr';

const cidr = (text: string): Cidr => {
  const network = Cidr.parse(text);
  expect(network.problem).toBeUndefined();
  return network;
};

test.each([
  ['10.42.0.0/16', '10.42.0.0/16', 65_536],
  ['0.0.0.0/0', '0.0.0.0/0', 2 ** 32],
  ['192.168.1.1/32', '192.168.1.1/32', 1],
  ['FD00::/8', 'fd00::/8', 2 ** 120],
  ['::/0', '::/0', 2 ** 128],
  ['::1/128', '::1/128', 1],
  ['2001:db8:0:0:1:0:0:0/80', '2001:db8:0:0:1::/80', 2 ** 48],
  ['2001:db8:0:1:0:0:0:0/64', '2001:db8:0:1::/64', 2 ** 64],
  ['2001:0:0:1:1:0:0:1/128', '2001::1:1:0:0:1/128', 1],
  ['1:0:1:1:1:1:1:1/128', '1:0:1:1:1:1:1:1/128', 1],
])('GIVEN %s THEN it is %s with %d addresses', (text, canonical, size) => {
  expect(cidr(text).toString()).toBe(canonical);
  expect(cidr(text).size).toBe(size);
});

test.each([
  ['10.42.7.1/16', 'HPC1051', "did you mean '10.42.0.0/16'?"],
  ['10.42.0.0/8', 'HPC1051', "did you mean '10.0.0.0/8'?"],
  ['fd00::1/64', 'HPC1051', "did you mean 'fd00::/64'?"],
  ['10.42.0.5', 'HPC1050', "did you mean '10.42.0.5/32'?"],
  ['::1', 'HPC1050', "did you mean '::1/128'?"],
  ['10.42.0.0/33', 'HPC1050', undefined],
  ['10.42.0.0/016', 'HPC1050', expect.stringContaining('10.42.0.0/16')],
  ['010.42.0.0/16', 'HPC1050', expect.stringContaining('10.42.0.0/16')],
  ['10.42.0/16', 'HPC1050', expect.stringContaining('10.42.0.0/16')],
  ['10.256.0.0/16', 'HPC1050', expect.stringContaining('10.42.0.0/16')],
  ['1::2::3/64', 'HPC1050', expect.stringContaining('10.42.0.0/16')],
  ['1:2:3:4:5:6:7:8::/64', 'HPC1050', expect.stringContaining('10.42.0.0/16')],
  ['', 'HPC1050', expect.stringContaining('10.42.0.0/16')],
  [' 10.42.0.0/16', 'HPC1050', expect.stringContaining('10.42.0.0/16')],
])('GIVEN %j THEN it is refused with %s', (text, code, fix) => {
  const { problem, size } = Cidr.parse(text);
  expect(problem?.code).toBe(code);
  expect(problem?.fix).toEqual(fix);
  expect(size).toBe(1);
});

test('GIVEN a network THEN its subnets come one at a time', () => {
  const network = cidr('10.42.0.0/16');
  expect([...network.subnets(18)].map(String)).toEqual([
    '10.42.0.0/18',
    '10.42.64.0/18',
    '10.42.128.0/18',
    '10.42.192.0/18',
  ]);
  expect(network.subnet(24, 200).toString()).toBe('10.42.200.0/24');
  expect(network.subnet(16, 0).equals(network)).toBe(true);
  expect(cidr('::/0').subnets(64).next().value?.toString()).toBe('::/64'); // 2^64 of them: none is made before it is asked for
  expect([...network.subnets(8)]).toEqual([]);
});

test.each([
  [24, 256],
  [24, -1],
  [24, 0.5],
  [8, 0],
  [33, 0],
])('GIVEN a /16 WHEN asked for /%d number %d THEN it is refused', (prefix, n) => {
  expect(cidr('10.42.0.0/16').subnet(prefix, n).problem?.code).toBe('HPC1052');
});

test('GIVEN two networks THEN contains and overlaps agree with their addresses', () => {
  expect(cidr('10.42.0.0/16').contains(cidr('10.42.3.0/24'))).toBe(true);
  expect(cidr('10.42.3.0/24').contains(cidr('10.42.0.0/16'))).toBe(false);
  expect(cidr('0.0.0.0/0').overlaps(cidr('::/0'))).toBe(false);
  fc.assert(
    fc.property(networks, networks, (a, b) => {
      const inA = new BlockList();
      inA.addSubnet(a.network, a.prefix, a.family === 4 ? 'ipv4' : 'ipv6');
      const holdsStart = a.family === b.family && inA.check(b.network, b.family === 4 ? 'ipv4' : 'ipv6');
      expect(a.contains(b)).toBe(holdsStart && b.prefix >= a.prefix);
      expect(a.overlaps(b)).toBe(a.contains(b) || b.contains(a));
      expect(b.overlaps(a)).toBe(a.overlaps(b));
    }),
  );
});

test('GIVEN a network that could not be read THEN it overlaps with none, so that one mistake gives one diagnostic', () => {
  const bad = Cidr.parse('10.42/16');
  expect(bad.overlaps(Cidr.parse('nonsense'))).toBe(false);
  expect(cidr('0.0.0.0/0').overlaps(bad)).toBe(false);
  expect(bad.subnet(24, 0).problem).toBe(bad.problem);
});

test('GIVEN any network THEN its text is read back to it and another reader takes its address', () => {
  fc.assert(
    fc.property(networks, networks, (a, b) => {
      expect(isIP(a.network)).toBe(a.family);
      expect(cidr(a.toString()).equals(a)).toBe(true);
      expect(Math.sign(Cidr.compare(a, b)) + Math.sign(Cidr.compare(b, a))).toBe(0);
      expect(a.equals(b)).toBe(a.toString() === b.toString());
    }),
  );
});

test('GIVEN an address in any form THEN its canonical text is that of the URL standard, which follows RFC 5952', () => {
  fc.assert(
    fc.property(
      fc.ipV6().filter((text) => !text.includes('.')),
      (text) => {
        expect(`[${cidr(`${text}/128`).network}]`).toBe(new URL(`http://[${text}]/`).hostname);
      },
    ),
  );
});

test('GIVEN other things THEN they are told from a Cidr', () => {
  expect(Cidr.isCidr(cidr('10.0.0.0/8'))).toBe(true);
  expect(Cidr.isCidr({ [Symbol.for('hpcdk/Cidr')]: true })).toBe(true);
  expect(Cidr.isCidr('10.0.0.0/8')).toBe(false);
});

const groups = (count: number, most: number) =>
  fc.array(fc.oneof(fc.constant(0), fc.nat(most)), { minLength: count, maxLength: count });
const networks = fc.oneof(
  fc.tuple(groups(4, 255), fc.nat(32)).map(([parts, prefix]) => enclosing(parts.join('.'), prefix)),
  fc
    .tuple(groups(8, 65_535), fc.nat(128))
    .map(([parts, prefix]) => enclosing(parts.map((part) => part.toString(16)).join(':'), prefix)),
);

/** The network of that prefix around an address, by the fix that is proposed. */
function enclosing(address: string, prefix: number): Cidr {
  const { problem } = Cidr.parse(`${address}/${prefix}`);
  return cidr(/'(.*)'/.exec(problem?.fix ?? '')?.[1] ?? `${address}/${prefix}`);
}
