import { byCodeUnit } from '../values/json';
import type { Origin } from '../values/origin';

/** How bad it is. An error means that nothing was written. */
export type Severity = 'error' | 'warning';

/** One fault of a definition: what, where, which rule, how to mend it. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence with the offending value and the rule, no full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly fix?: string;
  /** Path of the construct, `/` as separator. */
  readonly construct?: string;
  /** The field of the construct, with the place inside its value: `nodes[2]`. */
  readonly field?: string;
  /** Where the construct is declared, relative to the project. */
  readonly source?: Origin;
}

const severities: readonly Severity[] = ['error', 'warning'];

/** Sorts by severity, place and code, and drops repetitions: the same list on every run. */
export function sortDiagnostics<D extends Diagnostic>(diagnostics: readonly D[]): D[] {
  const unique = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return [...unique.values()].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      byCodeUnit(a.source?.file ?? '', b.source?.file ?? '') ||
      (a.source?.line ?? 0) - (b.source?.line ?? 0) ||
      (a.source?.column ?? 0) - (b.source?.column ?? 0) ||
      byCodeUnit(a.construct ?? '', b.construct ?? '') ||
      byCodeUnit(a.field ?? '', b.field ?? '') ||
      byCodeUnit(a.code, b.code) ||
      byCodeUnit(a.message, b.message),
  );
}

/** Whether the definition has to be mended before anything can be written. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
