import type { Direction, ItemChange, ValueChange } from '../values/compare';
import type { CodecType } from '../values/codec';
import { Hostlist } from '../values/hostlist';
import type { Json, JsonRecord } from '../values/json';
import type { EntryItem } from './model';
import { recordWithSpec, specItem } from './spec-words';

/** A canonical value as people read it. References are said by the last part of their path. */
export function valueText(type: CodecType, value: Json | undefined): string {
  if (value === undefined || value === null) return 'not set';
  switch (type.codec) {
    case 'reference':
      return lastPart(String(value));
    case 'list': {
      const items = (value as readonly Json[]).map((item) => recordWithSpec(type, item) ?? valueText(type.of, item));
      return items.length > 0 ? items.join(', ') : 'none';
    }
    case 'map':
      return recordText(value as JsonRecord, () => type.of);
    case 'record':
      return (
        resourceText(type.fields, value as JsonRecord) ?? recordText(value as JsonRecord, (name) => type.fields[name])
      );
    case 'boolean':
      return value === true ? 'yes' : 'no';
    default:
      return value === '' ? 'empty' : String(value);
  }
}

/** A generic resource as slurm.conf has it, e.g. `gpu:a100:4`. */
function resourceText(fields: Readonly<Record<string, CodecType>>, value: JsonRecord): string | undefined {
  const { name, type, count: n } = value;
  if (!fields.name || !fields.type || fields.count?.codec !== 'integer') return undefined;
  return [name, type, n].filter((part) => part !== undefined).join(':');
}

function recordText(value: JsonRecord, typeOf: (name: string) => CodecType | undefined): string {
  const parts = Object.entries(value).map(([name, part]) => `${name}=${valueText(typeOf(name) ?? TEXT, part)}`);
  return parts.length > 0 ? parts.join(' ') : 'none';
}

const TEXT: CodecType = { codec: 'text' };

/** The last part of a path: the name that an administrator gave. */
export const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What changed inside a value, one line for each part. */
export function itemTexts(type: CodecType, { items }: ValueChange): EntryItem[] {
  return (items ?? []).map((item) => ({ direction: item.direction, text: itemText(type, item) }));
}

function itemText(type: CodecType, item: ItemChange): string {
  const of = partType(type, item.key);
  const name = type.codec === 'list' ? '' : `${item.key} `;
  const partText = (part: ItemChange) => signed(part.direction, itemText(of, part));
  const ofSpec = type.codec === 'list' ? specItem(type, item, partText) : undefined;
  if (ofSpec !== undefined) return ofSpec;
  if (item.direction === 'added') return name + valueText(of, item.after ?? item.key);
  if (item.direction === 'removed') return name + valueText(of, item.before ?? item.key);
  const inside = of.codec === 'spec' ? [] : (item.items ?? []).map(partText);
  const subject = type.codec === 'list' ? lastPart(item.key) : item.key;
  if (inside.length > 0) return `${subject}: ${inside.join(', ')}`;
  const [before, after] = [valueText(of, item.before), valueText(of, item.after)];
  // a word such as bf_window=1440 says its name itself
  const named = before.startsWith(`${subject}=`) && after.startsWith(`${subject}=`);
  return `${named ? '' : `${subject} `}${before} → ${after}`;
}

/** The type of an item of a list, of a key of a map, of a part of a record. */
export const partType = (type: CodecType, key: string): CodecType =>
  (type.codec === 'record' ? type.fields[key] : 'of' in type ? type.of : undefined) ?? TEXT;

/** A line with the sign of its direction; what only changed needs none. */
export const signed = (direction: Direction, text: string): string =>
  direction === 'added' ? `+ ${text}` : direction === 'removed' ? `- ${text}` : text;

/** How many hosts come and go: `64 hosts go, 64 come`. */
export function hostsText(before: Json | undefined, after: Json | undefined): string {
  const [a, b] = [before, after].map((value) => (value === undefined ? Hostlist.EMPTY : Hostlist.parse(String(value))));
  const gone = (a as Hostlist).difference(b as Hostlist);
  const come = (b as Hostlist).difference(a as Hostlist);
  const parts = [
    ...(gone.isEmpty ? [] : [`${count(gone.count, 'host')} removed: ${gone.toString()}`]),
    ...(come.isEmpty ? [] : [`${count(come.count, 'host')} added: ${come.toString()}`]),
  ];
  return parts.join('; ');
}

/** "1 host", "3 hosts". */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** 12,288: with commas, whatever the locale. */
export function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `9,600 W`, from 10 kW on `41.6 kW`. */
export const wattsText = (watts: number): string =>
  watts < 10_000 ? `${thousands(watts)} W` : `${thousands(watts / 1000)} kW`;
