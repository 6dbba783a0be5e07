import { resolve } from 'node:path';
import type { LocatedDiagnostic } from '../../app/diagnostics/located';
import { openSide } from '../../diff';
import { verifyOutput } from '../../diff/verify-output';
import { quote } from '../../values/problem';
import { fail, isFailure, type Outcome } from '../outcome';
import { openProject, type ProjectOptions, shown } from '../project';

/** How `verify` is called. */
export interface VerifyOptions extends Pick<ProjectOptions, 'cwd' | 'env'> {
  /** The output folder, relative to `cwd`. @default - that of the project */
  readonly folder?: string;
  /** The digest that a review showed, with or without `sha256:`. @default - none is asked for */
  readonly reviewed?: string;
}

/** Checks before a roll-out that an output folder holds what was reviewed. No definition is loaded. */
export function verify({ cwd, env, folder: named, reviewed }: VerifyOptions): Outcome {
  const expected = reviewed === undefined ? undefined : /^(?:sha256:)?([0-9a-f]{64})$/.exec(reviewed.trim())?.[1];
  if (reviewed !== undefined && expected === undefined)
    return fail({
      code: 'HPC7001',
      message: `${quote(reviewed)} is no digest`,
      fix: 'write what the review shows as reviewed output: sha256: and 64 digits',
    });
  const project = named === undefined ? openProject({ cwd, env }) : { output: resolve(cwd, named) };
  if (isFailure(project)) return project;
  const folder = named ?? shown(project.output, cwd);
  const side = openSide(project.output, folder);
  if ('code' in side) return { diagnostics: [{ severity: 'error', ...side }] };
  if (!side.read)
    return fail({ code: 'HPC7001', message: `${quote(folder)} is a manifest, and its output is what can be verified` });
  const { digest, files, changed, missing, foreign } = verifyOutput(project.output, side.manifest);
  const diagnostics: LocatedDiagnostic[] = [
    ...[...changed, ...missing].map((path, at): LocatedDiagnostic => ({
      severity: 'error',
      code: 'HPC2740',
      message: `${quote(path)} ${at < changed.length ? 'is not as synth wrote it' : 'is missing'}`,
      fix: 'run hpcdk synth again, and hpcdk diff for what changed by hand',
    })),
    ...(expected === undefined || expected === digest
      ? []
      : [
          {
            severity: 'error' as const,
            code: 'HPC2741',
            message: `${quote(folder)} is not the output that was reviewed: it has the digest sha256:${digest}`,
            fix: 'review it again: hpcdk diff shows what it changes',
          },
        ]),
    ...(foreign.length > 0 ? [notOurs(foreign)] : []),
  ];
  return {
    diagnostics,
    result: {
      code: 'verify.output',
      output: folder,
      digest: `sha256:${digest}`,
      reviewed: expected === digest && changed.length + missing.length === 0,
      files,
      changed,
      missing,
      foreign,
    },
  };
}

/** Files of others are named, for plays and Terraform read whole folders. */
function notOurs(foreign: readonly string[]): LocatedDiagnostic {
  const shown = foreign.slice(0, 3).map((path) => quote(path));
  const more = foreign.length > shown.length ? ` and ${foreign.length - shown.length} more` : '';
  const [are, them] = foreign.length === 1 ? ['is a file', 'it'] : ['are files', 'them'];
  return {
    severity: 'warning',
    code: 'HPC2742',
    message: `${shown.join(', ')}${more} ${are} that hpcdk did not write: the digest says nothing of ${them}`,
  };
}
