import fc from '../fast-check';
import { Power } from '../../lib/values/power';

test.each([
  ['650W', 650],
  ['650 W', 650],
  ['1.3kW', 1300],
  ['0.1 kW', 100],
  ['650.0W', 650],
  ['0W', 0],
])('GIVEN %s THEN it is %d watts', (text, watts) => {
  const power = Power.parse(text);
  expect(power.problem).toBeUndefined();
  expect(power.watts).toBe(watts);
});

test.each([
  [Power.w(650), '650W'],
  [Power.w(2000), '2kW'],
  [Power.kw(1.3), '1300W'],
  [Power.w(0), '0W'],
  [Power.w(-0), '0W'],
])('GIVEN %s WHEN printed (%#) THEN the largest exact unit is used: %s', (power, text) => {
  expect(power.problem).toBeUndefined();
  expect(power.toString()).toBe(text);
});

test.each([
  ['', 'HPC1070', /650W/],
  ['650', 'HPC1070', /650W/],
  ['650w', 'HPC1070', /write W/],
  ['1.3KW', 'HPC1070', /write kW/],
  ['700VA', 'HPC1070', /power factor/],
  ['0.7kVA', 'HPC1070', /power factor/],
  ['-650W', 'HPC1070', /650W/],
  ['1,3kW', 'HPC1070', /650W/],
  ['1e3W', 'HPC1070', /650W/],
  ['12toString', 'HPC1070', /write W/],
  ['0.5W', 'HPC1071', undefined],
  ['1.0005kW', 'HPC1071', undefined],
  ['1000000kW', 'HPC1072', /one node/],
  ['99999999999999999999W', 'HPC1072', /one node/],
])('GIVEN %j THEN it is refused with %s', (text, code, fix) => {
  const { watts, problem } = Power.parse(text);
  expect({ watts, code: problem?.code }).toEqual({ watts: 0, code });
  if (fix) expect(problem?.fix).toMatch(fix);
});

test.each([NaN, -1, Infinity, 1 / 3, 1e-7, '4' as unknown as number])('GIVEN %p kW THEN it is refused', (n) => {
  expect(Power.kw(n).problem?.code).toBe('HPC1071');
  expect(Power.kw(n).watts).toBe(0);
});

test('GIVEN more than a number writes without an exponent THEN it is refused as too much', () => {
  expect(Power.w(1e21).problem?.code).toBe('HPC1072');
});

test('GIVEN any power THEN its text is read back to it', () => {
  fc.assert(
    fc.property(powers, (power) => {
      expect(power.problem).toBeUndefined();
      expect(Power.parse(power.toString()).equals(power)).toBe(true);
    }),
  );
});

test('GIVEN two powers THEN they are ordered by their watts', () => {
  fc.assert(
    fc.property(powers, powers, (a, b) => {
      expect(Power.compare(a, b) < 0).toBe(a.watts < b.watts);
      expect(Power.compare(a, b) === 0).toBe(a.equals(b));
    }),
  );
});

test('GIVEN any text THEN it is a power that is written again, or a problem', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const power = Power.parse(text);
      expect(power.problem === undefined || power.watts === 0).toBe(true);
      expect(Power.parse(power.toString()).equals(power)).toBe(true);
    }),
  );
});

test('GIVEN other things THEN they are told from a Power', () => {
  expect(Power.isPower(Power.w(1))).toBe(true);
  expect(Power.isPower({ [Symbol.for('hpcdk/Power')]: true })).toBe(true);
  expect(Power.isPower(650)).toBe(false);
});

const powers = fc.oneof(
  fc.nat(999_999_999).map((n) => Power.w(n)),
  fc.nat(9999).map((n) => Power.kw(n)),
);
