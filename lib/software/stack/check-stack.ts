import type { FaultReport } from '../../app/noun';
import { Site } from '../../app/site';
import { closest } from '../../values/closest';
import { quote } from '../../values/problem';
import type { Spec } from '../../values/spec';
import { compilerNames } from '../compiler';
import { coupling } from '../couplings';
import { mpiNames } from '../mpi';
import { mpiNeed } from '../mpi-packages';
import type { SoftwareStack } from '../software-stack';
import { canBuild, firstVersionFor } from '../../values/target';
import { compilersOf, isSelected, moduleVersion, mpiConstraint, mpisOf, withoutCompiler } from './installs';

type Report = FaultReport<SoftwareStack['definition']['fields']>;

/** Checks a stack as a whole: what Spack would refuse after minutes, and what users would miss. */
export function checkStack(stack: SoftwareStack, all: readonly SoftwareStack[], report: Report): void {
  const { core, specs, targets, recipes } = stack.values;
  core.forEach((spec, index) => checkRoot(stack, spec, (problem) => report(problem, 'core', `[${index}]`), 'core'));
  specs.forEach((spec, index) => checkRoot(stack, spec, (problem) => report(problem, 'specs', `[${index}]`), 'specs'));
  for (const mpi of stack.values.mpis) checkCoupling(mpi.spec, undefined, (problem) => report(problem, 'mpis'));
  for (const target of targets) checkTarget(stack, target, report);
  checkNames(stack, report);
  checkPrefixes(stack, report);
  if (recipes && (recipes.tag === undefined) === (recipes.commit === undefined)) {
    const state = recipes.tag === undefined ? 'neither a tag nor a commit' : 'both a tag and a commit';
    report({ code: 'HPC3014', message: `the recipes have ${state}` }, 'recipes');
  }
  const twin = all.find((other) => other !== stack && isSamePlace(other, stack));
  if (twin) {
    const message = `release ${quote(stack.values.release)} below ${stack.values.root} is declared by '${twin.node.path}' too`;
    report({ code: 'HPC3016', message }, 'release');
  }
}

/** Two sites may both have an /apps: each has file systems of its own. */
const isSamePlace = (a: SoftwareStack, b: SoftwareStack) =>
  a.values.release === b.values.release && a.values.root === b.values.root && Site.of(a) === Site.of(b);

type SpecReport = (problem: { code: string; message: string; fix?: string }) => void;

function checkRoot(stack: SoftwareStack, spec: Spec, report: SpecReport, list: 'core' | 'specs'): void {
  const { compilers, mpis, exposes } = stack.values;
  if (spec.version === undefined && (exposes === undefined || exposes.includes(spec.name))) {
    report({
      code: 'HPC3005',
      message: `the root '${spec}' has ${spec.versions ? `the versions ${spec.versions}` : 'no version'}, but users find it by its version`,
      fix: `write one, as in '${spec.name}@1.2.3'`,
    });
  }
  if (spec.target !== undefined || spec.os !== undefined || spec.platform !== undefined) {
    report({ code: 'HPC3013', message: `the root '${spec}' names its own target` });
  }
  checkLevelOf(stack, spec, report);
  const compilersWanted = list === 'core' ? stack.allCompilers : compilers;
  if (spec.compiler && compilersOf(spec, compilersWanted).length === 0) {
    report({
      code: 'HPC3002',
      message: `'%${spec.compiler}' of '${spec}' is none of the stack's compilers ${compilersWanted.map(({ constraint }) => constraint).join(', ')}`,
      ...didYouMean(spec.compiler, compilersWanted),
    });
  }
  const need = mpiNeed(spec);
  if (list === 'core' && need) {
    report({
      code: 'HPC3001',
      message: `'${spec}' needs MPI${need === 'stated' ? '' : need === 'always' ? ' whatever its variants are' : ' unless told otherwise'}, but stands in core`,
      fix: need === 'by default' ? `write '${spec} ~mpi', or move it to specs` : 'move it to specs',
    });
  }
  if (list === 'specs' && need && mpis.length === 0) {
    const fix =
      need === 'by default' ? `write '${spec} ~mpi', or add mpis: [Mpi.openmpi(...)]` : 'add mpis: [Mpi.openmpi(...)]';
    report({ code: 'HPC3011', message: `'${spec}' needs MPI, and the stack has none`, fix });
  }
  const wanted = mpiConstraint(spec);
  if (list === 'specs' && wanted && mpis.length > 0 && mpisOf(spec, mpis).length === 0) {
    report({
      code: 'HPC3003',
      message: `'^${wanted}' of '${spec}' is none of the stack's MPIs ${mpis.map((mpi) => `${mpi.name}@${mpi.version}`).join(', ')}`,
      ...didYouMean(wanted, mpis),
    });
  }
  const built = list === 'core' ? [stack.coreCompiler] : compilersOf(spec, compilers);
  if (!checkCoupling(spec, undefined, report))
    for (const compiler of built) if (checkCoupling(spec, compiler?.recipe, report)) break;
}

