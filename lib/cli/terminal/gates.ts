import { printable, type Style } from '../../app/diagnostics/terminal';
import { ACKNOWLEDGEMENTS } from '../../diff/acknowledgements';
import { COST_ID, idsOf } from '../../diff/gate';
import type { Diff, GateResult } from '../../diff/model';

/** The gates that failed: which entries failed each, and how one answers for them. */
export function terminalGates({ gates = [], entries }: Pick<Diff, 'gates' | 'entries'>, style: Style): string {
  const failed = gates.filter((gate) => gate.failed);
  if (failed.length === 0) return '';
  const titles = new Map(entries.flatMap((entry) => idsOf(entry).map((id) => [id, entry.title])));
  const lines = failed.flatMap((gate) => [
    style.red(style.bold(`gate ${gate.gate} failed`)) + (gate.note ? `: ${printable(gate.note)}` : ''),
    ...gate.entries.map((id) => `  ${printable(titles.get(id) ?? id)}`),
  ]);
  const advice = [
    `To let it through, add to ${ACKNOWLEDGEMENTS} beside cdktf.json, with a reason and the last day on which it counts:`,
    ...[...new Set(failed.flatMap(idsToAcknowledge))].flatMap((id) => [
      `  - id: ${yamlText(id)}`,
      '    reason: ...',
      '    until: YYYY-MM-DD',
    ]),
  ];
  return [...lines, ...advice].map((line) => `${line}\n`).join('');
}

/** The gates that failed, in a sentence each. */
export const gateSentences = ({ gates = [] }: Pick<Diff, 'gates'>): string[] =>
  gates
    .filter(({ failed }) => failed)
    .map(({ gate, entries, note }) => `gate ${gate} failed: ${[entries.join(', '), note].filter(Boolean).join('; ')}`);

/** The gate on cost judges the sum. */
const idsToAcknowledge = ({ gate, entries }: GateResult): readonly string[] =>
  gate.startsWith('cost') ? [COST_ID] : entries;

/** An id as YAML takes it: plain where nothing in it could be taken for something else. */
const yamlText = (id: string): string =>
  /^[\w/.][\w/.#-]*( [\w/.#-]+)*$/.test(id) && !id.includes(' #') ? id : JSON.stringify(id);
