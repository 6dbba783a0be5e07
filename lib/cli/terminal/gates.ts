import { printable, type Style } from '../../app/diagnostics/terminal';
import { ACKNOWLEDGEMENTS } from '../../diff/acknowledgements';
import { idsOf, sumOf } from '../../diff/gate';
import type { Diff, GateResult } from '../../diff/model';

type Judged = Pick<Diff, 'gates' | 'entries'>;

const failedGates = ({ gates = [] }: Judged): readonly GateResult[] => gates.filter(({ failed }) => failed);

/** The gates that failed: which changes failed each, and how one answers for them. */
export function terminalGates(diff: Judged, style: Style): string {
  const failed = failedGates(diff);
  if (failed.length === 0) return '';
  const lines = failed.flatMap((gate) => [
    style.red(style.bold(`gate ${gate.gate} failed`)) + (gate.note ? `: ${printable(gate.note)}` : ''),
    ...titlesOf(gate, diff).map((title) => `  ${printable(title)}`),
  ]);
  const advice = [
    `To let it through, add to ${ACKNOWLEDGEMENTS} beside cdktf.json, with a reason and the last day on which it counts:`,
    ...acknowledgementLines(diff).map((line) => `  ${line}`),
  ];
  return [...lines, ...advice].map((line) => `${line}\n`).join('');
}

/** Changes of a gate that a sentence names. */
const MOST_NAMED = 3;

/** The gates that failed, in a sentence each. */
export const gateSentences = (diff: Judged): string[] =>
  failedGates(diff).map((gate) => {
    const titles = titlesOf(gate, diff);
    const more = titles.length > MOST_NAMED ? [`and ${titles.length - MOST_NAMED} more`] : [];
    const reasons = [...(gate.note ? [gate.note] : []), ...titles.slice(0, MOST_NAMED), ...more];
    return `gate ${gate.gate} failed: ${reasons.join('; ')}`;
  });

/** What stands in the file of acknowledgements once somebody answers for what failed: YAML, to be filled in. */
export const acknowledgementLines = (diff: Judged): string[] =>
  [...new Set(failedGates(diff).flatMap(idsToAcknowledge))].flatMap((id) => [
    `- id: ${yamlText(id)}`,
    '  reason: ...',
    '  until: YYYY-MM-DD',
  ]);

/** What failed a gate, as the page calls it; a change that a filter left out has its id only. */
function titlesOf(gate: GateResult, { entries }: Judged): string[] {
  const titles = new Map(entries.flatMap((entry) => idsOf(entry).map((id) => [id, entry.title])));
  return [...new Set(gate.entries.map((id) => titles.get(id) ?? id))];
}

/** A gate on a sum is answered for by the name of the sum. */
function idsToAcknowledge({ gate, entries }: GateResult): readonly string[] {
  const sum = sumOf(gate);
  return sum === undefined ? entries : [sum];
}

/** An id as YAML takes it: plain where nothing in it could be taken for something else, else of printable ASCII. */
const yamlText = (id: string): string =>
  /^[A-Za-z/][\w/.#-]*( [\w/.-]+)*$/.test(id)
    ? id
    : JSON.stringify(id).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
