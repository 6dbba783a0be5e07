import type { App } from '../../../lib/app/app';
import type { Declare } from '../../../lib/app/definition';
import { Site } from '../../../lib/app/site';
import type { Diff, Entry } from '../../../lib/diff';
import { diffSides } from '../../../lib/diff';
import type { Side } from '../../../lib/diff/side';
import { Compiler } from '../../../lib/software/compiler';
import { ModuleTree, type ModuleTreeProps } from '../../../lib/software/module-tree';
import { Mpi } from '../../../lib/software/mpi';
import { SoftwareStack, type SoftwareStackProps } from '../../../lib/software/software-stack';
import { sideOf } from '../support/sides';

export const gcc = (version: string) => Compiler.gcc(version, { external: `/opt/gcc/${version}` });
export const openmpi = (version: string) => Mpi.openmpi(version);

const STACK: SoftwareStackProps = {
  release: '2026.1',
  compilers: [gcc('13.3.0')],
  mpis: [openmpi('4.1.6')],
  targets: ['x86_64_v3', 'x86_64_v4'],
  core: ['cmake@3.31.9', 'git@2.48.1'],
  specs: ['hdf5@1.14.6 +mpi', 'gromacs@2024.3 +mpi ~cuda', 'openblas@0.3.30'],
};

/** What a site has of software: its stacks, this year's first, and one tree of modules. */
export interface Software {
  readonly stack?: Partial<SoftwareStackProps>;
  /** Last year's release beside it. @default - none */
  readonly older?: Partial<SoftwareStackProps>;
  readonly tree?: Partial<ModuleTreeProps>;
  /** Further constructs. @default - none */
  readonly more?: (site: Site, stack: SoftwareStack) => void;
}

/** A site with a stack, and a tree of its modules. */
export const software =
  ({ stack = {}, older, tree = {}, more }: Software = {}): Declare =>
  (app: App) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const now = new SoftwareStack(site, 'apps', { ...STACK, ...stack });
    const stacks = older
      ? [now, new SoftwareStack(site, 'apps-2025.1', { ...STACK, release: '2025.1', ...older })]
      : [now];
    new ModuleTree(site, 'modules', { stacks, ...tree });
    more?.(site, now);
  };

/** How a side is changed before it is compared: with locks, or without its files. */
type Change = (side: Side) => Side;

/** Two sites compared. */
export async function compared(before: Declare, after: Declare, ...changes: [Change?, Change?]): Promise<Diff> {
  const [a, b] = [await sideOf('before', before), await sideOf('after', after)];
  return diffSides(changes[0]?.(a) ?? a, changes[1]?.(b) ?? b);
}

/** Only what was declared is there. */
export const manifestOnly: Change = ({ read: _read, ...side }) => side;

/** A side with a lock beside each spack.yaml that the function knows. */
export const locked =
  (lockOf: (path: string) => string | undefined): Change =>
  (side) => ({
    ...side,
    read: (path) => (path.endsWith('/spack.lock') ? lockOf(path) : undefined) ?? side.read?.(path) ?? '',
  });

/** An entry as people see it first: its section, what marks it, its title. */
export const head = ({ section, marks, title }: Entry): string => [section, ...marks, title].join(' | ');

const SIGNS: Readonly<Record<string, string>> = { added: '+ ', removed: '- ' };

/** The items of an entry with the sign of their direction. */
export const lines = ({ items }: Entry): string[] =>
  items.map(({ direction, text }) => `${SIGNS[direction] ?? ''}${text}`);
