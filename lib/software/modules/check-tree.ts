import type { FaultReport } from '../../app/noun';
import { closest } from '../../values/closest';
import type { ModuleTree } from '../module-tree';
import { isPythonPackage } from '../stack/installs';
import { fullName } from './entry';
import { releasesFolder, targetsOf } from './plan';
import { reachability } from './reachability';

type Report = FaultReport<ModuleTree['definition']['fields']>;

/** Checks a tree as a whole: names that lead nowhere, and modules that nobody reaches. */
export function checkTree(tree: ModuleTree, report: Report): void {
  const { stacks, hidden, aliases } = tree.values;
  const { defaultRelease } = tree;
  const twice = stacks.find(
    (stack, index) => stacks.findIndex((other) => other.values.release === stack.values.release) < index,
  );
  if (twice) {
    report({ code: 'HPC3108', message: `two stacks of the tree have the release '${twice.values.release}'` }, 'stacks');
    return;
  }
  const entries = tree.entries();
  checkNames(tree, report);
  if (!stacks.some((stack) => stack.values.release === defaultRelease)) {
    const releases = stacks.map((stack) => stack.values.release);
    const message = `the default release '${defaultRelease}' is none of ${releases.join(', ')}`;
    report({ code: 'HPC3101', message }, 'defaultRelease');
  }
  for (const name of tree.values.defaults) {
    if (!hidden.includes(name) && !hidden.includes(name.split('/')[0] ?? '')) continue;
    report(
      { code: 'HPC3103', message: `'${name}' is a default and hidden` },
      'defaults',
      `[${tree.values.defaults.indexOf(name)}]`,
    );
  }
  for (const alias of Object.keys(aliases)) {
    const same = entries.find((entry) => entry.name === alias || fullName(entry) === alias);
    if (same)
      report({ code: 'HPC3104', message: `the alias '${alias}' is the name of a module` }, 'aliases', `.${alias}`);
  }
  checkPython(tree, report);
  const seen = new Set<string>();
  for (const { entry: _entry, ...fault } of reachability(entries, targetsOf(stacks).map(releasesFolder))) {
    // The same mistake shows in every branch of the tree; it is said once.
    const key = `${fault.code} ${fullName(_entry)}`;
    if (!seen.has(key)) report(fault, 'stacks');
    seen.add(key);
  }
}

/** A Python package without a Python below it has a module that makes nothing importable. */
function checkPython(tree: ModuleTree, report: Report): void {
  const lonely = tree.entries().find(({ install }) => install && isPythonPackage(install.name) && !install.python);
  if (!lonely) return;
  report(
    {
      code: 'HPC3107',
      message: `${fullName(lonely)} in ${lonely.folder} needs a Python, and the stack exposes none at its level or below`,
      fix: "add e.g. 'python@3.12.12' to the specs of the stack",
    },
    'stacks',
  );
}

/** Names of modules and packages that must exist. */
function checkNames(tree: ModuleTree, report: Report): void {
  const { defaults, hidden, aliases, deprecated, exclude, families, names, descriptions, environment } = tree.values;
  const entries = tree.entries();
  const packages = new Set(tree.values.stacks.flatMap((stack) => stack.installs().map(({ name }) => name)));
  const full = new Set(entries.map(fullName));
  const modules = new Set([...full, ...entries.map(({ name }) => name)]);
  const wants = (among: ReadonlySet<string>, name: string, field: Parameters<Report>[1], at: string, what: string) => {
    if (among.has(name)) return;
    const near = closest(name, among);
    const fix = near ? { fix: `did you mean '${near}'?` } : {};
    report({ code: 'HPC3101', message: `there is no ${what} '${name}' in the tree`, ...fix }, field, at);
  };
  defaults.forEach((name, index) => wants(full, name, 'defaults', `[${index}]`, 'module'));
  hidden.forEach((name, index) => wants(modules, name, 'hidden', `[${index}]`, 'module'));
  for (const [alias, name] of Object.entries(aliases)) wants(modules, name, 'aliases', `.${alias}`, 'module');
  for (const name of Object.keys(deprecated)) wants(full, name, 'deprecated', `.${name}`, 'module');
  exclude.forEach((name, index) => wants(packages, name, 'exclude', `[${index}]`, 'package'));
  for (const [family, members] of Object.entries(families)) {
    members.forEach((name, index) => wants(packages, name, 'families', `.${family}[${index}]`, 'package'));
  }
  for (const [field, map] of Object.entries({ names, descriptions, environment } as const)) {
    for (const name of Object.keys(map))
      wants(packages, name, field as keyof typeof tree.values & Parameters<Report>[1], `.${name}`, 'package');
  }
}
