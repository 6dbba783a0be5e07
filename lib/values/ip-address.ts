/** An IP address as a number, with the family it belongs to. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** How many bits an address has. */
export const bitsOf = (family: 4 | 6): number => (family === 4 ? 32 : 128);

/** Reads a dotted IPv4 address (no leading zeros, which some readers take for octal) or an IPv6 address. */
export function readAddress(text: string): IpAddress | undefined {
  const value = text.includes(':') ? readIpv6(text) : readIpv4(text);
  return value === undefined ? undefined : { family: text.includes(':') ? 6 : 4, value };
}

function readIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  const valid = parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256);
  return valid ? parts.reduce((value, part) => value * 256n + BigInt(part), 0n) : undefined;
}

function readIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined];
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...(tail ? [...Array<string>(missing).fill('0'), ...tail] : [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

/** The canonical text; IPv6 as RFC 5952 wants it: lower case, the longest row of zero groups left out. */
export function writeAddress({ family, value }: IpAddress): string {
  const [count, base] = family === 4 ? [4, 256n] : [8, 65_536n];
  const groups: bigint[] = [];
  for (let rest = value; groups.length < count; rest /= base) groups.unshift(rest % base);
  if (family === 4) return groups.join('.');
  const text = groups.map((group) => group.toString(16)).join(':');
  const rows = [...text.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length || a.index - b.index);
  const row = rows[0];
  if (!row) return text;
  return `${text.slice(0, row.index).replace(/:$/, '')}::${text.slice(row.index + row[0].length).replace(/^:/, '')}`;
}
