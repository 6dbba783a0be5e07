import { byCodeUnit, type Json } from '../../values/json';
import type { Entry, Mark } from '../model';
import type { Comparison } from '../comparison';
import type { Saying } from './saying';

/** What users see when a word of PrivateData goes (slurm.conf(5), slurmdbd.conf(5)). `cloud` hides nothing. */
const SEEN: Readonly<Record<string, string>> = {
  accounts: 'users see all accounts',
  events: 'users see events of nodes',
  jobs: "users see one another's jobs",
  nodes: 'users see all nodes',
  partitions: 'users see all partitions',
  reservations: 'users see all reservations',
  usage: "users see one another's usage",
  users: "users see one another's user records",
};

/** What a change of PrivateData shows or hides, as a field of its own or among the options. */
export function privateDataChanged(
  entry: Entry,
  pathBefore: string,
  { before, after }: Comparison,
): Saying | undefined {
  const field = entry.field ?? '';
  const was = wordsAt(before.manifest.constructs[pathBefore]?.values, field);
  const is = wordsAt(after.manifest.constructs[entry.path]?.values, field);
  const lost = was.filter((word) => word in SEEN && !is.includes(word));
  const gained = is.filter((word) => word in SEEN && !was.includes(word));
  if (lost.length + gained.length === 0) return undefined;
  const marks: readonly Mark[] = [lost.length > 0 ? 'security-broadened' : 'security-narrowed'];
  if (lost.length === 0) return { marks };
  const all = [...new Set([...was, ...is])].sort(byCodeUnit);
  return { marks, notes: [...lost.map((word) => SEEN[word] as string), `to keep all: PrivateData=${all.join(',')}`] };
}

/** The words of a list, or of an option, in any case. */
function wordsAt(values: Readonly<Record<string, Json>> | undefined, field: string): string[] {
  const [name = '', key] = field.split('.');
  const value = values?.[name];
  const found =
    key !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, Json>>)[key]
      : value;
  const words = Array.isArray(found) ? found.map(String) : typeof found === 'string' ? found.split(',') : [];
  return words.map((word) => word.trim().toLowerCase()).filter(Boolean);
}
