import { hasErrors } from '../../app/diagnostic';
import { commit } from '../../app/output/commit';
import { isFailure, type Outcome } from '../outcome';
import { shown } from '../project';
import type { OutputFolder } from '../result';
import { nextSteps } from './next-steps';
import { declaredKinds, type DefinitionOptions, outputOf, refusalDiagnostics, synthesizeProject } from './synthesis';

/** How `synth` is called. */
export interface SynthOptions extends DefinitionOptions {
  /** Overwrite files of the output that were edited by hand. @default false */
  readonly force?: boolean;
}

/** Synthesises a definition and writes its output: all of it, or nothing. */
export async function synth(options: SynthOptions): Promise<Outcome> {
  const made = await synthesizeProject(options);
  if (isFailure(made)) return made;
  const { project, synthesis } = made;
  const diagnostics = synthesis.diagnostics;
  if (hasErrors(diagnostics)) return { diagnostics, projectDir: project.dir };
  options.progress.step('writing');
  const output = outputOf(synthesis);
  const committed = await commit(project.output, output, {
    force: options.force ?? false,
    onProgress: (progress) => {
      if (progress.kind !== 'waiting') return;
      const { pid, host } = progress.owner ?? { pid: '?', host: 'another host' };
      options.progress.step(`waiting for process ${pid} on ${host}, which is writing this output`);
    },
  });
  if (committed.kind === 'refused') {
    return {
      diagnostics: [...refusalDiagnostics(committed.problems, project), ...diagnostics],
      projectDir: project.dir,
    };
  }
  const { written, removed, unchanged, recovered } = committed;
  return {
    diagnostics,
    projectDir: project.dir,
    result: {
      code: written.length + removed.length === 0 ? 'synth.unchanged' : 'synth.written',
      output: shown(project.output, options.cwd),
      declared: declaredKinds(synthesis),
      folders: foldersOf([...output.keys()]),
      written,
      removed,
      unchanged,
      recovered: recovered === 'finished',
      next: nextSteps([...output.keys()], shown(project.output, options.cwd)),
    },
  };
}

/** The folders that a person would open, with the number of files below them. */
export function foldersOf(paths: readonly string[]): OutputFolder[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const parts = path.split('/');
    const depth = parts[0] === 'sites' ? 3 : parts[0] === 'stacks' ? 2 : 1;
    const folder = parts.length === 1 ? path : parts.slice(0, Math.min(depth, parts.length - 1)).join('/');
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].map(([path, files]) => ({ path, files })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
