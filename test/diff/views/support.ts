import fc from '../../fast-check';
import { EFFECT_CLASSES } from '../../../lib/app/effect';
import type { Style } from '../../../lib/app/diagnostics/terminal';
import { type Diff, ENTRY_SECTIONS, type Entry } from '../../../lib/diff/model';
import { nastyStrings } from '../../house/nasty';

/** A style without colours, and one that shows them as tags. */
export const plain: Style = {
  bold: (text) => text,
  dim: (text) => text,
  red: (text) => text,
  yellow: (text) => text,
  green: (text) => text,
  cyan: (text) => text,
};
export const tagged = Object.fromEntries(
  Object.keys(plain).map((name) => [name, (text: string) => `<${name}>${text}</${name}>`]),
) as unknown as Style;

/** An entry of which a test says what matters to it. */
export const entryWith = (entry: Partial<Entry> = {}): Entry => ({
  id: 'campus/hpc/batch#maxTime decreased 0a1b2c',
  section: 'contract',
  action: 'changed',
  level: 'field',
  kind: 'Partition',
  path: 'campus/hpc/batch',
  field: 'maxTime',
  direction: 'decreased',
  before: '7d',
  after: '2d',
  title: 'partition batch: maxTime 7d → 2d',
  effect: {
    class: 'reconfigure',
    reason: 'a lower MaxTime',
    running: 'running jobs keep the limit that they started with',
    pending: 'pending jobs beyond it wait for ever',
  },
  notes: [],
  items: [],
  marks: ['user-contract'],
  files: ['sites/campus/slurm/hpc/slurm.conf'],
  source: { file: 'stacks/campus.ts', line: 12 },
  ...entry,
});

/** A diff with these entries; the summary counts them. */
export function diffWith(entries: readonly Entry[], more: Partial<Diff> = {}): Diff {
  const of = (action: Entry['action']) => entries.filter((entry) => entry.action === action).length;
  const classes = entries.map(({ effect }) => EFFECT_CLASSES.indexOf(effect.class));
  return {
    format: 'hpcdk-diff',
    version: 1,
    tool: '0.1.0',
    before: { label: 'main', tool: '0.1.0', level: 'output', digest: 'a'.repeat(64) },
    after: { label: 'HEAD', tool: '0.1.0', level: 'output', digest: 'b'.repeat(64) },
    summary: {
      entries: entries.length,
      worst: EFFECT_CLASSES[classes.reduce((a, b) => Math.max(a, b), 0)] as Entry['effect']['class'],
      added: of('added'),
      removed: of('removed'),
      changed: of('changed') + of('rendering'),
      moved: of('moved'),
      files: entries.length > 0 ? 2 : 0,
      filesOnHosts: entries.length > 0 ? 1 : 0,
    },
    entries,
    plan: [],
    hidden: [],
    notes: [],
    ...more,
  };
}

/** Text as a definition may hold it: of any characters, and what readers of markdown and HTML take for something else. */
export const hostileTexts: readonly string[] = [
  ...nastyStrings,
  '</details>',
  '<details><summary>x</summary>',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<!--',
  '-->',
  ']]>',
  '&amp;lt;',
  '@team please',
  'a@b.example',
  '#1 and !2 and group/project#3',
  ':warning:',
  '$x$',
  'https://evil.example/x',
  'www.evil.example',
  '[a](javascript:x)',
  '![a](https://evil.example/a.png)',
  '[a]: https://evil.example',
  '# heading',
  '- item',
  '1. item',
  '> quote',
  '***',
  '---',
  '===',
  '| a | b |',
  '```',
  '~~~',
  '``a`',
  '`',
  '`` ` ``',
  '**bold**',
  '_a_',
  '~~gone~~',
  'x\n\n# heading\n\n',
  '    code',
  '- [ ] task',
  'a\\',
  '/close',
  'deadbeef',
  '&#64;team',
];

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...hostileTexts), { minLength: 2, maxLength: 4 }).map((parts) => parts.join(' ')),
);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const direction = fc.constantFrom('increased', 'decreased', 'added', 'removed', 'changed');

