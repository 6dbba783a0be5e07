import fc from '../../fast-check';
import MarkdownIt from 'markdown-it';
import type { LocatedDiagnostic } from '../../../lib/app/diagnostics/located';
import type { Diff } from '../../../lib/diff/model';
import { entryItems } from '../../../lib/diff/views/entry-lines';
import { diffMarker, markdownDiff } from '../../../lib/diff/views/markdown';
import { markdownText } from '../../../lib/diff/views/markdown-text';
import { mustBeSeen } from '../../../lib/diff/views/section-words';
import { anyText, diffs, diffWith, entryWith, hostileTexts } from './support';

const reader = new MarkdownIt({ html: true, linkify: true });
reader.linkify.set({ fuzzyLink: false });

interface Read {
  /** Blocks, and what stands in lines beside text and code. */
  readonly structure: readonly string[];
  /** The text of each line, as a reader sees it. */
  readonly lines: readonly string[];
}

function read(markdown: string): Read {
  const tokens = reader.parse(markdown, {});
  const structure = tokens.flatMap(({ type, tag, content, children }) => {
    const inline = (children ?? []).filter((child) => child.type !== 'text' && child.type !== 'code_inline');
    return [
      `${type} ${tag}`,
      ...(type === 'html_block' ? [content] : []),
      ...inline.map((child) => `inline ${child.type} ${child.content}`),
    ];
  });
  const lines = tokens
    .filter(({ type }) => type === 'inline')
    .map(({ children }) => (children ?? []).map(({ content }) => content).join(''));
  return { structure, lines };
}

const oneLine = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .split(/\s+/)
    .filter(Boolean)
    .join(' ');

describe('text of a definition in markdown', () => {
  test('plain words stay as they are, values stand in code', () => {
    expect(markdownText('Slurm cluster hpc: stateSaveLocation /a → /b')).toBe(
      'Slurm cluster hpc: stateSaveLocation `/a` → `/b`',
    );
    expect(markdownText('64 hosts removed: cn[001-064]; 7d (at most), 12.5 %')).toBe(
      '64 hosts removed: `cn[001-064]`; 7d (at most), 12.5 %',
    );
    expect(markdownText('privateData - jobs (in /home)')).toBe('privateData - jobs (in `/home`)');
  });

  test.each([
    '@team',
    '#12',
    '!7',
    'group/project#3',
    ':warning:',
    'HPC-12',
    'deadbeef',
    'www.evil.example',
    'https://evil.example',
    'a@b.example',
    '$x$',
    '[x](y)',
    '<b>',
    'a_b_c',
    '1.',
    '-',
    '&amp',
  ])('%s is no mention, no link and no markup: it stands in code', (text) => {
    expect(markdownText(text)).toBe(`\`${text}\``);
  });

  test.each(hostileTexts)('%j is read as itself', (text) => {
    const [line = ''] = read(`- **x** ${markdownText(text)}`).lines;
    expect(line).toBe(`x ${oneLine(text) || '(empty)'}`);
  });
});

