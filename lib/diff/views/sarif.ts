import { type SarifFinding, sarifOf } from '../../app/diagnostics/sarif';
import { printable } from '../../app/diagnostics/terminal';
import type { Codes } from '../../values/codes';
import type { LiveFinding } from '../live/model';
import type { Diff, Entry } from '../model';
import { entryLines, reachText } from './entry-lines';
import { findingLine, LIVE_HEADING } from './live-lines';
import { CLASS_WORDS, SECTION_HEADINGS, SECTION_MEANINGS, toneOf } from './section-words';

/**
 * A diff as a SARIF 2.1.0 log: one annotation for each entry, at the line that declares its construct. The rule is section
 * and class, e.g. `contract/reconfigure`; what is acknowledged is suppressed, with the reason.
 */
export function sarifDiff(diff: Diff): object {
  const live = (diff.live?.systems ?? []).flatMap(({ name, findings }) =>
    findings.map((one) => liveFinding(one, name)),
  );
  const codes = { ...rulesOf(diff.entries), ...(live.length > 0 && LIVE_RULE) };
  return sarifOf([...diff.entries.map(findingOf), ...live], { name: 'hpcdk diff', version: diff.tool, codes });
}

const ruleOf = ({ section, effect }: Entry): string => `${section}/${effect.class}`;

function findingOf(entry: Entry): SarifFinding {
  const { id, path, field, title, source, acknowledged } = entry;
  return {
    rule: ruleOf(entry),
    level: levelOf(entry),
    message: [title, ...entryLines(entry).map(({ text }) => text), ...reached(entry)]
      .map((text) => `${messageText(text)}.`)
      .join(' '),
    ...(source && { source }),
    subject: field ? `${path}.${field}` : path,
    identity: [id],
    ...(acknowledged && { accepted: printable(acknowledged.reason) }),
  };
}

/** What runs otherwise, at the construct that it is about. */
const liveFinding = (finding: LiveFinding, system: string): SarifFinding => ({
  rule: 'live',
  level: finding.what === 'already' ? 'note' : 'warning',
  message: `${messageText(findingLine(finding))}.`,
  ...(finding.source && { source: finding.source }),
  subject: finding.path ?? finding.subject,
  identity: ['live', system, finding.title],
});

const LIVE_RULE: Codes = {
  live: {
    title: LIVE_HEADING,
    why: 'The running system says otherwise than what is rendered.',
    fix: 'Find out who changed it, and bring it into the definition or let the roll-out set it back.',
  },
};

const reached = (entry: Entry): string[] => (entry.reaches ? [`reaches ${reachText(entry)}`] : []);

/** Data loss is an error; what stops something, breaks job scripts or concerns security is a warning. */
function levelOf(entry: Entry): SarifFinding['level'] {
  const { section, effect } = entry;
  if (effect.class === 'data-loss') return 'error';
  if (entry.marks.includes('one-sided')) return 'warning';
  if (effect.harmless === true) return 'note';
  return ['security', 'contract', 'disruption'].includes(section) || toneOf(entry) === 'danger' ? 'warning' : 'note';
}

/** A message of SARIF is plain text, but for links (section 3.11.6), which no text of a definition shall make. */
const messageText = (text: string): string => printable(text).replace(/\[(?=[^\]]*\]\()/g, '\\[');

function rulesOf(entries: readonly Entry[]): Codes {
  return Object.fromEntries(
    entries.map((entry) => [
      ruleOf(entry),
      {
        title: `${SECTION_HEADINGS[entry.section]}: ${CLASS_WORDS[entry.effect.class]}`,
        why: SECTION_MEANINGS[entry.section],
        fix: 'Read the reason and the roll-out of hpcdk diff.',
      },
    ]),
  );
}