/** Any entry, with text from `text` wherever text of a definition may stand. */
export const entries = (text: fc.Arbitrary<string>): fc.Arbitrary<Entry> =>
  fc.record({
    id: text,
    section: fc.constantFrom(...ENTRY_SECTIONS),
    action: fc.constantFrom('added', 'removed', 'changed', 'moved', 'rendering'),
    level: fc.constantFrom('field', 'file', 'lock'),
    kind: text,
    path: text,
    field: optional(text),
    direction: optional(direction),
    before: optional(text),
    after: optional(text),
    title: text,
    effect: fc.record({
      class: fc.constantFrom(...EFFECT_CLASSES),
      reason: text,
      running: optional(text),
      pending: optional(text),
      steps: optional(fc.array(text, { maxLength: 3 })),
    }),
    notes: fc.array(text, { maxLength: 3 }),
    items: fc.array(fc.record({ direction, text }), { maxLength: 12 }),
    marks: fc.subarray([
      'security-broadened',
      'security-narrowed',
      'user-contract',
      'library-default',
      'vulnerable',
      'one-sided',
    ] as const),
    reaches: optional(fc.subarray(['premises', 'cloud'] as const, { minLength: 1 })),
    files: fc.array(text, { maxLength: 3 }),
    jobs: optional(fc.record({ killed: fc.nat(), stuck: fc.nat(), refused: optional(fc.nat()) })),
    source: optional(fc.record({ file: text.filter((file) => file !== ''), line: fc.integer({ min: 1, max: 9999 }) })),
    acknowledged: optional(fc.record({ reason: text, until: text })),
  }) as fc.Arbitrary<Entry>;

const jobSummaries = (text: fc.Arbitrary<string>) => {
  const tallies = fc.array(
    fc.record({ name: text, killed: fc.nat(9), stuck: fc.nat(9), refused: optional(fc.nat(9)) }),
    {
      maxLength: 7,
    },
  );
  return fc.record({
    killed: fc.nat(),
    stuck: fc.nat(),
    refused: optional(fc.nat()),
    running: optional(fc.nat()),
    pending: optional(fc.nat()),
    submissions: optional(fc.nat()),
    window: optional(fc.record({ at: optional(text), after: optional(text), unlimited: fc.nat(3) })),
    accounts: tallies,
    users: tallies,
    notes: fc.array(text, { maxLength: 2 }),
  });
};

const liveStates = (text: fc.Arbitrary<string>) =>
  fc.record({
    systems: fc.array(
      fc.record({
        kind: fc.constantFrom('slurm', 'terraform'),
        name: text,
        version: optional(text),
        compared: fc.nat(),
        notCompared: fc.array(text, { maxLength: 10 }),
        findings: fc.array(
          fc.record({
            level: fc.constant('live'),
            what: fc.constantFrom('drift', 'already', 'resume', 'plan'),
            subject: text,
            key: optional(text),
            live: text,
            before: optional(text),
            after: optional(text),
            title: text,
            then: text,
            path: optional(text),
          }),
          { maxLength: 3 },
        ),
        notes: fc.array(text, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    notes: fc.array(text, { maxLength: 2 }),
  });

/** Any diff, with text from `text` wherever text of a definition may stand. */
export const diffs = (text: fc.Arbitrary<string>, maxLength = 8): fc.Arbitrary<Diff> =>
  fc
    .record({
      found: fc.array(entries(text), { maxLength }),
      labels: fc.tuple(text, text),
      plan: fc.array(
        fc.record({
          action: fc.constantFrom('by-hand', 'drain', 'stop', 'place', 'start'),
          text,
          hosts: optional(text),
          command: optional(text),
          because: fc.array(text, { maxLength: 2 }),
        }),
        { maxLength: 3 },
      ),
      hidden: fc.array(fc.record({ rule: text, what: text, count: fc.nat() }), { maxLength: 2 }),
      notes: fc.array(text, { maxLength: 2 }),
      jobs: optional(jobSummaries(text)),
      live: optional(liveStates(text)),
      capacity: optional(
        fc.record({
          figures: fc.array(fc.record({ what: text, before: text, after: text, percent: optional(fc.float()) }), {
            maxLength: 2,
          }),
          cost: optional(
            fc.record({
              before: fc.nat(),
              after: fc.nat(),
              currency: fc.constant('USD'),
              date: fc.constant('2026-01-01'),
            }),
          ),
          power: optional(
            fc.record({
              before: optional(fc.nat()),
              after: optional(fc.nat()),
              alike: fc.record({ before: fc.nat(), after: fc.nat() }),
              unstated: fc.nat(),
            }),
          ),
          notEstimated: fc.array(text, { maxLength: 2 }),
        }),
      ),
    })
    .map(({ found, labels: [before, after], capacity, jobs, live, ...rest }) => {
      const more = { ...rest, ...(capacity && { capacity }), ...(jobs && { jobs }), ...(live && { live }) };
      const diff = diffWith(found, more as Partial<Diff>);
      return { ...diff, before: { ...diff.before, label: before }, after: { ...diff.after, label: after } };
    });
