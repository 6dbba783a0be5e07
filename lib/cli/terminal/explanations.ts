import { printable, type Style } from '../../app/diagnostics/terminal';
import { labelOf } from '../../app/words';
import type { ExplainedConstruct, ExplainedFile, ExplainedValue, Explanation } from '../../diff/explain';
import { CLASS_WORDS } from '../../diff/views/section-words';

/** Why entries stand in a diff, for people. */
export const terminalExplanations = (explanations: readonly Explanation[], style: Style): string =>
  explanations
    .map((one) =>
      explanationLines(one, style)
        .map((line) => `${line}\n`)
        .join(''),
    )
    .join('\n');

function explanationLines({ entry, constructs, values, files, rule }: Explanation, style: Style): string[] {
  const { title, id, effect, notes, acknowledged } = entry;
  const block = (heading: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [style.bold(heading), ...lines.map((line) => `  ${printable(line)}`)];
  return [
    style.bold(printable(title)),
    style.dim(`  id: ${printable(id)}`),
    ...block('Declared', constructs.map(constructLine)),
    ...block('Properties', values.map(valueLine)),
    ...block('Files', files.map(fileLine)),
    ...block('Effect', [
      `${CLASS_WORDS[effect.class]}: ${effect.reason}`,
      ...(effect.running ? [`running jobs: ${effect.running}`] : []),
      ...(effect.pending ? [`pending jobs: ${effect.pending}`] : []),
      ...(effect.steps ?? []).map((step, index) => `${index + 1}. ${step}`),
      rule,
    ]),
    ...block('Notes', [
      ...notes,
      ...(acknowledged ? [`acknowledged until ${acknowledged.until}: ${acknowledged.reason}`] : []),
    ]),
  ];
}

const constructLine = ({ path, kind, source }: ExplainedConstruct): string =>
  `${path} (${labelOf(kind)})${source ? `  ${source.file}:${source.line}` : ''}`;

function valueLine({ field, before, after, isDefault, changed }: ExplainedValue): string {
  const origin = isDefault ? ' (the default)' : '';
  if (changed) return `~ ${field}: ${before ?? 'none'} → ${after ?? 'none'}${origin}`;
  return `  ${field}: ${after ?? before ?? ''}${origin}`;
}

const fileLine = ({ path, host, groups, readers }: ExplainedFile): string =>
  [
    path,
    ...(host ? [`${host}${groups.length > 0 ? ` on ${groups.join(', ')}` : ''}`] : []),
    ...(readers.length > 0 ? [`read by ${readers.join(', ')}`] : []),
  ].join(' → ');
