import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from '../../values/closest';
import { Money } from '../../values/money';
import { packageRoot } from '../../values/package-root';
import { quote, type Report } from '../../values/problem';
import { isDay } from '../day';
import { STORAGE_TYPES } from './storage-types';
import { isRecord } from '../../values/json';

/** Prices of a cloud as of one day. */
export interface PriceTable {
  /** The day of the prices, YYYY-MM-DD. */
  readonly date: string;
  /** ISO 4217 code of all prices. */
  readonly currency: string;
  /** Where they come from. */
  readonly source: string;
  /** By region. */
  readonly regions: Readonly<Record<string, RegionPrices>>;
}

/** Prices of one region. */
export interface RegionPrices {
  /** What an hour of an instance of each type costs on demand. */
  readonly instances: Readonly<Record<string, number>>;
  /** The least and the most that an hour cost as a spot instance of late. @default - not known */
  readonly spot?: Readonly<Record<string, readonly [low: number, high: number]>>;
  /**
   * What a GiB of file systems costs in a month, by the kind of the construct and by its type (`STORAGE_TYPES`).
   * @default - not known
   */
  readonly storage?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

let loaded: PriceTable | undefined;

/** The table that ships with hpcdk. */
export function shippedPrices(): PriceTable {
  const path = join(packageRoot(), 'data', 'aws', 'prices.json');
  return (loaded ??= JSON.parse(readFileSync(path, 'utf8')) as PriceTable);
}

/**
 * Reads a price table of a site, of the form of data/aws/prices.json: `hpcdk diff --prices FILE`.
 *
 * @returns nothing when any of it is refused: half a table would look like a lower cost
 */
export function readPrices(text: string, report: Report): PriceTable | undefined {
  let refused = false;
  const refuse = (message: string, at = '', fix = FIX): void => {
    refused = true;
    report({ code: 'HPC2730', message: `the price table: ${message}`, fix }, at);
  };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    refuse(`it is not JSON: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
  if (!isRecord(content)) {
    refuse(`${quote(content)} is not a table`);
    return undefined;
  }
  const { format, version, date, currency, source, regions } = content;
  if (format !== 'hpcdk-prices' || version !== 1) {
    refuse(`format ${quote(format)}, version ${quote(version)}; it is hpcdk-prices, version 1`);
  }
  if (typeof date !== 'string' || !isDay(date)) refuse(`${quote(date)} is not a day`, 'date');
  if (typeof source !== 'string' || source === '') refuse('it does not say where its prices come from', 'source');
  const problem =
    typeof currency === 'string'
      ? Money.parse(`1 ${currency}`).problem
      : { message: `${quote(currency)} is not a currency` };
  if (problem) refuse(problem.message, 'currency');
  if (!isRecord(regions)) refuse(`${quote(regions)} is not a record of regions`, 'regions');
  else for (const [name, region] of Object.entries(regions)) checkRegion(region, `regions.${name}`, refuse);
  return refused ? undefined : (content as unknown as PriceTable);
}

const FIX = 'take data/aws/prices.json of hpcdk as the pattern, see docs/diff/cost.md';

function checkRegion(region: unknown, at: string, refuse: (message: string, at: string) => void): void {
  if (!isRecord(region) || !isRecord(region.instances)) {
    refuse(`${quote(region)} has no prices of instances`, at);
    return;
  }
  for (const [type, price] of Object.entries(region.instances)) {
    if (!isPrice(price)) refuse(`${quote(price)} is not a price of an hour`, `${at}.instances.${type}`);
  }
  if (region.spot !== undefined && !isRecord(region.spot)) refuse(`${quote(region.spot)} is no record`, `${at}.spot`);
  for (const [type, range] of Object.entries(isRecord(region.spot) ? region.spot : {})) {
    const [low, high] = Array.isArray(range) && range.length === 2 ? (range as readonly unknown[]) : [];
    if (isPrice(low) && isPrice(high) && low <= high) continue;
    refuse(`${quote(range)} is not the least and the most price of an hour`, `${at}.spot.${type}`);
  }
  if (region.storage !== undefined) checkStorage(region.storage, `${at}.storage`, refuse);
}

/** A type that is misspelt would leave a file system without its price. */
function checkStorage(storage: unknown, at: string, refuse: (message: string, at: string, fix?: string) => void): void {
  const named = (value: unknown, names: readonly string[], place: string): [string, unknown][] => {
    if (!isRecord(value)) refuse(`${quote(value)} is no record of ${names.join(', ')}`, place);
    return Object.entries(isRecord(value) ? value : {}).filter(([name]) => {
      if (names.includes(name)) return true;
      const near = closest(name, names);
      refuse(`there is no ${quote(name)}`, place, near ? `did you mean '${near}'?` : `it has ${names.join(', ')}`);
      return false;
    });
  };
  for (const [kind, types] of named(storage, Object.keys(STORAGE_TYPES), at)) {
    for (const [type, price] of named(types, STORAGE_TYPES[kind] ?? [], `${at}.${kind}`)) {
      if (!isPrice(price)) refuse(`${quote(price)} is not a price of a GiB and month`, `${at}.${kind}.${type}`);
    }
  }
}

const isPrice = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && Money.of(value, 'USD').problem === undefined;
