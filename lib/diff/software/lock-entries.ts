import type { Effect } from '../../app/effect';
import { labelOf } from '../../app/words';
import { byCodeUnit } from '../../values/json';
import type { Comparison } from '../comparison';
import { entryId, makeEntry } from '../entry';
import type { Entry, EntryItem } from '../model';
import type { Side } from '../side';
import { count, lastPart } from '../words';
import { readLock, type SpackLock } from './lock';
import { freshNodes, knownHashes, lockOf, lockText, missingRoots } from './lock-files';
import { type LockDifference, type NodeChange, walkLocks } from './lock-walk';
import { type Environment, pairEnvironments, type Stack } from './stack';
import { some } from './words';

/** What the locks of a stack say of a change. */
export interface LockReport {
  /** What is built again; none when the locks are the same, or one side has none. */
  readonly entry?: Entry;
  /** Why the number of packages that are built again is not known, as a sentence. */
  readonly unknown?: string;
}

const NO_LOCK = 'rebuild count unknown: no spack.lock in the output';

/** Compares the locks of a stack; those of environments that stand on both sides are walked side by side. */
export function lockReport(before: Stack, after: Stack, comparison: Comparison): LockReport {
  const read = pairEnvironments(before, after).map((pair): Read => {
    const old = pair.before && lockText(comparison.before, pair.before);
    const now = pair.after && lockText(comparison.after, pair.after);
    return { ...pair, ...(old !== undefined && { old }), ...(now !== undefined && { now }) };
  });
  const [hadLock, hasLock] = [read.some(({ old }) => old !== undefined), read.some(({ now }) => now !== undefined)];
  if (!hadLock && !hasLock) return { unknown: NO_LOCK };
  if (!hadLock || !hasLock) {
    const { label } = hadLock ? comparison.after : comparison.before;
    return { unknown: `rebuild count unknown: ${label} has no spack.lock` };
  }
  const gaps = [...new Set(read.flatMap((one) => gapOf(one, comparison)))];
  const unknown = gaps.length > 0 ? `rebuild count not complete: ${some(gaps)}` : undefined;
  if (read.every(({ old, now }) => old === now)) return { ...(unknown !== undefined && { unknown }) };
  const entry = entryOf(after, read, unknown === undefined ? [] : [unknown], comparison);
  return { ...(entry ? { entry } : unknown !== undefined && { unknown }) };
}

/** Why nothing is known of an environment that changed: it has no lock, or one from before its roots. */
function gapOf({ before, after, now }: Read, comparison: Comparison): string[] {
  if (!after) return [];
  if (now === undefined) return [`no spack.lock for ${after.name}`];
  const shaOf = (side: Side, environment: Environment) => side.manifest.files[environment.yaml]?.sha256;
  if (before && shaOf(comparison.before, before) === shaOf(comparison.after, after)) return [];
  const lock = lockOf(comparison.after, after);
  const lost = lock ? missingRoots(comparison.after, after, lock) : [];
  return lost.length > 0 ? [`spack.lock of ${after.name} has no ${some(lost)} yet`] : [];
}

interface Read {
  readonly before?: Environment;
  readonly after?: Environment;
  readonly old?: string;
  readonly now?: string;
}

