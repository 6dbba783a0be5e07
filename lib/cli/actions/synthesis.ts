import { join, relative, sep } from 'node:path';
import type { Synthesis, SynthesisOptions } from '../../app/synthesize';
import type { Output, OutputFile } from '../../app/output/output';
import { recover } from '../../app/output/recover';
import type { OutputProblem } from '../../app/output/refusal';
import { Noun } from '../../app/noun';
import { byCodeUnit } from '../../values/json';
import type { LocatedDiagnostic } from '../../app/diagnostics/located';
import { buildId, DiskMemo } from '../disk-memo';
import { cacheFolder, loadDefinition } from '../load-definition';
import { type Failure, isFailure } from '../outcome';
import { readParams } from '../params';
import type { Progress } from '../progress';
import { openProject, type Project, type ProjectOptions } from '../project';
import type { DeclaredKind } from '../result';

/** What the commands that work on a definition are given. */
export interface DefinitionOptions extends ProjectOptions {
  /** Parameters of the definition as `name=value`. @default [] */
  readonly params?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/** A definition that was taken through the pipeline, faults and all. */
export interface Synthesized {
  readonly project: Project;
  readonly synthesis: Synthesis;
}

/** Opens the project, loads its definition and synthesises it. Nothing is written. */
export async function synthesizeProject(options: DefinitionOptions & SynthesisOptions): Promise<Synthesized | Failure> {
  const project = openProject(options);
  if (isFailure(project)) return project;
  // A commit that was killed is finished first, whatever comes of this run; what keeps it from that, a commit reports.
  await recover(project.output);
  const params = readParams(options.params ?? []);
  if (isFailure(params)) return params;
  options.progress.step('loading the definition');
  const definition = await loadDefinition(project, options.env);
  if (isFailure(definition)) return definition;
  options.progress.step('synthesising');
  const { outline = false } = options;
  const folder = cacheFolder(project.dir, options.env);
  const build = buildId();
  const memo = folder && build ? { memo: new DiskMemo(folder, build) } : {};
  const synthesis = await definition.synthesize({ projectDir: project.dir, params: params.values, outline, ...memo });
  return { project, synthesis };
}

/** The files of a synthesis with the manifest and the record of source lines: the whole output tree. */
export function outputOf({ files, manifest, sources }: Synthesis): Output {
  const output = new Map<string, OutputFile>(files);
  output.set('hpcdk/manifest.json', { content: printJson(manifest), mode: 0o644 });
  output.set('hpcdk/sources.json', { content: printJson(sources), mode: 0o644 });
  return output;
}

const printJson = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

/** Counts the constructs of a definition by kind, in the order in which the kinds first occur. */
export function declaredKinds({ app }: Synthesis): DeclaredKind[] {
  const counts = new Map<string, number>();
  for (const construct of app.node.findAll()) {
    if (!Noun.isNoun(construct)) continue;
    const { kind } = construct.definition;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => ({ kind, count }));
}

/** What the disk refused, as diagnostics beside those of the definition. */
export function refusalDiagnostics(problems: readonly OutputProblem[], project: Project): LocatedDiagnostic[] {
  return problems
    .map(({ code, message, fix, path, diff }) => {
      const file = path && relative(project.dir, join(project.output, path)).split(sep).join('/');
      return {
        code,
        severity: 'error' as const,
        message,
        ...(fix && { fix }),
        ...(path && { output: path }),
        ...(file && !file.startsWith('../') && { source: { file, line: firstChange(diff) } }),
        ...(diff && { diff }),
      };
    })
    .sort((a, b) => byCodeUnit(a.output ?? '', b.output ?? ''));
}

/** The first line of the file on disk that a unified diff takes away or adds to. */
function firstChange(diff: string | undefined): number {
  const lines = diff?.split('\n') ?? [];
  const hunk = lines.findIndex((line) => line.startsWith('@@'));
  const begin = Number(/^@@ -(\d+)/.exec(lines[hunk] ?? '')?.[1] ?? 1);
  const context = lines.slice(hunk + 1).findIndex((line) => /^[+-]/.test(line));
  return Math.max(1, begin + Math.max(0, context));
}
