import { existsSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { hasErrors } from '../../app/diagnostic';
import type { LocatedDiagnostic } from '../../app/diagnostics/located';
import { toolVersion } from '../../app/tool-version';
import { openSide, type Side } from '../../diff';
import { type Problem, quote } from '../../values/problem';
import type { DefinitionOptions } from '../actions/synthesis';
import { fail, type Failure, isFailure } from '../outcome';
import { openProject, type Project, PROJECT_FILE, shown } from '../project';
import { evaluate } from './evaluate';
import { findHpcdk } from './other-hpcdk';
import { Repository, type Revision } from './repository';
import { Scratch } from './scratch';

/** What is compared with what. */
export interface SidesOptions extends DefinitionOptions {
  /** Up to two outputs, manifests or git revisions. */
  readonly named: readonly string[];
  /** An output or a manifest to compare the definition with, such as an artifact of CI. */
  readonly base?: string;
  /** The manifest that a play left on a controller. */
  readonly deployed?: string;
  /** A commit to compare the definition with, and what to call it. */
  readonly revision?: Revision;
  /** Another hpcdk that evaluates the definition: a version, or a folder with that package. */
  readonly otherTool?: string;
}

/** The two sides of a comparison. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
  /** What a reader has to know of how the sides came to be. */
  readonly notes: readonly string[];
}

/** Opens the two sides of one comparison. Folders that it makes are gone once `close` is called. */
export class SidesOpener {
  private made: Scratch | undefined;
  private readonly notes: string[] = [];

  constructor(private readonly options: SidesOptions) {}

  /** Opens both sides; faults of both are told together. */
  async open(): Promise<Sides | Failure> {
    const wrong = this.contradiction();
    if (wrong) return wrong;
    const [before, after] = await Promise.all(this.pair());
    const failures = [before, after].filter((side) => isFailure(side));
    if (isFailure(before) || isFailure(after)) {
      const projectDir = failures.find((failure) => failure.projectDir !== undefined)?.projectDir;
      // a project that cannot be opened is one fault, not one for each side
      const told = new Map(failures.flatMap(({ diagnostics: all }) => all.map((one) => [JSON.stringify(one), one])));
      const diagnostics = [...told.values()];
      return { kind: 'failed', diagnostics, ...(projectDir !== undefined && { projectDir }) };
    }
    return { before, after, notes: this.notes };
  }

  /** Removes what was made on the way. Sides read their files until then. */
  close(): void {
    this.made?.remove();
  }

  private contradiction(): Failure | undefined {
    const { named, base, deployed, otherTool, definition, params = [] } = this.options;
    const given = [
      ...(named.length > 0 ? [named.map((name) => quote(name)).join(' and ')] : []),
      ...(base === undefined ? [] : ['--base']),
      ...(deployed === undefined ? [] : ['--deployed']),
      ...(otherTool === undefined ? [] : ['--tool-version']),
    ];
    const refuse = (message: string) => fail({ code: 'HPC7001', message, fix: 'see hpcdk diff --help' });
    if (given.length > 1) return refuse(`a diff has two sides, and ${given.join(', ')} are given`);
    const outputs = named.length === 2 && named.every((name) => this.isPath(name));
    if (outputs && (definition !== undefined || params.length > 0))
      return refuse('two outputs are compared as they are: neither --definition nor --param has a meaning');
    return undefined;
  }

  private pair(): [Promise<Side | Failure>, Promise<Side | Failure>] {
    const { named, base, deployed, revision, otherTool, cwd } = this.options;
    const [first, second] = named;
    if (first !== undefined) {
      const before = this.named(first, '1');
      return [before, second === undefined ? this.working(!this.isPath(first)) : this.named(second, '2')];
    }
    const before =
      base !== undefined
        ? opened(openSide(resolve(cwd, base), base))
        : deployed !== undefined
          ? opened(openSide(resolve(cwd, deployed), 'deployed'))
          : otherTool !== undefined
            ? this.underOther(otherTool)
            : revision !== undefined
              ? this.atCommit(revision)
              : this.present();
    const isMade = base === undefined && deployed === undefined && (otherTool !== undefined || revision !== undefined);
    return [before, this.working(isMade)];
  }

  /**
   * The definition as it stands on disk; nothing is written.
   *
   * @param apart in a process of its own, because the other side is made too: what stands in the folder for temporary files goes
   *   when the command is interrupted, and a definition that computes for ever would keep this process from hearing of it
   */
  private async working(apart: boolean): Promise<Side | Failure> {
    const found = openProject(this.options);
    if (isFailure(found)) return found;
    if (apart) {
      const onPrint = (text: string) => void process.stderr.write(text);
      const what = {
        label: WORKING,
        projectDir: found.dir,
        ...this.definitionOf(found),
        env: this.options.env,
        onPrint,
      };
      const side = await evaluate(what, this.scratch, 'working');
      return isFailure(side) ? { ...side, projectDir: found.dir } : side;
    }
    const { synthesizeProject } = require('../actions/synthesis') as typeof import('../actions/synthesis');
    const made = await synthesizeProject(this.options);
    if (isFailure(made)) return { ...made, diagnostics: made.diagnostics.map((one) => ofSide(WORKING, one)) };
    const { project, synthesis } = made;
    const { diagnostics, manifest, sources, files } = synthesis;
    if (hasErrors(diagnostics) || !manifest) {
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      return { kind: 'failed', diagnostics: errors.map((one) => ofSide(WORKING, one)), projectDir: project.dir };
    }
    const read = (path: string): string => {
      const file = files.get(path);
      if (!file) throw new Error(`the synthesis has no file ${path}`);
      return file.content;
    };
    return { label: WORKING, manifest, sources: sources ?? {}, read };
  }

