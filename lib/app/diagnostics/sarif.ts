import { createHash } from 'node:crypto';
import type { Codes } from '../../values/codes';
import { byCodeUnit } from '../../values/json';
import type { LocatedDiagnostic } from './located';

/** What a SARIF log says of the tool that wrote it. */
export interface SarifTool {
  readonly name: string;
  readonly version: string;
  /** The catalogue: the rules of the log are the codes that occur. */
  readonly codes: Codes;
}

/**
 * Diagnostics as a SARIF 2.1.0 log (OASIS standard, 2020), the form that code hosts show beside a line. Paths are relative
 * to the project, so that the log is the same in every checkout.
 */
export function sarifLog(diagnostics: readonly LocatedDiagnostic[], tool: SarifTool): object {
  const ids = [...new Set(diagnostics.map(({ code }) => code))].sort(byCodeUnit);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: tool.name, semanticVersion: tool.version, rules: ids.map((id) => rule(id, tool.codes)) },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => result(diagnostic, ids.indexOf(diagnostic.code))),
      },
    ],
  };
}

function rule(id: string, codes: Codes): object {
  const entry = codes[id];
  if (!entry) return { id };
  return {
    id,
    shortDescription: { text: entry.title },
    fullDescription: { text: entry.why },
    help: { text: entry.fix },
  };
}

function result(diagnostic: LocatedDiagnostic, ruleIndex: number): object {
  const { code, severity, message, fix, construct, field } = diagnostic;
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: fix ? `${message}. Fix: ${fix}.` : `${message}.` },
    locations: [location(diagnostic)].filter((found) => Object.keys(found).length > 0),
    partialFingerprints: { 'hpcdk/v1': fingerprint([code, construct, field, message]) },
  };
}

function location({ source, construct, field }: LocatedDiagnostic): object {
  return {
    ...(source && {
      physicalLocation: {
        artifactLocation: { uri: source.file.split('/').map(encodeURIComponent).join('/') },
        region: { startLine: source.line, ...(source.column && { startColumn: source.column }) },
      },
    }),
    ...(construct && {
      logicalLocations: [{ fullyQualifiedName: field ? `${construct}.${field}` : construct, kind: 'object' }],
    }),
  };
}

/** Tells results apart across runs, whatever line they moved to. */
function fingerprint(parts: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
