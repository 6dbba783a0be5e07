import { printable, type Style } from '../../app/diagnostics/terminal';
import { labelOf } from '../../app/words';
import type { ExplainedConstruct, ExplainedFile, ExplainedValue, Explanation } from '../../diff/explain';
import { itemLine } from '../../diff/file-meaning';
import { entryLines } from '../../diff/views/entry-lines';

/** Why entries stand in a diff, for people. */
export const terminalExplanations = (explanations: readonly Explanation[], style: Style): string =>
  explanations
    .map((one) =>
      explanationLines(one, style)
        .map((line) => `${line}\n`)
        .join(''),
    )
    .join('\n');

function explanationLines(explanation: Explanation, style: Style): string[] {
  const { entry, constructs, values, refersTo, referredBy, files } = explanation;
  const { title, id, effect } = entry;
  const said = entryLines(entry);
  const block = (heading: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [style.bold(heading), ...lines.map((line) => `  ${printable(line)}`)];
  return [
    style.bold(printable(title)),
    style.dim(`  id: ${printable(id)}`),
    ...block('Declared', constructs.map(constructLine)),
    ...block('Properties', values.map(valueLine)),
    ...block('Refers to', refersTo),
    ...block('Referred to by', referredBy),
    ...block('Files', files.flatMap(fileLines)),
    ...block('Effect', [
      ...said.filter(({ about }) => about === 'effect' || about === 'fate').map(({ text }) => text),
      ...(effect.steps ?? []).map((step, index) => `${index + 1}. ${step}`),
      ruleLine(explanation),
    ]),
    ...block(
      'Notes',
      said.filter(({ about }) => about !== 'effect' && about !== 'fate').map(({ text }) => text),
    ),
  ];
}

const constructLine = ({ path, kind, source }: ExplainedConstruct): string =>
  `${path} (${labelOf(kind)})${source ? `  ${source.file}:${source.line}` : ''}`;

function valueLine({ field, before, after, isDefault, changed }: ExplainedValue): string {
  const origin = isDefault ? ' (the default)' : '';
  if (changed) return `~ ${field}: ${before ?? 'none'} → ${after ?? 'none'}${origin}`;
  return `  ${field}: ${after ?? before ?? ''}${origin}`;
}

/** Why the class holds: the rule, the direction that it speaks of, the facts of the site. */
function ruleLine({ rule: { text, facts } }: Explanation): string {
  const known = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return `rule: ${text}${known.length > 0 ? `, at a site with ${known.join(', ')}` : ''}`;
}

/** Parts of a file that are shown. */
const MOST_PARTS = 12;

function fileLines(file: ExplainedFile): string[] {
  const { parts = [] } = file;
  const more = parts.length > MOST_PARTS ? [`    and ${parts.length - MOST_PARTS} more`] : [];
  return [fileLine(file), ...parts.slice(0, MOST_PARTS).map((part) => `    ${itemLine(part)}`), ...more];
}

const fileLine = ({ path, host, groups, readers }: ExplainedFile): string =>
  [
    path,
    ...(host ? [`${host}${groups.length > 0 ? ` on ${groups.join(', ')}` : ''}`] : []),
    ...(readers.length > 0 ? [`read by ${readers.join(', ')}`] : []),
  ].join(' → ');