  /** The output that the last synth wrote. */
  private async present(): Promise<Side | Failure> {
    const project = openProject(this.options);
    if (isFailure(project)) return project;
    const label = shown(project.output, this.options.cwd);
    if (existsSync(join(project.output, 'hpcdk', 'manifest.json'))) return opened(openSide(project.output, label));
    return fail({
      code: 'HPC7018',
      message: `there is no output in ${quote(label)} to compare the definition with`,
      fix: 'run hpcdk synth first, or name what to compare with: hpcdk diff main',
    });
  }

  private async named(name: string, folder: string): Promise<Side | Failure> {
    const { cwd, env } = this.options;
    const isPath = this.isPath(name);
    const looksLikePath = /^[./]|\/$/.test(name);
    if (isPath && looksLikePath) return opened(openSide(resolve(cwd, name), name));
    const repository = await Repository.open(cwd, env);
    const revision = isFailure(repository) ? repository : await repository.revision(name);
    if (isPath) {
      if (!isFailure(revision)) this.notes.push(bothMeanings(name));
      return opened(openSide(resolve(cwd, name), name));
    }
    if (isFailure(repository)) {
      const [{ message } = { message: '' }] = repository.diagnostics;
      return fail({
        code: 'HPC7018',
        message: `${quote(name)} is no folder here, and no revision can be looked up: ${message.replace(/^git: /, '')}`,
        fix: 'name the folder that hpcdk synth wrote, or its hpcdk/manifest.json',
      });
    }
    return isFailure(revision) ? revision : this.atRevision(repository, revision, folder);
  }

  private async atCommit(revision: Revision): Promise<Side | Failure> {
    const repository = await Repository.open(this.options.cwd, this.options.env);
    return isFailure(repository) ? repository : this.atRevision(repository, revision, '1');
  }

  private isPath(name: string): boolean {
    return statSync(resolve(this.options.cwd, name), { throwIfNoEntry: false }) !== undefined;
  }

  /** The definition of a revision, evaluated with what is installed now. */
  private async atRevision(repository: Repository, revision: Revision, folder: string): Promise<Side | Failure> {
    const project = openProject(this.options);
    if (isFailure(project)) return project;
    const projectDir = realpathSync(project.dir);
    const { name, commit } = revision;
    this.options.progress.step(`evaluating ${name}`);
    const tree = await repository.checkOut(revision, this.scratch, folder);
    if (typeof tree !== 'string') return tree;
    const place = relative(repository.top, projectDir);
    const dir = join(tree, place);
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory())
      return fail({
        code: 'HPC7019',
        message: `${quote(name)} has no folder ${quote(place)}: the project began later`,
      });
    if (this.options.definition === undefined && !existsSync(join(dir, PROJECT_FILE)))
      return fail({
        code: 'HPC7019',
        message: `${quote(name)} has no ${join(place, PROJECT_FILE)}: the project began later`,
        fix: 'name a later revision, or the file that was the definition then: --definition stacks/campus.ts',
      });
    repository.linkPackages(tree, projectDir);
    this.notes.push(
      `${name} was evaluated at commit ${commit.slice(0, 12)} with the present node_modules and hpcdk ${toolVersion()}`,
    );
    const what = { label: name, projectDir: dir, ...this.definitionOf(project), env: this.options.env };
    return evaluate({ ...what, place: `${name}:` }, this.scratch, folder);
  }

  private async underOther(named: string): Promise<Side | Failure> {
    const { cwd, env, progress } = this.options;
    const project = openProject(this.options);
    if (isFailure(project)) return project;
    const found = await findHpcdk(cwd, named, env, () => progress.step(`npm install hpcdk@${named}`));
    if (isFailure(found)) return found;
    this.notes.push(`the same definition under hpcdk ${found.version} and under hpcdk ${toolVersion()}`);
    const label = `hpcdk ${found.version}`;
    const what = { label, hpcdk: found.dir, projectDir: project.dir, ...this.definitionOf(project), env };
    return evaluate(what, this.scratch, '1');
  }

  /** The definition that was named, as another process in the folder of the project finds it. */
  private definitionOf(project: Project) {
    const { definition, params = [] } = this.options;
    return { params, ...(definition !== undefined && { definition: relative(project.dir, project.definition) }) };
  }

  private get scratch(): Scratch {
    return (this.made ??= Scratch.open());
  }
}

const WORKING = 'working definition';

const opened = (side: Side | Problem): Promise<Side | Failure> =>
  Promise.resolve('code' in side ? { kind: 'failed', diagnostics: [{ severity: 'error', ...side }] } : side);

const ofSide = (label: string, diagnostic: LocatedDiagnostic): LocatedDiagnostic => ({
  ...diagnostic,
  message: `${label}: ${diagnostic.message}`,
});

const bothMeanings = (name: string): string =>
  `${name} is a folder here and a revision of git too: the folder is compared (refs/heads/${name} names the branch)`;
