import type { Effect } from '../../app/effect';
import { labelOf } from '../../app/words';
import { byCodeUnit } from '../../values/json';
import { kindOf } from '../change-set';
import type { Comparison } from '../comparison';
import { entryId, makeEntry } from '../entry';
import type { Entry, EntryItem } from '../model';
import type { Moves } from '../moves';
import { lastPart } from '../words';
import { Causes } from './module-causes';
import { type ModuleChanges, moduleChanges } from './module-changes';
import {
  branchSaying,
  cameSaying,
  defaultsSaying,
  type LoadedName,
  loginSaying,
  releaseRenamedSaying,
  renamedSaying,
  type Saying,
  switchSaying,
  vanishedSaying,
} from './module-words';
import { type Modules, modulesOf } from './modules';
import { viewOf } from './release-view';
import { type Stack, stacksOf } from './stack';

const KIND = 'ModuleTree';

/** Says of each tree of modules what users load now. */
export function moduleEntries(entries: readonly Entry[], comparison: Comparison): readonly Entry[] {
  const { before, after, changes, origins } = comparison;
  const owners = new Set(changes.files.map((file) => (file.after ?? file.before)?.owner ?? ''));
  let result = entries;
  for (const path of [...owners].sort(byCodeUnit)) {
    const from = origins.get(path) ?? path;
    const [was, now] = [before.manifest.constructs[from], after.manifest.constructs[path]];
    if (!was || !now || kindOf(before.manifest, was) !== KIND) continue;
    const stacks = [before, after].map(({ manifest }) => [...stacksOf(manifest).values()]) as [Stack[], Stack[]];
    const [old, is] = [modulesOf(before, from), modulesOf(after, path)];
    const found = moduleChanges(old, is, stacks);
    const causes = new Causes(path, stacks[1], result, comparison);
    const renames = releaseRenames(found, stacks, changes.moves);
    result = tell(result, sayingsOf(found, renames, [old, is], causes), path, comparison);
  }
  return result;
}

/** One thing to say, with the entry of the field that it comes from when there is one in its section. */
interface Told extends Saying {
  readonly cause?: Entry;
  readonly release?: string;
}

/** Releases that their stack calls otherwise now: the old one to the new one. */
function releaseRenames(
  { releasesGone, releasesCome }: ModuleChanges,
  [before, after]: readonly [readonly Stack[], readonly Stack[]],
  moves: Moves,
): Map<string, string> {
  const renames = new Map<string, string>();
  for (const { path, release } of before) {
    const now = after.find((stack) => stack.path === (moves.get(path) ?? path))?.release;
    const isGone = releasesGone.some((one) => one.release === release);
    if (now !== undefined && isGone && releasesCome.some((one) => one.release === now)) renames.set(release, now);
  }
  return renames;
}

function sayingsOf(
  found: ModuleChanges,
  renames: ReadonlyMap<string, string>,
  [old, now]: readonly [Modules, Modules],
  causes: Causes,
): Told[] {
  const { login, switches } = found;
  const come = new Set(renames.values());
  const { renamed, vanished, came } = causes.renames(found);
  const told: Told[] = [
    ...(login && renames.get(login.from) !== login.to
      ? [{ ...loginSaying(login, loadedNames(old, now, login)), cause: causes.ofTree('defaultRelease') }]
      : []),
    ...[...renames].map(([from, to]) => releaseRenamedSaying(from, to, loadedNames(old, now, { from, to }))),
    ...found.releasesGone
      .filter(({ release }) => !renames.has(release))
      .map((one) => ({ ...branchSaying(one, 'removed'), cause: causes.ofTree('stacks') })),
    ...found.releasesCome
      .filter(({ release }) => !come.has(release))
      .map((one) => ({ ...branchSaying(one, 'added'), cause: causes.ofTree('stacks') })),
    ...switches.map((one) => ({
      ...switchSaying(one),
      release: one.release,
      cause: causes.ofTree('defaults', one.name),
    })),
    ...found.branchesGone.map((one) => ({ ...branchSaying(one, 'removed'), release: one.release })),
    ...found.branchesCome.map((one) => ({
      ...branchSaying(one, 'added'),
      release: one.release,
      cause: causes.ofStack(one.release, one.module),
    })),
    ...grouped(renamed, () => causes.ofTree('names'), renamedSaying),
    ...grouped(vanished, ({ module }) => causes.ofTree('exclude', module), vanishedSaying),
    ...grouped(found.defaults, ({ name }) => causes.ofTree('defaults', name), defaultsSaying),
    ...grouped(
      came,
      ({ module, release }) => causes.ofTree('exclude', module) ?? causes.ofStack(release, module),
      cameSaying,
    ),
  ];
  const several = now.releases.length > 1;
  return told.map(({ aftermath = '', ...one }) => {
    const where = several && one.release !== undefined ? ` in release ${one.release}` : '';
    return { ...one, title: one.title + where + aftermath };
  });
}

