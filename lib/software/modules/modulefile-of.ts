import type { ModulefileCall, Modulefile } from '../../documents/modulefile';
import { sortedEntries } from '../../values/json';
import type { ModuleTree } from '../module-tree';
import type { Install } from '../stack/installs';
import { fullName, type ModuleEntry } from './entry';

const call = (fn: ModulefileCall['fn'], ...args: (string | number)[]): ModulefileCall => ({ fn, args });

/** Folders that every process searches anyway: a module that puts them in front would hide other modules. */
const isSystem = (prefix: string) => prefix === '/usr' || prefix === '/usr/local' || prefix === '/';

/** The modulefile of an entry. Its strings depend on the definition alone, so that spider can follow MODULEPATH. */
export function modulefileOf(tree: ModuleTree, entry: ModuleEntry): Modulefile {
  const { install, opens, family } = entry;
  return {
    header: [`${fullName(entry)}: written by hpcdk; changes are lost.`],
    calls: [
      ...about(tree, entry),
      ...(family === undefined ? [] : [call('family', family)]),
      ...(install ? [] : [call('add_property', 'lmod', 'sticky')]),
      ...entry.dependsOn.map((name) => call('depends_on', name)),
      ...(install ? environmentOf(tree, install) : []),
      ...(opens === undefined ? [] : [call('prepend_path', 'MODULEPATH', `${tree.values.root}/${opens}`)]),
      ...deprecation(tree, entry),
    ],
  };
}

function about(tree: ModuleTree, entry: ModuleEntry): ModulefileCall[] {
  const { name, version, install } = entry;
  const says = tree.values.descriptions[install?.name ?? name] ?? descriptionOf(entry);
  const facts = install ? [`Spec: ${install.spec}`, ...builtWithOf(install)] : [];
  return [
    call('help', [says, '', ...facts, `Help: ${tree.contact}`].map((line) => `${line}\n`).join('')),
    call('whatis', `Name: ${name}`),
    call('whatis', `Version: ${version}`),
    // Spider shows the line that begins with this word.
    call('whatis', `Description: ${says}`),
    ...facts.map((line) => call('whatis', line)),
  ];
}

function descriptionOf({ name, version, install }: ModuleEntry): string {
  if (!install) return `the software of release ${version}`;
  if (install.role === 'compiler') return `compiler ${name} ${version}; shows what is built with it`;
  return install.role === 'mpi' ? `MPI ${name} ${version}; shows what is built with it` : `${name} ${version}`;
}

const builtWithOf = ({ release, target, compiler, mpi, role }: Install): string[] => [
  `Release: ${release}`,
  `Target: ${target}`,
  ...(compiler && role !== 'compiler' ? [`Compiler: ${compiler.name} ${compiler.version}`] : []),
  ...(mpi && role === 'package' ? [`MPI: ${mpi.name} ${mpi.version}`] : []),
];

/** `GROMACS_ROOT`. */
const variableName = (name: string) =>
  `${name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(?=[0-9])/, '_')}_ROOT`;

function environmentOf(tree: ModuleTree, install: Install): ModulefileCall[] {
  const { prefix, role, compiler, pythonPath } = install;
  const own = tree.values.environment[install.name] ?? {};
  const value = (text: string) => text.replaceAll('{prefix}', prefix);
  const programs = role === 'compiler' && compiler ? compiler.programs(prefix) : undefined;
  const bin = programs ? programs.c.replace(/\/[^/]*$/, '') : `${prefix}/bin`;
  const paths: readonly (readonly [string, string])[] = isSystem(prefix)
    ? []
    : [
        ['PATH', bin],
        ...(role === 'compiler' ? [['LD_LIBRARY_PATH', `${prefix}/lib64`] as const] : []),
        ['MANPATH', `${prefix}/share/man`],
        ['CMAKE_PREFIX_PATH', prefix],
        ['PKG_CONFIG_PATH', `${prefix}/lib64/pkgconfig`],
        ['PKG_CONFIG_PATH', `${prefix}/lib/pkgconfig`],
        ['PKG_CONFIG_PATH', `${prefix}/share/pkgconfig`],
      ];
  return [
    call('setenv', variableName(tree.nameOf(install)), prefix),
    ...paths.map(([name, path]) => call('prepend_path', name, path)),
    // The empty entry stands for the manual pages of the system.
    ...(isSystem(prefix) ? [] : [call('append_path', 'MANPATH', '')]),
    ...(pythonPath === undefined ? [] : [call('prepend_path', 'PYTHONPATH', pythonPath)]),
    ...(programs
      ? [
          call('setenv', 'CC', programs.c),
          call('setenv', 'CXX', programs.cxx),
          call('setenv', 'FC', programs.fortran),
          call('setenv', 'F77', programs.fortran),
        ]
      : []),
    ...sortedEntries(own).map(([name, text]) =>
      call(name.endsWith('PATH') ? 'prepend_path' : 'setenv', name, value(text)),
    ),
  ];
}

/** Users of a module that goes are told when they load it. */
function deprecation(tree: ModuleTree, entry: ModuleEntry): ModulefileCall[] {
  const notice = tree.values.deprecated[fullName(entry)];
  if (!notice) return [];
  const until = notice.until === undefined ? '' : ` and goes on ${notice.until}`;
  return [
    // The word for it that Lmod itself knows and shows as (O).
    call('add_property', 'state', 'obsolete'),
    { fn: 'LmodMessage', args: [`${fullName(entry)} is deprecated${until}: ${notice.message}`], when: 'load' },
  ];
}
