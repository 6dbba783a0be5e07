import { posix } from 'node:path';
import type { Diagnostic } from '../app/diagnostic';
import { locateDiagnostics } from '../app/diagnostics/located';
import { type Style, terminalDiagnostics } from '../app/diagnostics/terminal';
import type { Manifest } from '../app/manifest';
import { Noun } from '../app/noun';
import type { RenderedFile } from '../app/renderer';
import type { Synthesis } from '../app/synthesize';
import type { SlurmFile } from '../compute/slurm/options';
import { json } from '../documents/json';
import { yaml } from '../documents/yaml';
import { quote } from '../values/problem';
import { AnsiblePlaybook } from './ansible-playbook';
import { expectOne, missing } from './candidates';
import { ExpectationError } from './expectation-error';
import type { Wanted } from './match';
import { ModuleTree } from './module-tree';
import { readDocument } from './read-document';
import { SlurmConf } from './slurm-conf';
import { SpackEnv } from './spack-env';
import { TerraformStack } from './terraform-stack';

const same = (text: string): string => text;
const PLAIN: Style = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

/** What a test wants of a diagnostic. */
export interface WantedDiagnostic {
  readonly code?: Wanted;
  readonly severity?: Wanted;
  readonly message?: Wanted;
  readonly fix?: Wanted;
  /** Path of the construct. */
  readonly construct?: Wanted;
  /** The field, with the place inside its value: `nodes[2]`. */
  readonly field?: Wanted;
  readonly source?: Wanted;
}

/** What a definition comes to: its files, or the reasons why there are none. */
export class TestOutput {
  /** Every fault of the definition, sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** The files: path below the output folder -> content. Empty when there are errors. */
  readonly files: Readonly<Record<string, string>>;
  private readonly rendered: readonly RenderedFile[];

  constructor(
    private readonly synthesis: Synthesis,
    private readonly projectDir: string,
  ) {
    this.diagnostics = synthesis.diagnostics;
    this.rendered = [...synthesis.files.values()];
    this.files = Object.fromEntries(this.rendered.map(({ path, content }) => [path, content]));
  }

  /** The manifest: every construct with its effective values. Fails when there are errors. */
  get manifest(): Manifest {
    return this.expectNoErrors().synthesis.manifest as Manifest;
  }

  /** Fails when the definition has errors, and shows them as `hpcdk check` does. */
  expectNoErrors(): this {
    return this.expectNone(this.diagnostics.filter(({ severity }) => severity === 'error'));
  }

  /** Fails when the definition has errors or warnings. */
  expectNoDiagnostics(): this {
    return this.expectNone(this.diagnostics);
  }

  /** Fails unless one of the diagnostics is what is wanted, e.g. `{ code: 'HPC4112', field: 'defaultTime' }`. */
  hasDiagnostic(wanted: WantedDiagnostic): this {
    const candidates = this.diagnostics.map((facts) => ({ name: `${facts.code}: ${facts.message}`, facts }));
    expectOne({ where: 'the definition', what: 'diagnostic' }, candidates, wanted as Wanted);
    return this;
  }

  /** The content of a file. */
  at(path: string): string {
    this.expectNoErrors();
    const content = this.files[path];
    if (content !== undefined) return content;
    const names = Object.keys(this.files).map((name) => ({ name }));
    throw new ExpectationError(`the output: ${missing('file', path, names)}`);
  }

  /** The value that a JSON file holds. */
  json(path: string): unknown {
    return readDocument(json, this.at(path), path);
  }

  /** The value that a YAML file holds. */
  yaml(path: string): unknown {
    return readDocument(yaml, this.at(path), path);
  }

  /**
   * A Slurm file.
   *
   * @param of the cluster or database: its id, its path, or the path of the file. @default - the only one
   */
  slurmConf(of?: string, file: SlurmFile = 'slurm.conf'): SlurmConf {
    const { path, content } = this.find(file, of);
    return SlurmConf.parse(content, file, path);
  }

  /**
   * The environment of a software stack: its spack.yaml.
   *
   * @param of the stack: its id or its path; of a stack with several, the end of the folder: `x86_64_v3/gcc-13.3.0`.
   *   @default - the only one
   */
  spackEnv(of?: string): SpackEnv {
    const { path, content } = this.find('spack.yaml', of);
    return SpackEnv.parse(content, path);
  }

  /**
   * The modulefiles that a construct emits.
   *
   * @param of the construct: its id, its path, or a folder of the output. @default - every module of the output
   */
  moduleTree(of?: string): ModuleTree {
    this.expectNoErrors();
    const lua = this.rendered.filter(({ format }) => format === 'modulefile' || format === '.modulerc.lua');
    const chosen = of === undefined ? lua : lua.filter((file) => isOf(file, of) || file.path.startsWith(`${of}/`));
    if (chosen.length === 0) {
      throw new ExpectationError(`the output: ${missing('module tree', of, owners(lua))}`);
    }
    return ModuleTree.parse(Object.fromEntries(chosen.map(({ path, content }) => [path, content])));
  }

  /**
   * A Terraform stack: its cdk.tf.json.
   *
   * @param of the stack: its name, the path of its cloud, or the path of the file. @default - the only one
   */
  terraformStack(of?: string): TerraformStack {
    const { path, content } = this.find('cdk.tf.json', of);
    return TerraformStack.parse(content, path);
  }

  /**
   * The Ansible project of a site.
   *
   * @param of the site: its id, or the path of its site.yml. @default - the only one
   */
  ansiblePlaybook(of?: string): AnsiblePlaybook {
    const { path } = this.find('site.yml', of);
    const folder = `${posix.dirname(path)}/`;
    const below = Object.entries(this.files).filter(([name]) => name.startsWith(folder));
    return AnsiblePlaybook.parse(
      Object.fromEntries(below.map(([name, content]) => [name.slice(folder.length), content])),
      posix.dirname(path),
    );
  }

  private expectNone(found: readonly Diagnostic[]): this {
    if (found.length === 0) return this;
    const text = terminalDiagnostics(locateDiagnostics(found, this.projectDir), PLAIN);
    throw new ExpectationError(`the definition is not accepted:\n\n${text}`);
  }

  /** The one file of that name that belongs to `of`. */
  private find(name: string, of: string | undefined): RenderedFile {
    this.expectNoErrors();
    const all = this.rendered.filter(({ path }) => posix.basename(path) === name);
    const found = of === undefined ? all : all.filter((file) => isOf(file, of));
    const [file] = found;
    if (file && found.length === 1) return file;
    if (found.length === 0) throw new ExpectationError(`the output: ${missing(name, of, owners(all))}`);
    const which = distinct(found).map(quote).join(', ');
    throw new ExpectationError(`the output has ${found.length} ${name}, of ${which}: say which one is meant`);
  }
}

const ownerOf = ({ owner, path }: RenderedFile): string => Noun.of(owner)?.node.path ?? posix.dirname(path);
const owners = (files: readonly RenderedFile[]) => files.map((file) => ({ name: ownerOf(file) }));

/** What tells files apart: whom they belong to, or their folders. */
function distinct(files: readonly RenderedFile[]): string[] {
  const names = files.map(ownerOf);
  return new Set(names).size === names.length ? names : files.map(({ path }) => posix.dirname(path));
}

/** Whether a file belongs to a construct that is named by its id or path, or is meant by its own path or its folder. */
function isOf(file: RenderedFile, of: string): boolean {
  const folder = posix.dirname(file.path);
  return [ownerOf(file), folder].some((name) => name === of || name.endsWith(`/${of}`)) || file.path === of;
}
