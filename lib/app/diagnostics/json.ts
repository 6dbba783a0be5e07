import type { LocatedDiagnostic } from './located';

/** A diagnostic as it stands in JSON: stable keys, described by schemas/command-result.schema.json. */
export type JsonDiagnostic = Omit<LocatedDiagnostic, 'snippet'>;

/** Diagnostics as JSON values, with their keys in a fixed order. */
export function jsonDiagnostics(diagnostics: readonly LocatedDiagnostic[]): JsonDiagnostic[] {
  return diagnostics.map(({ code, severity, message, fix, construct, field, source, output, diff }) => ({
    code,
    severity,
    message,
    ...(fix && { fix }),
    ...(construct && { construct }),
    ...(field && { field }),
    ...(source && { source }),
    ...(output && { output }),
    ...(diff && { diff }),
  }));
}
