import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { hasErrors } from '../../app/diagnostic';
import { quote } from '../../values/problem';
import { diskFault } from '../disk-fault';
import { fail, isFailure, type Outcome } from '../outcome';
import { shown } from '../project';
import { ejectReadme } from './eject-readme';
import { type DefinitionOptions, synthesizeProject } from './synthesis';

/** How `eject` is called. */
export interface EjectOptions extends DefinitionOptions {
  /** The folder to write, relative to `cwd`; empty, or not there yet. */
  readonly directory: string;
}

/** What only the tools of cdktf read. */
const LEFT_OUT = new Set(['manifest.json']);

/** Writes the output of a definition as files that need nothing of hpcdk. */
export async function eject(options: EjectOptions): Promise<Outcome> {
  const target = resolve(options.cwd, options.directory);
  const inTheWay = existsSync(target) && !isEmptyFolder(target);
  if (inTheWay) {
    const message = `the folder ${quote(options.directory)} is not empty`;
    return fail({ code: 'HPC7012', message, fix: 'name a folder that is empty or does not exist yet' });
  }
  const made = await synthesizeProject(options);
  if (isFailure(made)) return made;
  const { project, synthesis } = made;
  const { diagnostics } = synthesis;
  if (hasErrors(diagnostics)) return { diagnostics, projectDir: project.dir };
  const files = [...synthesis.files.values()].filter(({ path }) => !LEFT_OUT.has(path));
  const readme = { path: 'README.md', content: ejectReadme(files.map(({ path }) => path)), mode: 0o644 };
  const all = [readme, ...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  try {
    writeFolder(target, all);
  } catch (error) {
    return diskFault(error, target);
  }
  return {
    diagnostics,
    projectDir: project.dir,
    result: { code: 'eject.written', directory: shown(target, options.cwd), files: all.map(({ path }) => path) },
  };
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}

/** Writes beside the target and renames: the folder is there whole, or not at all. */
function writeFolder(target: string, files: readonly { path: string; content: string; mode: number }[]): void {
  mkdirSync(dirname(target), { recursive: true });
  const stage = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const folder = join(stage, 'out');
    for (const { path, content, mode } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { mode });
    }
    renameSync(folder, target);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
