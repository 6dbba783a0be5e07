import { fullName, type ModuleEntry, type TreeFault } from './entry';

/**
 * Proves that users reach every module: walks from the folders that MODULEPATH begins with over what modules add to it.
 * What is hidden is not walked through, because users cannot see the way.
 */
export function reachability(entries: readonly ModuleEntry[], start: readonly string[]): TreeFault[] {
  const byFolder = new Map<string, ModuleEntry[]>();
  for (const entry of entries) {
    const siblings = byFolder.get(entry.folder);
    if (siblings) siblings.push(entry);
    else byFolder.set(entry.folder, [entry]);
  }
  // The folders on MODULEPATH when a module of a folder can be loaded; the first way that leads there counts.
  const paths = new Map<string, readonly string[]>(start.map((folder) => [folder, [folder]]));
  for (const [folder, path] of paths) {
    for (const { opens, isHidden } of byFolder.get(folder) ?? []) {
      if (opens !== undefined && !isHidden && !paths.has(opens)) paths.set(opens, [opens, ...path]);
    }
  }
  const firsts = firstByPlace(entries, fullName);
  const defaults = firstByPlace(
    entries.filter(({ isDefault }) => isDefault),
    ({ name }) => name,
  );
  return entries.flatMap((entry) => {
    const path = paths.get(entry.folder);
    const faults = [
      ...twoDefaults(entry, defaults.get(`${entry.folder}/${entry.name}`)),
      ...nameClash(entry, firsts.get(`${entry.folder}/${fullName(entry)}`)),
    ];
    if (!path) return [unreachable(entry, entries), ...faults];
    const lost = entry.dependsOn.filter((wanted) => !path.some((folder) => firsts.has(`${folder}/${wanted}`)));
    return [...lost.map((wanted) => outsideBranch(entry, wanted, entries)), ...faults];
  });
}

/** The first entry of each name in each folder. */
function firstByPlace(
  entries: readonly ModuleEntry[],
  nameOf: (entry: ModuleEntry) => string,
): ReadonlyMap<string, ModuleEntry> {
  const first = new Map<string, ModuleEntry>();
  for (const entry of entries) {
    const place = `${entry.folder}/${nameOf(entry)}`;
    if (!first.has(place)) first.set(place, entry);
  }
  return first;
}

function unreachable(entry: ModuleEntry, entries: readonly ModuleEntry[]): TreeFault {
  const opener = entries.find(({ opens }) => opens === entry.folder);
  const why = !opener
    ? `no module puts ${entry.folder} on MODULEPATH`
    : opener.isHidden
      ? `${fullName(opener)}, which leads to it, is hidden`
      : `${fullName(opener)}, which leads to it, cannot be reached itself`;
  return { code: 'HPC3106', message: `nobody can reach ${fullName(entry)} in ${entry.folder}: ${why}`, entry };
}

function outsideBranch(entry: ModuleEntry, wanted: string, entries: readonly ModuleEntry[]): TreeFault {
  const elsewhere = entries.find((other) => fullName(other) === wanted);
  const where = elsewhere ? `which stands in ${elsewhere.folder}` : 'which does not exist';
  const message = `${fullName(entry)} in ${entry.folder} depends on ${wanted}, ${where} and is not on its MODULEPATH`;
  return { code: 'HPC3107', message, entry };
}

function twoDefaults(entry: ModuleEntry, other: ModuleEntry | undefined): TreeFault[] {
  if (!entry.isDefault || !other || other === entry || fullName(other) === fullName(entry)) return [];
  const message = `${fullName(other)} and ${fullName(entry)} are both the default of ${entry.name} in ${entry.folder}`;
  return [{ code: 'HPC3102', message, entry }];
}

function nameClash(entry: ModuleEntry, other: ModuleEntry | undefined): TreeFault[] {
  if (!other || other === entry) return [];
  const message = `'${other.install?.spec}' and '${entry.install?.spec}' would both be ${fullName(entry)} in ${entry.folder}`;
  return [{ code: 'HPC3105', message, fix: 'rename one of the packages with names', entry }];
}
