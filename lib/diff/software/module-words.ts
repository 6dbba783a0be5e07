import type { EntryItem } from '../model';
import { count } from '../words';
import { linkedWith, ownPrograms } from './interfaces';
import type { Renamed } from './module-causes';
import type { BranchChange, DefaultChange, ModuleChange, ModuleChanges, ToolSwitch } from './module-changes';
import { some } from './words';

/** What an entry says of modules. */
export interface Saying {
  /** What it is about, for its id: `openmpi`, `release/2025.1`. */
  readonly about: string;
  readonly title: string;
  /** What follows it in the same line, behind the release that it is about: `, and gcc/13.3.0 vanishes`. */
  readonly aftermath?: string;
  readonly notes: readonly string[];
  readonly items: readonly EntryItem[];
  /** Why it is a change of what users load. */
  readonly reason: string;
  readonly pending?: string;
  /** Nothing that users have goes. */
  readonly harmless?: true;
}

const nameOf = (module: string): string => module.slice(0, module.indexOf('/'));

/** A compiler or an MPI of which another version stands in for the one that users had. */
export function switchSaying({ name, from, to, isKept, isDefault, moved, other, lost, kind }: ToolSwitch): Saying {
  const [old, now] = [`${name}/${from}`, `${name}/${to}`];
  const without = lost.length > 0 ? [`no build with ${now}: ${some(lost)}`] : [];
  const others = other.map(([module, version]) => `${module} → ${version}`);
  return {
    about: `${name} ${from}`,
    ...(isDefault
      ? {
          title: `module load ${name} gives ${to} instead of ${from}`,
          ...(!isKept && { aftermath: `, and ${old} vanishes` }),
        }
      : { title: `${old} vanishes`, aftermath: `, ${to} takes its place` }),
    notes: [
      ...(isKept ? [`scripts that name ${old} are unchanged`] : []),
      ...(moved.length > 0
        ? [
            `${count(moved.length, 'module')} of its branch ${isKept ? `${are(moved)} there for ${now} too` : `now ${stand(moved)} below ${now}`}`,
          ]
        : []),
      ...without,
      ...(others.length > 0 ? [`in another version with ${now}: ${some(others)}`] : []),
      ...(kind === 'MPI' ? [ownPrograms(old, isKept)] : []),
    ],
    items: [
      ...lost.map((module): EntryItem => ({ direction: 'removed', text: `${module} has no build with ${now}` })),
      ...others.map((text): EntryItem => ({ direction: 'changed', text })),
      ...moved.map((module): EntryItem => ({ direction: 'changed', text: `${module}: ${old} → ${now}` })),
    ],
    reason: isKept
      ? `scripts that load ${name} without a version get another ${kind}`
      : `scripts that name ${old} fail`,
    pending: isKept
      ? `pending jobs that load ${name} without a version get ${to} when they start`
      : `pending jobs that load ${old} fail when they start`,
  };
}

const are = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are');
const stand = (names: readonly string[]): string => (names.length === 1 ? 'stands' : 'stand');

/** Where a module is found, for people: core, or below which compiler and MPI. */
const place = (branches: readonly string[]): string =>
  branches.includes('') ? '' : ` (below ${some(branches.map((branch) => branch.replace(' ', ' and ')))})`;

/** Modules that went. */
export function vanishedSaying(modules: readonly ModuleChange[]): Saying {
  const names = modules.map(({ module }) => module);
  const [first] = modules as readonly [ModuleChange];
  const replaced = modules.filter(({ instead }) => instead !== undefined);
  const lost = [...new Set(modules.filter(({ instead }) => instead === undefined).map(({ module }) => nameOf(module)))];
  return {
    about: `${names.join(' ')} vanish`,
    title: modules.length > 1 ? `${modules.length} modules vanish: ${some(names)}` : `${first.module} vanishes`,
    ...(modules.length === 1 && first.instead !== undefined && { aftermath: `, ${first.instead} takes its place` }),
    notes: [
      ...replaced.map(({ module, instead }) => `module load ${nameOf(module)} gives ${instead ?? ''}`),
      ...(lost.length > 0 && replaced.length > 0 ? [`in no other version: ${some(lost)}`] : []),
      ...replaced.flatMap(({ module, instead }) => linkedNote(module, instead ?? '', false)),
    ],
    items: modules.map(({ module, instead, branches }) => ({
      direction: 'removed',
      text: `${module}${instead === undefined ? '' : `, now ${instead}`}${place(branches)}`,
    })),
    reason:
      modules.length === 1 ? `scripts that name ${first.module} fail` : 'scripts that name one of these versions fail',
    pending: `pending jobs that load ${modules.length === 1 ? first.module : 'one of them'} fail when they start`,
  };
}