describe('a diff for a merge request', () => {
  const full = diffWith(
    [
      entryWith({
        section: 'data',
        title: 'Slurm cluster hpc: stateSaveLocation /a → /b',
        effect: { class: 'data-loss', reason: 'the queue is lost', running: 'running jobs are killed' },
      }),
      entryWith({
        section: 'software',
        title: 'openmpi 4.1 → 5.0',
        effect: { class: 'rebuild-software', reason: 'new' },
      }),
    ],
    {
      plan: [
        { action: 'stop', text: 'stop slurmctld', hosts: 'ctl1', command: 'systemctl stop slurmctld', because: [] },
      ],
      hidden: [{ rule: 'same-meaning', what: 'w', count: 3 }],
      notes: ['a note'],
    },
  );

  test('has marker, summary, open risk sections, the rest folded, plan, hidden counts and digest', () => {
    expect(markdownDiff(full, { marker: 'campus' })).toBe(`<!-- hpcdk-diff: campus -->
### hpcdk diff: 2 changes (2 changed), worst: data loss

- main → HEAD: 2 changes (2 changed), worst: data loss
- Data at risk 1, Software 1
- 2 files differ, 1 of them on hosts; 1 step to roll out

#### Data at risk (1)

- **data loss** Slurm cluster hpc: stateSaveLocation \`/a\` → \`/b\`
  - the queue is lost
  - running jobs are killed
  - \`stacks/campus.ts:12\`, changes \`sites/campus/slurm/hpc/slurm.conf\`

<details>
<summary>Software (1)</summary>

- **software rebuild** openmpi 4.1 → 5.0
  - new
  - \`stacks/campus.ts:12\`, changes \`sites/campus/slurm/hpc/slurm.conf\`

</details>

#### Roll-out

1. stop slurmctld (ctl1)
   - \`systemctl stop slurmctld\`

- 3 hidden: same-meaning 3
- a note

Reviewed output: \`sha256:${'b'.repeat(64)}\`
`);
  });

  test('without a change is short', () => {
    const text = markdownDiff(diffWith([]), { marker: 'campus' });

    expect(text).toContain('### hpcdk diff: no changes\n');
    expect(text).not.toContain('####');
  });

  test('says verdicts and diagnostics below the summary', () => {
    const text = markdownDiff(full, {
      marker: 'campus',
      verdicts: ['the gate data-loss failed: 1 entry'],
      diagnostics: [{ code: 'HPC4001', severity: 'warning', message: 'odd', source: { file: 'a.ts', line: 3 } }],
    });

    expect(text.indexOf('- **the gate data-loss failed: 1 entry**')).toBeLessThan(text.indexOf('Data at risk ('));
    expect(text).toContain('- **warning HPC4001** `a.ts:3` odd');
  });

  test('a section with something that must be seen is open, whichever it is', () => {
    const text = markdownDiff(diffWith([entryWith({ section: 'other', effect: { class: 'replace', reason: 'r' } })]), {
      marker: 'm',
    });

    expect(text).toContain('#### Other (1)');
    expect(text).not.toContain('<details>');
  });

  test('the marker is a comment whatever its key is', () => {
    expect(diffMarker('a --> <b>')).toBe('<!-- hpcdk-diff: a-b -->');
    expect(diffMarker('x'.repeat(500)).length).toBeLessThan(200);
  });

  test.each([
    [{ full: 'https://ci.example/job/1?a=b' }, '[all of it](<https://ci.example/job/1?a=b>)'],
    [{ full: 'diff.html' }, '`diff.html`'],
    [{ full: 'javascript:x' }, '`javascript:x`'],
    [{ full: 'https://x/)<b>' }, '`https://x/)<b>`'],
    [{}, 'run `hpcdk diff`'],
  ])('says where all of it is: %j', (options, expected) => {
    const many = Array.from({ length: 500 }, (_, n) => entryWith({ title: `partition p${n}: maxTime` }));
    expect(markdownDiff(diffWith(many), { marker: 'm', limit: 5_000, ...options })).toContain(
      `The full diff: ${expected}.`,
    );
  });

  test('leaves out parts first, then notes, then entries of low sections, and says so', () => {
    const items = Array.from({ length: 15 }, (_, n) => ({ direction: 'added' as const, text: `item-number-${n}` }));
    const low = (n: number) =>
      entryWith({
        section: 'other',
        title: `low ${n}`,
        notes: [`a note of ${n}`],
        items,
        marks: [],
        effect: { class: 'none', reason: 'r' },
      });
    const diff = diffWith([entryWith({ notes: ['of the contract'] }), ...Array.from({ length: 30 }, (_, n) => low(n))]);
    const at = (limit: number) => {
      const text = markdownDiff(diff, { marker: 'm', limit });
      expect(text.length).toBeLessThanOrEqual(limit);
      return ['item-number', 'a note of', 'low 29', 'of the contract'].map((part) => text.includes(part));
    };

    expect(at(60_000)).toEqual([true, true, true, true]);
    expect(at(8_000)).toEqual([false, true, true, true]);
    expect(at(4_300)).toEqual([false, false, true, true]);
    expect(at(2_500)).toEqual([false, false, false, true]);
    expect(markdownDiff(diff, { marker: 'm', limit: 2_500 })).toContain('- 30 more: 30 no disruption');
    expect(markdownDiff(diff, { marker: 'm', limit: 2_500 })).toContain('Left out for want of room: parts, notes,');
  });

  const diagnostic: fc.Arbitrary<LocatedDiagnostic> = fc.record(
    {
      code: fc.constant('HPC4001'),
      severity: fc.constantFrom('error', 'warning'),
      message: anyText,
      construct: anyText,
    },
    { requiredKeys: ['code', 'severity', 'message'] },
  );

  test('never loses what must be seen, nor a diagnostic, at any limit: it is there or counted', () => {
    fc.assert(
      fc.property(
        diffs(anyText, 40),
        fc.array(diagnostic, { maxLength: 5 }),
        fc.integer({ min: 0, max: 12_000 }),
        (diff, diagnostics, limit) => {
          const text = markdownDiff(diff, { marker: 'm', limit, full: 'diff.html', diagnostics });
          expect(text.length).toBeLessThanOrEqual(Math.max(2_000, limit));
          const lines = text.split('\n');
          const wanted = [
            ...diff.entries.filter(mustBeSeen).map(({ title }) => markdownText(title)),
            ...diagnostics.map(({ message }) => markdownText(message)),
          ];
          const absent = wanted.filter(
            (words) => !lines.some((line) => line.startsWith('- **') && line.endsWith(words)),
          );
          if (absent.length === 0) return;
          const told = /^- (\d+) more lines? that must be seen$/m.exec(text);
          expect(Number(told?.[1])).toBeGreaterThanOrEqual(absent.length);
          expect(text).toContain('The full diff: `diff.html`.');
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a thousand things that must be seen are titles as long as there is room', () => {
    const many = Array.from({ length: 1000 }, (_, n) =>
      entryWith({ title: `file system ${n} goes`, effect: { class: 'data-loss', reason: 'r' } }),
    );
    const text = markdownDiff(diffWith(many), { marker: 'm', limit: 10_000 });
    const shown = text.split('\n').filter((line) => line.startsWith('- **data loss**')).length;

    expect(shown).toBeGreaterThan(200);
    expect(text).toContain(`- ${1000 - shown} more lines that must be seen`);
  });

  test('hostile text does not leave its place: the structure is that of plain text', () => {
    const placeholder = fc.nat({ max: 200 }).map((n) => `T${n}T`);
    const filled = (diff: Diff, textOf: (n: number) => string): Diff =>
      JSON.parse(JSON.stringify(diff), (_, value: unknown) => {
        const match = typeof value === 'string' ? /^T(\d+)T$/.exec(value) : null;
        return match ? textOf(Number(match[1])) : value;
      }) as Diff;
    const visible = anyText.filter((text) => oneLine(text) !== '');
    fc.assert(
      fc.property(diffs(placeholder), fc.uniqueArray(visible, { minLength: 1, maxLength: 20 }), (diff, texts) => {
        const hostile = filled(diff, (n) => texts[n % texts.length] as string);
        const tame = filled(diff, (n) => `plain${n % texts.length}`);
        fc.pre(hostile.entries.every((entry, n) => entryItems(entry).length === entryItems(tame.entries[n]!).length));
        const [bad, good] = [hostile, tame].map((one) => read(markdownDiff(one, { marker: 'm', limit: 1e9 }))) as [
          Read,
          Read,
        ];

        expect(bad.structure).toEqual(good.structure);
        for (const { title } of hostile.entries)
          expect(bad.lines.some((line) => line.endsWith(` ${oneLine(title)}`))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
