import { Spec } from '../../values/spec';
import type { Comparison } from '../comparison';
import type { Entry, EntryItem } from '../model';
import { count } from '../words';
import { ofHostsNote } from './interfaces';
import { lockReport, newStackNote } from './lock-entries';
import { type Environment, pairEnvironments, rootsOf, type Stack, stacksOf, successors, type Tool } from './stack';
import { some } from './words';

/** Says of changed stacks what is built again, and what is not touched. */
export function stackEntries(entries: readonly Entry[], comparison: Comparison): Entry[] {
  const [before, after] = [stacksOf(comparison.before.manifest), stacksOf(comparison.after.manifest)];
  const untouched = untouchedReleases([...after.values()], comparison);
  const found: Entry[] = [];
  const notes = new Map<Entry, readonly string[]>();
  const items = new Map<Entry, readonly EntryItem[]>();
  for (const [from, old] of before) {
    const now = after.get(comparison.changes.moves.get(from) ?? from);
    if (!now) continue;
    const mine = entries.filter(({ path, level }) => path === now.path && level === 'field');
    const { entry, unknown } = lockReport(old, now, comparison);
    if (entry) found.push(entry);
    for (const one of mine) {
      const roots = affectedRoots(one, old, now, comparison);
      if (roots.length === 0) continue;
      items.set(
        one,
        roots.map((root) => ({ direction: 'changed', text: `${root} built again` })),
      );
      notes.set(one, [`${count(roots.length, 'root')} built again`]);
    }
    const linked = mine.find(({ field }) => field === 'externals');
    if (linked) notes.set(linked, [...(notes.get(linked) ?? []), ...externalNotes(old, now)]);
    const first = mine.find(({ effect }) => effect.class === 'rebuild-software');
    if (first) {
      const more = [...(unknown !== undefined && !entry ? [unknown] : []), ...untouched];
      notes.set(first, [...(notes.get(first) ?? []), ...more]);
    }
  }
  for (const entry of entries) {
    const stack = entry.action === 'added' && entry.level === 'field' ? after.get(entry.path) : undefined;
    if (stack) notes.set(entry, [newStackNote(stack, comparison), ...untouched]);
  }
  const told = entries.map((entry) => ({
    ...entry,
    notes: [...entry.notes, ...(notes.get(entry) ?? [])],
    items: [...entry.items, ...(items.get(entry) ?? [])],
  }));
  return [...told, ...found];
}

/** What other versions of libraries of the hosts mean for programs of users. */
function externalNotes(old: Stack, now: Stack): string[] {
  const versions = ({ externals }: Stack) =>
    new Map(externals.map((text) => Spec.parse(text)).map(({ name, version = '' }) => [name, version]));
  const is = versions(now);
  return [...versions(old)].flatMap(([name, from]) => {
    const to = is.get(name);
    return to === undefined ? [] : (ofHostsNote(name, from, to) ?? []);
  });
}

/** The releases of which neither a field nor a file changed. */
function untouchedReleases(stacks: readonly Stack[], { changes }: Comparison): string[] {
  const changed = new Set<string>();
  for (const { path } of changes.constructs) changed.add(path);
  for (const { before, after } of changes.files) changed.add((after ?? before)?.owner ?? '');
  const rest = stacks.filter(({ path }) => !changed.has(path)).map(({ release }) => release);
  return rest.length > 0 ? [`${rest.length === 1 ? 'release' : 'releases'} ${some(rest)} untouched`] : [];
}

/** The roots that a new compiler or MPI builds again, as `name version`. */
function affectedRoots({ field }: Entry, old: Stack, now: Stack, comparison: Comparison): string[] {
  const bumped = (which: 'compilers' | 'mpis') => successors(old[which], now[which]);
  if (field === 'compilers' || field === 'coreCompiler') {
    const gone = bumped('compilers');
    const isCore = old.coreCompiler !== undefined && gone.has(old.coreCompiler.id);
    return rootsOfEach(
      old,
      now,
      comparison,
      ({ name, compiler }) => (compiler ? gone.has(compiler.id) : isCore && name === 'core'),
      {
        core: isCore ? now.core : [],
        specs: gone.size > 0 ? now.specs.filter((spec) => usesCompiler(spec, [...gone.values()])) : [],
      },
    );
  }
  if (field !== 'mpis') return [];
  const gone = bumped('mpis');
  return rootsOfEach(old, now, comparison, ({ mpi }) => mpi !== undefined && gone.has(mpi.id), {
    core: [],
    specs: gone.size > 0 ? now.specs.filter(statesMpi) : [],
  });
}

/** The roots of the environments that are meant; what the definition states where the files are not there. */
function rootsOfEach(
  old: Stack,
  now: Stack,
  { after: side }: Comparison,
  isMeant: (before: Environment) => boolean,
  stated: { readonly core: readonly string[]; readonly specs: readonly string[] },
): string[] {
  const pairs = pairEnvironments(old, now).filter(({ before, after }) => before && after && isMeant(before));
  const read = pairs.map(({ after }) => after && rootsOf(side, after));
  const known = read.some((roots) => roots !== undefined)
    ? read.flatMap((roots) => roots ?? [])
    : [...stated.core, ...stated.specs].map((spec) => Spec.parse(spec));
  const tools = new Set([...now.compilers, ...now.mpis].map(({ recipe }) => recipe));
  const names = known
    .filter(({ name }) => !tools.has(name))
    .map(({ name, versions }) => (versions === undefined ? name : `${name} ${versions}`));
  return [...new Set(names)].sort();
}

/** Whether a root is built with one of these compilers: it names none, or one of them. */
function usesCompiler(spec: string, compilers: readonly Tool[]): boolean {
  const { compiler } = Spec.parse(spec);
  return compiler === undefined || compilers.some(({ recipe }) => recipe === compiler.name);
}

const statesMpi = (text: string): boolean => {
  const { variants, dependencies } = Spec.parse(text);
  return (
    variants.get('mpi') === true || dependencies.some(({ spec }) => ['mpi', 'openmpi', 'mpich'].includes(spec.name))
  );
};