function didYouMean(
  wanted: Spec,
  have: readonly { readonly name: string; readonly version: string }[],
): { fix?: string } {
  const same = have.find(({ name }) => name === wanted.name) ?? have[0];
  return same ? { fix: `did you mean '${same.name}@${same.version}'?` } : {};
}

/** A compiler or MPI is a level of its own, not a package in one. */
function checkLevelOf(stack: SoftwareStack, spec: Spec, report: SpecReport): void {
  const isCompiler =
    stack.allCompilers.some(({ recipe }) => recipe === spec.name) ||
    (compilerNames as readonly string[]).includes(spec.name);
  const isMpi = (mpiNames as readonly string[]).includes(spec.name);
  if (!isCompiler && !isMpi) return;
  const field = isCompiler ? 'compilers' : 'mpis';
  report({
    code: 'HPC3015',
    message: `the root '${spec}' is ${isCompiler ? 'a compiler' : 'an MPI'}`,
    fix: `declare it in ${field}`,
  });
}

/** Returns whether something was refused. */
function checkCoupling(spec: Spec, compiler: string | undefined, report: SpecReport): boolean {
  const known = coupling(spec, compiler);
  if (known) report({ code: 'HPC3008', message: `'${spec}' cannot be built: ${known.why}`, fix: known.fix });
  return known !== undefined;
}

function checkTarget(stack: SoftwareStack, target: SoftwareStack['values']['targets'][number], report: Report): void {
  for (const compiler of stack.allCompilers) {
    if (canBuild(compiler.family, compiler.version, target)) continue;
    const first = firstVersionFor(target, compiler.family);
    const why = first ? `it can from version ${first}` : 'no version of it can';
    report(
      {
        code: 'HPC3006',
        message: `${compiler.name} ${compiler.version} cannot build for ${target}: ${why} (archspec 0.2.7)`,
        fix:
          target.startsWith('zen') || target === 'a64fx'
            ? "use a target that it knows, such as 'x86_64_v4'"
            : 'use an older target',
      },
      'targets',
      `[${stack.values.targets.indexOf(target)}]`,
    );
  }
}

/** Names that must be those of roots. */
function checkNames(stack: SoftwareStack, report: Report): void {
  const { core, specs, exposes = [] } = stack.values;
  const roots = [...core, ...specs];
  const names = [...new Set(roots.map(({ name }) => name))];
  exposes.forEach((name, index) => {
    if (names.includes(name)) return;
    const near = closest(name, names);
    const fix = near ? { fix: `did you mean '${near}'?` } : {};
    report({ code: 'HPC3012', message: `there is no root '${name}' to expose`, ...fix }, 'exposes', `[${index}]`);
  });
  for (const [selector] of stack.suffixes) {
    if (roots.some((root) => isSelected(root, selector))) continue;
    report({ code: 'HPC3012', message: `no root is what '${selector}' selects` }, 'suffixes', `.${selector}`);
  }
}

/** Two roots of one environment need two prefixes. */
function checkPrefixes(stack: SoftwareStack, report: Report): void {
  const reported = new Set<string>();
  for (const environment of stack.environments()) {
    const taken = new Map<string, Spec>();
    for (const { spec, suffix, isExposed } of environment.roots) {
      const key = `${spec.name}/${moduleVersion({ version: spec.version ?? '', suffix })}`;
      const other = taken.get(key);
      taken.set(key, spec);
      if (!other || reported.has(key)) continue;
      reported.add(key);
      const placeIn = (list: readonly Spec[]) => list.findLastIndex((one) => withoutCompiler(one).equals(spec));
      const field = placeIn(stack.values.core) >= 0 ? 'core' : 'specs';
      const at = `[${placeIn(stack.values[field])}]`;
      if (isExposed) {
        const fix = `tell them apart: suffixes: { '${spec}': '...' }`;
        report({ code: 'HPC3009', message: `'${other}' and '${spec}' would both be at ${key}`, fix }, field, at);
      }
    }
  }
}
