import type { HostFact } from '../../app/host-fact';
import { Document } from '../../documents/document';
import type { Format } from '../../documents/format';
import { lmodrc } from '../../documents/lmodrc';
import { modulefile } from '../../documents/modulefile';
import { modulerc } from '../../documents/modulerc';
import { renderTemplate } from '../../documents/template';
import type { ModuleTree } from '../module-tree';
import { cpuTest, mostSpecificFirst, type Target } from '../../values/target';
import { fullName, type ModuleEntry } from './entry';
import { modulefileOf } from './modulefile-of';
import { modulercOf } from './modulerc-of';
import { releasesFolder, targetsOf } from './plan';

/** The folder of the output that is placed whole on the hosts. */
export const TREE = 'tree';

interface ProfileTarget {
  readonly name: Target;
  readonly folder: string;
  readonly machine: string;
  readonly vendor: string;
  readonly part: string;
  readonly flags: string;
}

interface Profile {
  readonly site: string;
  readonly lmodrc: string;
  readonly targets: readonly ProfileTarget[];
}

/** The script of /etc/profile.d that finds the best target of the machine. */
const profile: Format<Profile> = {
  name: 'sh',
  print: (content, report) => renderTemplate('lmod/profile.sh', content, report),
  parse: () => ({ site: '', lmodrc: '', targets: [] }),
};

/** Declares the files of a tree: modulefiles, one `.modulerc.lua` per folder, lmodrc.lua and the script for logins. */
export function addTreeDocuments(tree: ModuleTree): void {
  const folders = new Map<string, ModuleEntry[]>();
  for (const entry of tree.entries()) folders.set(entry.folder, [...(folders.get(entry.folder) ?? []), entry]);
  for (const [folder, entries] of folders) {
    const files = new Map(entries.map((entry) => [`${TREE}/${folder}/${fullName(entry)}.lua`, entry]));
    for (const [path, entry] of files) {
      new Document(tree, idOf(path), { path, format: modulefile, content: () => modulefileOf(tree, entry) });
    }
    const path = `${TREE}/${folder}/.modulerc.lua`;
    const content = () => modulercOf(tree, entries);
    new Document(tree, idOf(path), { path, format: modulerc, content, when: () => content().calls.length > 0 });
  }
  addLmodrc(tree);
  addProfile(tree);
}

const idOf = (path: string) => path.slice(TREE.length + 1).replaceAll('/', ':');

/** Lmod finds it by LMOD_RC, which the script for logins sets. */
function addLmodrc(tree: ModuleTree): void {
  const { spiderCache = '' } = tree.values;
  new Document(tree, 'lmodrc.lua', {
    path: `${TREE}/lmodrc.lua`,
    format: lmodrc,
    content: () => ({ scDescriptT: [{ dir: spiderCache, timestamp: stampOf(spiderCache) }] }),
    when: () => spiderCache !== '',
  });
}

function addProfile(tree: ModuleTree): void {
  const { root, stacks, spiderCache } = tree.values;
  new Document(tree, 'profile.sh', {
    path: 'profile.sh',
    format: profile,
    content: () => ({
      site: tree.node.path,
      lmodrc: spiderCache ? `${root}/lmodrc.lua` : '',
      targets: mostSpecificFirst(targetsOf(stacks)).map((name) => {
        const { machine, vendor = '', part, flags = [] } = cpuTest(name);
        const folder = `${root}/${releasesFolder(name)}`;
        return { name, folder, machine, vendor, part: part?.join(' ') ?? '', flags: flags.join(' ') };
      }),
    }),
    // Behind the scripts of Lmod itself, which are lmod.sh, modules.sh and z00_lmod.sh.
    host: { path: `/etc/profile.d/z01_${tree.node.id}.sh` },
  });
}

const stampOf = (cache: string) => `${cache}/timestamp`;

/** Fills the cache of Lmod again when a modulefile is newer than it. */
export function cacheCommand(tree: ModuleTree): HostFact[] {
  const { spiderCache, root, stacks } = tree.values;
  if (!spiderCache) return [];
  const paths = targetsOf(stacks).map((target) => `${root}/${releasesFolder(target)}`);
  const program = '/usr/share/lmod/lmod/libexec/update_lmod_system_cache_files';
  const isFresh = '[ -e "$0" ] && [ -z "$(find "$1" -newer "$0" -print -quit)" ]';
  return [
    { fact: 'directory', path: spiderCache, mode: 0o755 },
    {
      fact: 'command',
      name: `cache of the modules of ${tree.node.id}`,
      command: [program, '-d', spiderCache, '-t', stampOf(spiderCache), paths.join(':')],
      unless: ['sh', '-c', isFresh, stampOf(spiderCache), root],
    },
  ];
}
