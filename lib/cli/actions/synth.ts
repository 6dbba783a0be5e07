import { hasErrors } from '../../app/diagnostic';
import { commit } from '../../app/output/commit';
import { foldersOf } from '../folders';
import { isFailure, type Outcome } from '../outcome';
import { shown } from '../project';
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
