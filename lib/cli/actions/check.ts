import { hasErrors } from '../../app/diagnostic';
import { plan } from '../../app/output/plan';
import { recover } from '../../app/output/recover';
import { isFailure, type Outcome } from '../outcome';
import { shown } from '../project';
import { declaredKinds, type DefinitionOptions, outputOf, refusalDiagnostics, synthesizeProject } from './synthesis';

/** Everything that `synth` does but the writing: faults of the definition, and what stands in the way of its output. */
export async function check(options: DefinitionOptions): Promise<Outcome> {
  const made = await synthesizeProject(options);
  if (isFailure(made)) return made;
  const { project, synthesis } = made;
  const { diagnostics } = synthesis;
  const projectDir = project.dir;
  if (hasErrors(diagnostics)) return { diagnostics, projectDir };
  const recovered = await recover(project.output);
  const planned = recovered.kind === 'refused' ? recovered : plan(project.output, outputOf(synthesis));
  if (planned.kind === 'refused') {
    return { diagnostics: [...refusalDiagnostics(planned.problems, project), ...diagnostics], projectDir };
  }
  const { writes, removals, unchanged } = planned;
  return {
    diagnostics,
    projectDir,
    result: {
      code: writes.length + removals.length === 0 ? 'check.current' : 'check.outdated',
      output: shown(project.output, options.cwd),
      declared: declaredKinds(synthesis),
      write: writes.map(({ path }) => path),
      remove: removals.map(({ path }) => path),
      unchanged,
    },
  };
}
