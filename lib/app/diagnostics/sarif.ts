import { createHash } from 'node:crypto';
import type { Codes } from '../../values/codes';
import { byCodeUnit } from '../../values/json';
import type { Origin } from '../../values/origin';
import type { LocatedDiagnostic } from './located';

/** What a SARIF log says of the tool that wrote it. */
export interface SarifTool {
  readonly name: string;
  readonly version: string;
  /** The catalogue: the rules of the log are the codes that occur. */
  readonly codes: Codes;
}

/** One result of a log. */
export interface SarifFinding {
  /** A key of the catalogue. */
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly source?: Origin;
  /** What it is about when there is no line: the path of a construct, with the field. */
  readonly subject?: string;
  /** Tells it apart across runs, whatever line it moved to. */
  readonly identity: readonly (string | undefined)[];
  /** Why it needs no attention any more. @default - it does */
  readonly accepted?: string;
}

/** Diagnostics as a SARIF log. */
export const sarifLog = (diagnostics: readonly LocatedDiagnostic[], tool: SarifTool): object =>
  sarifOf(diagnostics.map(findingOf), tool);

function findingOf({ code, severity, message, fix, construct, field, source }: LocatedDiagnostic): SarifFinding {
  return {
    rule: code,
    level: severity,
    message: fix ? `${message}. Fix: ${fix}.` : `${message}.`,
    ...(source && { source }),
    ...(construct && { subject: field ? `${construct}.${field}` : construct }),
    identity: [code, construct, field, message],
  };
}

/**
 * Findings as a SARIF 2.1.0 log (OASIS standard, 2020), the form that code hosts show beside a line. Paths are relative
 * to the project, so that the log is the same in every checkout.
 */
export function sarifOf(findings: readonly SarifFinding[], tool: SarifTool): object {
  const ids = [...new Set(findings.map(({ rule: id }) => id))].sort(byCodeUnit);
  const indices = new Map(ids.map((id, index) => [id, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: tool.name, semanticVersion: tool.version, rules: ids.map((id) => rule(id, tool.codes)) },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, indices.get(finding.rule) as number)),
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

function result(finding: SarifFinding, ruleIndex: number): object {
  const { rule: ruleId, level, message, identity, accepted } = finding;
  return {
    ruleId,
    ruleIndex,
    level,
    message: { text: message },
    locations: [location(finding)].filter((found) => Object.keys(found).length > 0),
    partialFingerprints: { 'hpcdk/v1': fingerprint(identity) },
    ...(accepted !== undefined && { suppressions: [{ kind: 'external', justification: accepted }] }),
  };
}

function location({ source, subject }: SarifFinding): object {
  return {
    ...(source && {
      physicalLocation: {
        artifactLocation: { uri: source.file.split('/').map(uriPart).join('/') },
        region: { startLine: source.line, ...(source.column && { startColumn: source.column }) },
      },
    }),
    ...(subject && { logicalLocations: [{ fullyQualifiedName: subject, kind: 'object' }] }),
  };
}

/** A part of a path; half a surrogate pair has no form in a URI. */
const uriPart = (part: string): string => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd'));

const fingerprint = (parts: readonly (string | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
