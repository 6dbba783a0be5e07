import { bitsOf, type IpAddress, readAddress, writeAddress } from './ip-address';
import { type Problem, quote } from './problem';

const MARK = Symbol.for('hpcdk/Cidr');

/** An IP network in CIDR notation, e.g. `10.42.0.0/16` or `fd00::/8`. */
export class Cidr {
  /** Says whether `x` is a Cidr, of this copy of the library or of another. */
  static isCidr(x: unknown): x is Cidr {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /**
   * Reads an address and the length of its prefix. Refused: an address with bits behind the prefix, a missing prefix, IPv4
   * numbers with leading zeros.
   */
  static parse(text: string): Cidr {
    const [, start = '', length = ''] = /^([^/]*)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
    const address = readAddress(start);
    if (!address) return Cidr.refused(unreadable(text));
    const { family, value } = address;
    const prefix = Number(length);
    if (prefix > bitsOf(family)) {
      const message = `the prefix of ${quote(text)} is longer than the ${bitsOf(family)} bits of an IPv${family} address`;
      return Cidr.refused({ code: 'HPC1050', message });
    }
    const network = new Cidr(family, (value >> hostBits(family, prefix)) << hostBits(family, prefix), prefix);
    if (network.value === value) return network;
    return Cidr.refused({
      code: 'HPC1051',
      message: `${quote(text)} is an address inside a network, not a network`,
      fix: `did you mean '${network}'?`,
    });
  }

  /** IPv4 before IPv6, then by address, then the larger network first. */
  static compare(a: Cidr, b: Cidr): number {
    if (a.family !== b.family) return a.family - b.family;
    if (a.value !== b.value) return a.value < b.value ? -1 : 1;
    return a.prefix - b.prefix;
  }

  private constructor(
    /** 4 or 6. */
    readonly family: IpAddress['family'],
    private readonly value: bigint,
    /** How many leading bits all addresses share. */
    readonly prefix: number,
    /** What is wrong with the value; the network is then 0.0.0.0/32 and overlaps with none. */
    readonly problem?: Problem,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  /** The first address: `10.42.0.0`. */
  get network(): string {
    return writeAddress({ family: this.family, value: this.value });
  }

  /** How many addresses; a power of two, exact for IPv6, too. */
  get size(): number {
    return 2 ** (bitsOf(this.family) - this.prefix);
  }

  /** Whether all of `other` lies in this network; never with a network that could not be read. */
  contains(other: Cidr): boolean {
    if (this.problem || other.problem || other.family !== this.family || other.prefix < this.prefix) return false;
    const shift = hostBits(this.family, this.prefix);
    return other.value >> shift === this.value >> shift;
  }

  /** Whether the networks have an address in common. */
  overlaps(other: Cidr): boolean {
    return this.contains(other) || other.contains(this);
  }

  /** The parts with the given prefix, in order, one at a time. None when the prefix is shorter than this one. */
  *subnets(prefix: number): Generator<Cidr> {
    for (let n = 0; ; n++) {
      const subnet = this.subnet(prefix, n);
      if (subnet.problem) return;
      yield subnet;
    }
  }

  /** The `n`th part with the given prefix, from 0; refused when this network has none of that size, or fewer. */
  subnet(prefix: number, n: number): Cidr {
    if (this.problem) return this;
    const fits = Number.isInteger(prefix) && prefix >= this.prefix && prefix <= bitsOf(this.family);
    const count = fits ? 2 ** (prefix - this.prefix) : 0;
    if (Number.isSafeInteger(n) && n >= 0 && n < count) {
      return new Cidr(this.family, this.value + (BigInt(n) << hostBits(this.family, prefix)), prefix);
    }
    const message = fits
      ? `${this} has ${count} subnets of /${prefix}, there is none with number ${n}`
      : `${this} has no subnet with a prefix of /${prefix}`;
    return Cidr.refused({
      code: 'HPC1052',
      message,
      fix: 'declare a larger network, or ask for fewer or smaller subnets',
    });
  }

  equals(other: Cidr): boolean {
    return Cidr.compare(this, other) === 0;
  }

  /** The canonical text: `10.42.0.0/16`; IPv6 as RFC 5952 wants it. */
  toString(): string {
    return `${this.network}/${this.prefix}`;
  }

  private static refused(problem: Problem): Cidr {
    return new Cidr(4, 0n, 32, problem);
  }
}

const hostBits = (family: 4 | 6, prefix: number): bigint => BigInt(bitsOf(family) - prefix);

function unreadable(text: string): Problem {
  const address = readAddress(String(text));
  return {
    code: 'HPC1050',
    message: `${quote(text)} is not a network`,
    fix: address
      ? `did you mean '${text}/${bitsOf(address.family)}'?`
      : "write an address and a prefix, e.g. '10.42.0.0/16'",
  };
}
