import { posix } from 'node:path';
import { expression } from './ansible-yaml';
import type { PlacedFile } from './placed-file';
import { bySet } from './plain-tasks';
import type { PlannedFact, PlannedRole } from './site-plan';
import { groupCondition, inOutput, octal, shared, type Task, when } from './task';

type TreeFact = Extract<PlannedFact['fact'], { fact: 'tree' }>;
interface Tree {
  readonly fact: TreeFact;
  readonly groups: readonly string[];
  readonly observed: boolean;
}

/** Handlers to notify when a file changed. */
export type Notify = (file: PlacedFile) => readonly string[];

/** The path of a folder that is ours whole, with a slash at its end. */
export const treePath = (fact: TreeFact): string => fact.path.replace(/\/*$/, '/');
/** The folder of the output that it is a copy of, with a slash at its end. */
export const treeSource = (fact: TreeFact): string => fact.from.replace(/\/*$/, '/');

/** Tasks that place the files and folders of one phase. */
export function fileTasks(
  role: PlannedRole,
  files: readonly PlacedFile[],
  trees: readonly Tree[],
  notify: Notify,
): Task[] {
  const owned = files.filter((file) => file.ownership === 'owned');
  const ownedTrees = trees.filter(({ observed }) => !observed);
  return [
    ...folderTasks(role, owned),
    ...byFolder(owned).map((same) => placeTask(role, same, notify)),
    ...files.filter((file) => file.ownership === 'fragment').map((file) => fragmentTask(role, file, notify(file))),
    ...files.filter((file) => file.ownership === 'observed').map((file) => observeTask(role, file)),
    ...trees.map((tree) => treeTask(role, tree)),
    ...recordTasks(role, owned, ownedTrees),
  ];
}

/** Folders that a package or a fact makes keep what they have; those that nothing makes get the defaults of the host. */
function folderTasks(role: PlannedRole, files: readonly PlacedFile[]): Task[] {
  const named = new Set(role.facts.map(({ fact }) => (fact.fact === 'directory' ? fact.path : '')));
  return bySet(files).flatMap((same) => {
    const folders = [...new Set(same.map((file) => posix.dirname(file.path)))].filter(
      (folder) => !named.has(folder) && folder !== '/' && folder !== '/etc',
    );
    if (folders.length === 0) return [];
    return [
      {
        name: 'Make the folders of the files',
        'ansible.builtin.file': { path: expression('{{ item }}'), state: 'directory', mode: 'u+rwx' },
        loop: folders,
        ...when(groupCondition(role, (same[0] as PlacedFile).groups)),
      },
    ];
  });
}

function byFolder(files: readonly PlacedFile[]): PlacedFile[][] {
  const folders = new Map<string, PlacedFile[]>();
  for (const file of files) {
    const folder = posix.dirname(file.path);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders.values()];
}

/** The files of one folder: a check on a host that does not have the folder yet leaves them out. */
function placeTask(role: PlannedRole, files: readonly PlacedFile[], notify: Notify): Task {
  const folder = posix.dirname((files[0] as PlacedFile).path);
  return {
    name: `Place files in ${folder}`,
    when: `'${folder}' not in hpcdk_missing_folders`,
    block: files.map((file) => ({
      name: `Place ${file.path}`,
      'ansible.builtin.copy': {
        src: inOutput(file.source),
        dest: file.path,
        owner: file.owner,
        group: file.group,
        mode: octal(file.mode),
      },
      ...notification(notify(file)),
      ...when(groupCondition(role, file.groups)),
    })),
  };
}

const notification = (handlers: readonly string[]) => (handlers.length > 0 ? { notify: handlers } : {});

/** How the formats that know no `#` begin a comment. */
const COMMENT: Readonly<Record<string, string>> = { lua: '--', modulefile: '--', lmodrc: '--', modulerc: '--' };

function fragmentTask(role: PlannedRole, file: PlacedFile, handlers: readonly string[]): Task {
  const sign = COMMENT[file.format ?? ''] ?? '#';
  return {
    name: `Place a block in ${file.path}`,
    'ansible.builtin.blockinfile': {
      path: file.path,
      marker: `${sign} {mark} ${file.source} (hpcdk)`,
      block: expression(`{{ lookup('ansible.builtin.file', hpcdk_output ~ '/${file.source}') }}`),
    },
    ...notification(handlers),
    ...when(groupCondition(role, file.groups)),
  };
}

const observeTask = (role: PlannedRole, file: PlacedFile): Task => ({
  ...shared(`Compare ${file.path}, which is only observed`, 'observe', {
    hpcdk_path: file.path,
    hpcdk_source: file.source,
  }),
  ...when(groupCondition(role, file.groups)),
});

const treeAction = (path: string, observed: boolean): [name: string, tasksFrom: string] =>
  observed
    ? [`Compare the folder ${path}, which is only observed`, 'observe_tree']
    : [`Place the folder ${path}`, 'tree'];

const treeTask = (role: PlannedRole, { fact, groups, observed }: Tree): Task => ({
  ...shared(...treeAction(fact.path, observed), {
    hpcdk_path: treePath(fact),
    hpcdk_source: treeSource(fact),
  }),
  ...when(groupCondition(role, groups)),
});

function recordTasks(role: PlannedRole, files: readonly PlacedFile[], trees: readonly Tree[]): Task[] {
  const placed = [
    ...files.map(({ path, groups }) => ({ path, groups })),
    ...trees.map(({ fact, groups }) => ({ path: treePath(fact), groups })),
  ];
  return bySet(placed).map((same) => ({
    ...shared('Keep a copy of what was placed', 'record', { hpcdk_paths: same.map(({ path }) => path) }),
    ...when(groupCondition(role, (same[0] as { groups: readonly string[] }).groups)),
  }));
}
