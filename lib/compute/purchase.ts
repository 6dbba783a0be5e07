import type { Codec } from '../values/codec';
import { oneOf } from '../values/codecs';
import { record } from '../values/collections';
import { quote } from '../values/problem';

const MARK = Symbol.for('hpcdk/Purchase');

const settings = record({ market: oneOf(['on-demand', 'spot', 'spot-then-on-demand']) });

/** How the nodes of a burst pool are bought. */
export class Purchase {
  /** Says whether `x` is a Purchase, of this copy of the library or of another. */
  static isPurchase(x: unknown): x is Purchase {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** At the list price; the cloud never takes a node back. */
  static onDemand(): Purchase {
    return new Purchase('on-demand');
  }

  /** From what the cloud has to spare: cheaper, may be missing, and is taken back at two minutes' notice. */
  static spot(): Purchase {
    return new Purchase('spot');
  }

  /** Spare capacity where there is some; where none of the pool's types has any, at the list price. */
  static spotThenOnDemand(): Purchase {
    return new Purchase('spot-then-on-demand');
  }

  private constructor(readonly market: 'on-demand' | 'spot' | 'spot-then-on-demand') {
    Object.defineProperty(this, MARK, { value: true });
  }

  /** Whether a node may be taken back while a job runs on it. */
  get usesSpot(): boolean {
    return this.market !== 'on-demand';
  }
}

/** Purchases in field tables. */
export const purchase: Codec<Purchase> = {
  type: settings.type,
  parse: (input, report) => {
    if (Purchase.isPurchase(input)) return input;
    report({ code: 'HPC1001', message: `${quote(input)} is not a Purchase, such as Purchase.spotThenOnDemand()` });
    return Purchase.onDemand();
  },
  print: (value) => settings.print({ market: value.market }),
};
