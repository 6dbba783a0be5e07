import fc from '../fast-check';
import { Money } from '../../lib/values/money';

test.each([
  ['100 USD', 100_000_000, '100 USD'],
  ['99.95 EUR', 99_950_000, '99.95 EUR'],
  ['99.950000000 EUR', 99_950_000, '99.95 EUR'],
  ['-0.000001 CHF', -1, '-0.000001 CHF'],
  ['-0 USD', 0, '0 USD'],
  ['007 USD', 7_000_000, '7 USD'],
])('GIVEN %s THEN it is %d millionths, printed as %s', (text, micros, canonical) => {
  const money = Money.parse(text);
  expect(money.problem).toBeUndefined();
  expect(money.micros).toBe(micros);
  expect(money.toString()).toBe(canonical);
});

test.each([
  ['', 'HPC1060', /100 USD/],
  ['100', 'HPC1060', /100 USD/],
  ['$100', 'HPC1060', /100 USD/],
  ['1,000 USD', 'HPC1060', /100 USD/],
  ['1e3 USD', 'HPC1060', /100 USD/],
  ['100USD', 'HPC1060', /100 USD/],
  ['100 usd', 'HPC1061', /'USD'/],
  ['100 USDX', 'HPC1061', /'USD'/],
  ['100 Dollars', 'HPC1061', /ISO 4217/],
  ['0.0000001 USD', 'HPC1063', undefined],
  ['99999999999 USD', 'HPC1063', undefined],
])('GIVEN %j THEN it is refused with %s', (text, code, fix) => {
  const { micros, currency, problem } = Money.parse(text);
  expect({ micros, currency, code: problem?.code }).toEqual({ micros: 0, currency: 'USD', code });
  if (fix) expect(problem?.fix).toMatch(fix);
});

test('GIVEN numbers THEN amounts are made of them', () => {
  expect(Money.of(0.085, 'USD').micros).toBe(85_000);
  expect(Money.of(1e-6, 'USD').micros).toBe(1);
  expect(Money.micros(85_000, 'USD').toString()).toBe('0.085 USD');
  expect(Money.of(1e-7, 'USD').problem?.code).toBe('HPC1063');
  expect(Money.of(NaN, 'USD').problem?.code).toBe('HPC1060');
  expect(Money.of(1, 'XYZ').problem?.code).toBe('HPC1061');
  expect(Money.micros(0.5, 'USD').problem?.code).toBe('HPC1063');
  expect(Money.micros(1, 'usd').problem?.code).toBe('HPC1061');
});

test('GIVEN amounts THEN they add and multiply exactly', () => {
  const price = Money.parse('0.1 USD');
  expect(price.plus(Money.parse('0.2 USD')).toString()).toBe('0.3 USD');
  expect(price.times(720).toString()).toBe('72 USD');
  expect(Money.micros(1, 'USD').times(0.5).micros).toBe(1);
  expect(Money.micros(-1, 'USD').times(0.5).micros).toBe(-1);
  expect(price.times(NaN).problem?.code).toBe('HPC1063');
  expect(price.times(1e12).problem?.code).toBe('HPC1063');
});

test('GIVEN two currencies THEN they are neither added nor weighed', () => {
  const [dollar, euro] = [Money.parse('1 USD'), Money.parse('1 EUR')];
  expect(dollar.plus(euro).problem).toMatchObject({ code: 'HPC1062', message: expect.stringContaining('1 EUR') });
  expect(dollar.isMore(euro)).toBeUndefined();
  expect(dollar.isMore(Money.parse('0.5 USD'))).toBe(true);
  expect(dollar.isMore(dollar)).toBe(false);
  expect(dollar.equals(euro)).toBe(false);
});

test('GIVEN an amount with a problem WHEN one calculates with it THEN the first problem stays', () => {
  const bad = Money.parse('100');
  expect(bad.plus(Money.parse('1 EUR')).problem).toBe(bad.problem);
  expect(Money.parse('1 EUR').plus(bad).problem).toBe(bad.problem);
  expect(bad.times(2).problem).toBe(bad.problem);
});

test('GIVEN any amounts THEN the text is read back and the order is that of the amounts', () => {
  fc.assert(
    fc.property(amounts, amounts, (a, b) => {
      expect(Money.parse(a.toString())).toMatchObject({ micros: a.micros, currency: a.currency });
      if (a.currency === b.currency) expect(Money.compare(a, b) < 0).toBe(a.micros < b.micros);
      expect(Math.sign(Money.compare(a, b)) + Math.sign(Money.compare(b, a))).toBe(0);
      expect(a.equals(b)).toBe(a.toString() === b.toString());
    }),
  );
});

test('GIVEN other things THEN they are told from Money', () => {
  expect(Money.isMoney(Money.parse('1 USD'))).toBe(true);
  expect(Money.isMoney({ [Symbol.for('hpcdk/Money')]: true })).toBe(true);
  expect(Money.isMoney(100)).toBe(false);
});

const amounts = fc
  .tuple(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -5, max: 5 })), fc.constantFrom('USD', 'EUR'))
  .map(([micros, currency]) => Money.micros(micros, currency));
