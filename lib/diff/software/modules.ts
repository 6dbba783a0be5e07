import type { Manifest } from '../../app/manifest';
import { modulerc } from '../../documents/modulerc';
import type { Side } from '../side';
import { readText } from './stack';

/** Where a module stands in the hierarchy: `` for core, `gcc/13.3.0`, `gcc/13.3.0 openmpi/5.0.8`. */
export type Branch = string;

/** What users find in one folder of a tree, by the names of modules. */
export interface ModuleFolder {
  readonly target: string;
  readonly release: string;
  readonly branch: Branch;
  /** The versions of each name. */
  readonly versions: ReadonlyMap<string, readonly string[]>;
  /** What a name without a version loads; a name is absent when that is not known. */
  readonly defaults: ReadonlyMap<string, string>;
}

/** The modules of a tree. */
export interface Modules {
  /** The folders by target, release and branch. */
  readonly folders: ReadonlyMap<string, ModuleFolder>;
  /** The releases, and which of them is loaded at login; undefined when that is not known. */
  readonly releases: readonly string[];
  readonly defaultRelease?: string;
}

/** What tells a folder apart. */
export const folderKey = ({ target, release, branch }: Pick<ModuleFolder, 'target' | 'release' | 'branch'>): string =>
  [target, release, branch].join('|');

const PLACE =
  /^([^/]+)\/(?:releases|([^/]+)\/(?:Core|Compiler\/([^/]+\/[^/]+)|MPI\/([^/]+\/[^/]+)\/([^/]+\/[^/]+)))\/([^/]+)\/([^/]+)\.lua$/;

/** Reads the tree of a construct from the paths of its files, and the defaults from the `.modulerc.lua` beside them. */
export function modulesOf(side: Side, tree: string): Modules {
  const drafts = new Map<string, Draft>();
  for (const path of filesOf(side.manifest, tree)) {
    const start = path.indexOf('/tree/');
    if (start < 0) continue;
    const [, target, release = '', compiler, ofMpi, mpi, name, version] = PLACE.exec(path.slice(start + 6)) ?? [];
    if (target === undefined || name === undefined || version === undefined) continue;
    const branch = ofMpi === undefined ? (compiler ?? '') : `${ofMpi} ${mpi ?? ''}`;
    const key = folderKey({ target, release, branch });
    const folder = path.slice(0, path.length - `/${name}/${version}.lua`.length);
    const draft = drafts.get(key) ?? { target, release, branch, folder, versions: new Map<string, string[]>() };
    drafts.set(key, draft);
    const versions = draft.versions.get(name);
    if (versions) versions.push(version);
    else draft.versions.set(name, [version]);
  }
  const folders = new Map([...drafts].map(([key, draft]) => [key, { ...draft, defaults: defaultsOf(side, draft) }]));
  const ofReleases = [...folders.values()].filter(({ release }) => release === '');
  const names = ofReleases.flatMap(({ versions }) => versions.get('release') ?? []);
  const [atLogin] = ofReleases.map(({ defaults }) => defaults.get('release'));
  for (const [key, { release }] of folders) if (release === '') folders.delete(key);
  return { folders, releases: [...new Set(names)], ...(atLogin !== undefined && { defaultRelease: atLogin }) };
}

interface Draft extends Omit<ModuleFolder, 'defaults' | 'versions'> {
  readonly folder: string;
  readonly versions: Map<string, string[]>;
}

const known = new WeakMap<Manifest, ReadonlyMap<string, readonly string[]>>();

/** The files of a construct; a manifest is gone through once. */
function filesOf(manifest: Manifest, owner: string): readonly string[] {
  let byOwner = known.get(manifest);
  if (!byOwner) known.set(manifest, (byOwner = groupByOwner(manifest)));
  return byOwner.get(owner) ?? [];
}

function groupByOwner({ files }: Manifest): Map<string, string[]> {
  const byOwner = new Map<string, string[]>();
  for (const [path, { owner }] of Object.entries(files)) {
    const list = byOwner.get(owner);
    if (list) list.push(path);
    else byOwner.set(owner, [path]);
  }
  return byOwner;
}

/** One version is the default by itself; of several it stands in `.modulerc.lua`. */
function defaultsOf(side: Side, { folder, versions }: Draft): Map<string, string> {
  const defaults = new Map<string, string>();
  for (const [name, [version, ...more]] of versions) if (more.length === 0) defaults.set(name, version as string);
  if (defaults.size === versions.size) return defaults;
  const text = readText(side, `${folder}/.modulerc.lua`);
  for (const { fn, args } of text === undefined ? [] : modulerc.parse(text, () => undefined).calls) {
    const [name, version] = String(args[0]).split('/');
    if (fn === 'module_version' && args[1] === 'default' && name !== undefined && version !== undefined)
      defaults.set(name, version);
  }
  return defaults;
}
