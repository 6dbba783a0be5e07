import { closest } from './closest';
import { byCodeUnit } from './json';
import { type Problem, quote } from './problem';

const MARK = Symbol.for('hpcdk/Money');

/** ISO 4217 codes of currencies in use. */
const CURRENCIES = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP ' +
    'CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ' +
    'ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT ' +
    'MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD ' +
    'SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES ' +
    'VND VUV WST XAF XCD XOF XPF YER ZAR ZMW'
  ).split(' '),
);

const MICRO = 1_000_000;

/**
 * An amount of money in one currency, counted in whole millionths, so that sums of hourly prices are exact. It may be
 * negative: the difference of two costs is an amount, too.
 */
export class Money {
  /** Says whether `x` is Money, of this copy of the library or of another. */
  static isMoney(x: unknown): x is Money {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** `amount` in a currency, e.g. `Money.of(99.95, 'USD')`; at most six decimals. */
  static of(amount: number, currency: string): Money {
    const text = String(amount);
    return Money.parse(`${text.includes('e-') ? amount.toFixed(20) : text} ${currency}`);
  }

  /** Whole millionths of a currency. */
  static micros(micros: number, currency: string): Money {
    if (!CURRENCIES.has(currency)) return Money.refused(unknownCurrency(currency));
    return Money.within(micros, currency, `${micros} millionths of ${currency}`);
  }

  /** Reads a number with at most six decimals and an ISO 4217 code: `100 USD`, `-0.085 EUR`. */
  static parse(text: string): Money {
    const [, sign, whole, decimals = '', currency] = /^(-?)(\d+)(?:\.(\d+))? ([A-Za-z]+)$/.exec(text) ?? [];
    if (whole === undefined || currency === undefined) return Money.refused(unreadable(text));
    if (!CURRENCIES.has(currency)) return Money.refused(unknownCurrency(currency));
    const fine = decimals.replace(/0+$/, '');
    if (fine.length > 6)
      return Money.refused({ code: 'HPC1063', message: `${quote(text)} has more than six decimals` });
    const micros = Number(`${whole}${fine.padEnd(6, '0')}`);
    return Money.within(sign === '-' ? -micros : micros, currency, text);
  }

  /**
   * An order for lists: by currency, and within one by amount. It says nothing about which of two currencies is worth more;
   * ask `isMore` where that matters.
   */
  static compare(a: Money, b: Money): number {
    return byCodeUnit(a.currency, b.currency) || (a.micros < b.micros ? -1 : a.micros > b.micros ? 1 : 0);
  }

  private constructor(
    /** Millionths of the currency, a safe integer. */
    readonly micros: number,
    /** ISO 4217 code. */
    readonly currency: string,
    /** What is wrong with the value; it is then 0 USD. */
    readonly problem?: Problem,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  /** Both amounts together; refused for two currencies. */
  plus(other: Money): Money {
    const bad = this.problem ? this : other.problem ? other : undefined;
    if (bad) return bad;
    if (this.currency === other.currency) {
      return Money.within(this.micros + other.micros, this.currency, `${this} + ${other}`);
    }
    const message = `${this} and ${other} cannot be added: their currencies differ`;
    return Money.refused({ code: 'HPC1062', message, fix: 'give both in one currency' });
  }

  /** `factor` times the amount, e.g. hours times a price; rounded to the nearest millionth, halves away from 0. */
  times(factor: number): Money {
    if (this.problem) return this;
    const micros = this.micros * factor;
    return Money.within(Math.sign(micros) * Math.round(Math.abs(micros)), this.currency, `${factor} x ${this}`);
  }

  /** Whether this amount is larger; undefined for two currencies, where nobody can say. */
  isMore(than: Money): boolean | undefined {
    return this.currency === than.currency ? this.micros > than.micros : undefined;
  }

  equals(other: Money): boolean {
    return Money.compare(this, other) === 0;
  }

  /** The canonical text: `100 USD`, `99.95 EUR`, without zeros at the end. */
  toString(): string {
    const digits = String(Math.abs(this.micros)).padStart(7, '0');
    const decimals = digits.slice(-6).replace(/0+$/, '');
    const amount = digits.slice(0, -6) + (decimals && `.${decimals}`);
    return `${this.micros < 0 ? '-' : ''}${amount} ${this.currency}`;
  }

  private static within(micros: number, currency: string, text: string): Money {
    if (Number.isSafeInteger(micros)) return new Money(micros + 0, currency);
    const message = `${quote(text)} is not a whole number of millionths below ${Math.floor(Number.MAX_SAFE_INTEGER / MICRO)}`;
    return Money.refused({ code: 'HPC1063', message });
  }

  private static refused(problem: Problem): Money {
    return new Money(0, 'USD', problem);
  }
}

const unreadable = (text: string): Problem => ({
  code: 'HPC1060',
  message: `${quote(text)} is not an amount of money`,
  fix: "write a number and a currency, e.g. '100 USD'",
});

function unknownCurrency(code: string): Problem {
  const near = CURRENCIES.has(String(code).toUpperCase()) ? code.toUpperCase() : closest(code, CURRENCIES);
  return {
    code: 'HPC1061',
    message: `${quote(code)} is not a currency`,
    fix: near ? `did you mean '${near}'?` : "write an ISO 4217 code, e.g. 'USD'",
  };
}