function entryOf(
  stack: Stack,
  read: readonly Read[],
  notes: readonly string[],
  comparison: Comparison,
): Entry | undefined {
  const unreadable: string[] = [];
  const parse = (text: string | undefined, environment: Environment | undefined): SpackLock | undefined => {
    const lock = text === undefined ? undefined : readLock(text);
    if (!lock || !('code' in lock)) return lock;
    unreadable.push(`${environment?.folder ?? ''}: ${lock.message}`);
    return undefined;
  };
  const locks = read.map((one) => ({ old: parse(one.old, one.before), now: parse(one.now, one.after) }));
  const differences = locks.flatMap(({ old, now }) => (old && now && old !== now ? [walkLocks(old, now)] : []));
  const { fresh, all } = freshCount(
    locks.flatMap(({ now }) => now ?? []),
    comparison,
  );
  const kind = 'SoftwareStack';
  const label = `${labelOf(kind)} ${lastPart(stack.path)}`;
  const source = comparison.after.sources[stack.path];
  const recipes = [...new Set(differences.flatMap((one) => one.recipes.map(({ after }) => after.name)))].sort(
    byCodeUnit,
  );
  const items = itemsOf(differences);
  // Environments that went, and nothing else.
  if (fresh + items.length + recipes.length + unreadable.length === 0) return undefined;
  return makeEntry({
    id: entryId(`${stack.path}#spack.lock`, 'changed', items, fresh),
    section: 'software',
    action: 'changed',
    level: 'lock',
    kind,
    path: stack.path,
    field: 'spack.lock',
    direction: 'changed',
    title: `${label}: ${fresh === 0 ? 'no package is built again' : `${fresh} of ${count(all, 'package')} to build`}, by spack.lock`,
    effect: fresh === 0 ? NOTHING : REBUILD,
    notes: [
      ...notes,
      ...(recipes.length > 0 ? [`other recipes of the same specs: ${some(recipes)}`] : []),
      ...unreadable,
    ],
    items,
    ...(source && { source }),
  });
}

const NOTHING: Effect = { class: 'none', reason: 'every hash of the new spack.lock is in the old one', harmless: true };
const REBUILD: Effect = {
  class: 'rebuild-software',
  reason: 'hashes that are new in spack.lock are built, or taken from the build cache',
  steps: ['run install.sh on the build host'],
};

/** How many packages have a hash that is not known, of all that Spack installs. */
function freshCount(locks: readonly SpackLock[], { before }: Comparison) {
  const { fresh, all } = freshNodes(locks, knownHashes(before));
  return { fresh: fresh.length, all };
}

/** What a stack that came builds, as a sentence. */
export function newStackNote(stack: Stack, comparison: Comparison): string {
  const locks = stack.environments.flatMap((environment) => lockOf(comparison.after, environment) ?? []);
  if (locks.length === 0) return NO_LOCK;
  const { fresh, all } = freshCount(locks, comparison);
  return `${fresh} of ${count(all, 'package')} to build, by spack.lock`;
}

/** Libraries that a compiler brings for what it built: they change with it, and say nothing more. */
const RUNTIMES: readonly string[] = ['gcc-runtime', 'intel-oneapi-runtime'];

function itemsOf(differences: readonly LockDifference[]): EntryItem[] {
  const lines = (direction: 'added' | 'removed', labels: readonly string[]): EntryItem[] =>
    [...new Set(labels)].sort(byCodeUnit).map((text) => ({ direction, text }));
  const changes = differences.flatMap((one) => one.changes).filter(({ after }) => !RUNTIMES.includes(after.name));
  const groups = new Map<string, { change: NodeChange; roots: Set<string> }>();
  for (const change of changes) {
    const key = `${change.after.name} ${change.parts.join(', ')}`;
    const group = groups.get(key);
    if (group) for (const root of change.roots) group.roots.add(root);
    else groups.set(key, { change, roots: new Set(change.roots) });
  }
  const sorted = [...groups].sort(([a, x], [b, y]) => y.roots.size - x.roots.size || byCodeUnit(a, b));
  return [
    ...lines(
      'removed',
      differences.flatMap(({ removed }) => removed),
    ),
    ...lines(
      'added',
      differences.flatMap(({ added }) => added),
    ),
    ...sorted.map(([, { change, roots }]): EntryItem => ({
      direction: 'changed',
      text: changeText(change, [...roots].sort(byCodeUnit)),
    })),
  ];
}

/** `zlib-ng 2.2.4: ~opt → +opt, needed by bwa, samtools`. */
function changeText({ after, parts }: NodeChange, roots: readonly string[]): string {
  const [first = ''] = parts;
  const head =
    /^\S+ → \S+$/.test(first) && !/[=+~%^]/.test(first) ? `${after.name} ` : `${after.name} ${after.version}: `;
  const others = roots.filter((root) => root !== after.name);
  return head + parts.join(', ') + (others.length > 0 ? `, needed by ${some(others)}` : '');
}