/** What users' own programs have to do when the module that they are linked with loads another version. */
const linkedNote = (module: string, to: string, isKept: boolean): string[] => {
  const name = nameOf(module);
  const isSure = linkedWith(name, module.slice(name.length + 1), to) !== 'is not sure to run';
  return isSure ? [] : [ownPrograms(module, isKept)];
};

/** Modules that came. */
export const cameSaying = (modules: readonly ModuleChange[]): Saying => {
  const names = modules.map(({ module }) => module);
  return {
    about: `${names.join(' ')} come`,
    title: modules.length === 1 ? `${names[0] ?? ''} comes` : `${modules.length} modules come: ${some(names)}`,
    notes: [],
    items: modules.map(({ module, branches }) => ({ direction: 'added', text: module + place(branches) })),
    reason: 'what users have stays',
    harmless: true,
  };
};

/** Names that load another version of what is all still there. */
export function defaultsSaying(changes: readonly DefaultChange[]): Saying {
  const said = changes.map(({ name, from, to }) => `module load ${name} gives ${to} instead of ${from}`);
  return {
    about: `${changes.map(({ name }) => name).join(' ')} default`,
    title:
      said.length === 1
        ? (said[0] as string)
        : `${said.length} names load another version: ${some(changes.map(({ name }) => name))}`,
    notes: [
      'scripts that name a version are unchanged',
      ...changes.flatMap(({ name, from, to }) => linkedNote(`${name}/${from}`, to, true)),
    ],
    items: said.length === 1 ? [] : said.map((text) => ({ direction: 'changed', text })),
    reason: 'scripts that name no version load another one',
    pending: 'pending jobs that name no version get the new one when they start',
  };
}

/** A compiler, an MPI or a release that came or went with all that stands below it. */
export function branchSaying({ module, below }: BranchChange, direction: 'added' | 'removed'): Saying {
  const verb = direction === 'added' ? 'comes' : 'vanishes';
  return {
    about: `${module} ${verb}`,
    title: `${module} ${verb}${below.length > 0 ? ` with ${count(below.length, 'module')} below it` : ''}`,
    notes: [],
    items: below.map((text) => ({ direction, text })),
    ...(direction === 'added'
      ? { reason: 'what users have stays', harmless: true as const }
      : {
          reason: `scripts that load ${module} fail`,
          pending: `pending jobs that load ${module} fail when they start`,
        }),
  };
}

/** The release that users get at login. */
export function loginSaying(
  { from, to, isKept }: NonNullable<ModuleChanges['login']>,
  names: readonly LoadedName[],
): Saying {
  return {
    about: 'release default',
    title: `users who name no release get ${to} instead of ${from}`,
    notes: [
      isKept ? `module load release/${from} gives what they had` : `release/${from} vanishes`,
      ...notIn(to, names),
    ],
    items: nameItems(to, names),
    reason: 'scripts that name no release load other versions',
    pending: 'pending jobs that name no release load other versions when they start',
  };
}

/** Modules that have another name now. */
export const renamedSaying = (modules: readonly Renamed[]): Saying => {
  const said = modules.map(({ from, to }) => `${from} is ${to} now`);
  return {
    about: `${modules.map(({ from }) => from).join(' ')} renamed`,
    title: said.length === 1 ? (said[0] as string) : `${said.length} modules have another name`,
    notes: [],
    items: said.length === 1 ? [] : said.map((text) => ({ direction: 'changed', text })),
    reason: 'scripts that load the old name fail',
  };
};

/** A release that is called otherwise; what of it loads another version, or is not there. */
export function releaseRenamedSaying(from: string, to: string, names: readonly LoadedName[]): Saying {
  return {
    about: `release ${from} renamed`,
    title: `release/${from} is release/${to} now`,
    notes: notIn(to, names),
    items: nameItems(to, names),
    reason: `scripts that name release/${from} fail`,
    pending: `pending jobs that name release/${from} fail when they start`,
  };
}

/** What a name without a version loads before and after; empty when it loads nothing. */
export type LoadedName = readonly [name: string, before: string, after: string];

function notIn(release: string, names: readonly LoadedName[]): string[] {
  const gone = names.filter(([, , after]) => after === '').map(([name]) => name);
  return gone.length > 0 ? [`not in ${release}: ${some(gone)}`] : [];
}

const nameItems = (release: string, names: readonly LoadedName[]): EntryItem[] =>
  names.map(([name, was, is]) => ({
    direction: is === '' ? 'removed' : 'changed',
    text: is === '' ? `${name} is not in ${release}` : `module load ${name} gives ${is} instead of ${was}`,
  }));