/** What has one cause in one release is said at once. */
function grouped<T extends { readonly release: string }>(
  changes: readonly T[],
  causeOf: (change: T) => Entry | undefined,
  say: (changes: readonly T[]) => Saying,
): Told[] {
  const groups = new Map<string, { cause?: Entry; changes: T[] }>();
  for (const change of changes) {
    const cause = causeOf(change);
    const key = `${change.release} ${cause?.id ?? ''}`;
    const group = groups.get(key) ?? { ...(cause && { cause }), changes: [] };
    groups.set(key, group);
    group.changes.push(change);
  }
  return [...groups.values()].map(({ cause, changes: mine }) => ({
    ...say(mine),
    release: (mine[0] as T).release,
    ...(cause && { cause }),
  }));
}

/** Names that load something else in one release than in the other. */
function loadedNames(
  old: Modules,
  now: Modules,
  { from, to }: { readonly from: string; readonly to: string },
): LoadedName[] {
  const [was, is] = [viewOf(old, from), viewOf(now, to)];
  const names = [...new Set([...was.modules()].map(([, name]) => name))].sort();
  return names
    .map((name) => [name, was.loads(name), is.loads(name)] as const)
    .filter(([, before, after]) => before !== after && before !== '');
}

/** Adds what is said to the entries of the fields that it comes from; the rest gets entries of its own. */
function tell(entries: readonly Entry[], told: readonly Told[], path: string, comparison: Comparison): Entry[] {
  const own = told.filter(({ cause }) => cause === undefined).map((one) => ownEntry(one, path, comparison));
  return [
    ...entries.map((entry) =>
      withSayings(
        entry,
        told.filter(({ cause }) => cause === entry),
        path,
      ),
    ),
    ...own,
  ];
}

/** More than this many things in one title help nobody. */
const IN_TITLE = 2;

/** The field of a tree says it itself; that of a stack names what comes in a note. */
function withSayings(entry: Entry, told: readonly Told[], path: string): Entry {
  if (told.length === 0) return entry;
  const isTree = entry.path === path;
  const label = `${labelOf(KIND)} ${lastPart(path)}: `;
  const inTitle = isTree && told.length <= IN_TITLE;
  return {
    ...entry,
    ...(inTitle && { title: label + told.map(({ title }) => title).join('; ') }),
    notes: [...entry.notes, ...told.flatMap(({ title, notes }) => (inTitle ? notes : [`modules: ${title}`, ...notes]))],
    items: [...(inTitle ? ofField(entry) : entry.items), ...(isTree ? told.flatMap(({ items }) => items) : [])],
  };
}

/** The items of a field that the title no longer names. */
const ofField = ({ field, items }: Entry): EntryItem[] =>
  items.map((item) => ({ ...item, text: `${field}: ${item.text}` }));

function ownEntry(told: Told, path: string, { after }: Comparison): Entry {
  const source = after.sources[path];
  const { about, title, notes, items, reason, pending, harmless, release = '' } = told;
  const effect: Effect = {
    class: 'none',
    reason,
    ...(pending !== undefined && { pending }),
    ...(harmless && { harmless }),
  };
  return makeEntry({
    id: entryId(`${path} modules ${release}`.trim(), about, items),
    section: harmless ? 'software' : 'contract',
    action: harmless ? 'added' : 'changed',
    level: 'file',
    kind: KIND,
    path,
    title: `${labelOf(KIND)} ${lastPart(path)}: ${title}`,
    effect,
    notes,
    items,
    ...(source && { source }),
  });
}
