import type { LocatedDiagnostic } from '../../app/diagnostics/located';
import { markdownText } from '../../diff/views/markdown-text';

/** Faults that a comment lists; the log of the job has all of them. */
const MOST = 20;

/** What stands in the comment when there is nothing to compare: why. */
export function faultPage(diagnostics: readonly LocatedDiagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const listed = errors.slice(0, MOST).map(({ code, message, source, fix }) => {
    const place = source ? `${source.file}:${source.line}: ` : '';
    return `- ${markdownText(`${place}${code}: ${message}${fix ? ` (fix: ${fix})` : ''}`)}`;
  });
  const more = errors.length > MOST ? [`- and ${errors.length - MOST} more in the log of the job`] : [];
  return ['### hpcdk diff: the change cannot be judged', '', ...listed, ...more].map((line) => `${line}\n`).join('');
}
