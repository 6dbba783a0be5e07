/** How bad a vulnerability is, from the worst on. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The words of databases. `moderate` is GitHub's, `important` Red Hat's. */
const WORDS: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'high',
  important: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
};

/**
 * The severity that a word (`HIGH`), a score (`7.5`) or a vector of CVSS 3 means. Of CVSS 2 and 4 there is a word when the
 * score stands beside the vector; their vectors are not computed.
 */
export function severityOf(text: string): Severity | undefined {
  const word = text.trim().toLowerCase();
  if (Object.hasOwn(WORDS, word)) return WORDS[word];
  const score = /^\d{1,2}(?:\.\d+)?$/.test(word) ? Number(word) : baseScore(text.trim());
  return score === undefined ? undefined : ofScore(score);
}

/** The ratings of CVSS 3 (specification, section 5). */
function ofScore(score: number): Severity | undefined {
  if (score > 10) return undefined;
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : undefined;
}

/** The numbers of the metrics (CVSS 3.1, section 7.4); of PR those of an unchanged scope. */
const METRICS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};
/** A changed scope makes privileges count less. */
const PRIVILEGES_BEYOND: Readonly<Record<string, number>> = { N: 0.85, L: 0.68, H: 0.5 };

/** The base score of a vector of CVSS 3.0 or 3.1 (section 7.1). */
function baseScore(vector: string): number | undefined {
  const [, metrics] = /^CVSS:3\.[01]\/([A-Za-z:/]+)$/.exec(vector) ?? [];
  if (metrics === undefined) return undefined;
  const given = new Map(metrics.split('/').map((metric) => metric.split(':') as [string, string]));
  const scope = given.get('S');
  const number = (name: string): number => {
    const value = given.get(name) ?? '';
    const table = name === 'PR' && scope === 'C' ? PRIVILEGES_BEYOND : (METRICS[name] as Record<string, number>);
    return Object.hasOwn(table, value) ? (table[value] as number) : NaN;
  };
  const rest = 1 - (1 - number('C')) * (1 - number('I')) * (1 - number('A'));
  const impact = scope === 'C' ? 7.52 * (rest - 0.029) - 3.25 * (rest - 0.02) ** 15 : 6.42 * rest;
  const exploitability = 8.22 * number('AV') * number('AC') * number('PR') * number('UI');
  if (Number.isNaN(impact + exploitability) || (scope !== 'C' && scope !== 'U')) return undefined;
  if (impact <= 0) return 0;
  return roundUp(Math.min((scope === 'C' ? 1.08 : 1) * (impact + exploitability), 10));
}

/** To one decimal, as appendix A of the specification does it. */
function roundUp(value: number): number {
  const whole = Math.round(value * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}
