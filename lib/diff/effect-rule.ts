import type { ResolvedEffects } from '../app/effect';
import type { Manifest } from '../app/manifest';
import type { Direction } from '../values/compare';
import { UNKNOWN_EFFECT } from './entry';
import type { Entry } from './model';

/** Where the class of an entry comes from. */
export interface EffectRule {
  /** In words: `Partition.maxTime, when it is decreased`. */
  readonly text: string;
  /** The direction that the rule speaks of; `any` stands for all that have no rule of their own. @default - no rule speaks of it */
  readonly direction?: Direction | 'any';
  /** The facts of the site under which it was chosen, such as the Slurm version. */
  readonly facts: Readonly<Record<string, string>>;
}

/**
 * Finds the rule behind an entry: what the field table of its construct says, or what is known beyond that.
 *
 * @param owner path of the construct that the entry is about
 */
export function ruleBehind(entry: Entry, owner: string, manifests: readonly Manifest[]): EffectRule {
  const manifest = manifests.find(({ constructs }) => Object.hasOwn(constructs, owner));
  const table = manifest?.constructs[owner]?.table;
  if (entry.level !== 'field' || manifest === undefined || table === undefined) {
    const what = entry.level === 'lock' ? 'a locked package' : `a file of the format ${entry.kind}`;
    return { text: `${what} that is ${entry.action === 'rendering' ? 'changed' : entry.action}`, facts: {} };
  }
  const facts = factsOf(table);
  const rules = rulesFor(entry, manifest, table);
  const { field, action, kind, effect } = entry;
  const way = field === undefined ? (action === 'added' ? 'added' : 'removed') : (entry.direction ?? 'changed');
  const chosen = rules?.[way] ? way : rules?.any ? 'any' : undefined;
  const subject = field === undefined ? kind : `${kind}.${field}`;
  // What comes and what goes have a rule each, so there is no other way in it.
  const others = chosen === 'any' && field !== undefined ? ' or changes in any other way that has no rule' : '';
  const text = chosen === undefined ? subject : `${subject}, when it is ${way}${others}`;
  const known = chosen && rules?.[chosen]?.class;
  if (known === effect.class) return { text, ...(chosen && { direction: chosen }), facts };
  if (effect.reason === UNKNOWN_EFFECT.reason) return { text: `none for ${subject}`, facts };
  return { text: `what is known beyond ${text}${known ? ` (by itself ${known})` : ''}`, facts };
}

function rulesFor({ field, action }: Entry, { tables }: Manifest, table: string): ResolvedEffects | undefined {
  const { fields = {}, lifecycle } = tables[table] ?? {};
  if (field === undefined)
    return (action === 'moved' && lifecycle?.moved) || (action === 'added' ? lifecycle?.added : lifecycle?.removed);
  if (Object.hasOwn(fields, field)) return fields[field]?.effects;
  const dot = field.indexOf('.');
  const map = fields[field.slice(0, dot)];
  return map?.keys?.[field.slice(dot + 1)]?.effects ?? map?.effects;
}

/** The facts that a table was made for stand in its name: `SlurmCluster/slurm-22.05`. */
function factsOf(table: string): Record<string, string> {
  const [, ...facts] = table.split('/');
  return Object.fromEntries(
    facts.map((fact) => {
      const dash = fact.indexOf('-');
      return [fact.slice(0, dash), fact.slice(dash + 1)];
    }),
  );
}
