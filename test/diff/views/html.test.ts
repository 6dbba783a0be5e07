import fc from '../../fast-check';
import { createHash } from 'node:crypto';
import { type DefaultTreeAdapterMap, parse, type ParserError } from 'parse5';
import { printable } from '../../../lib/app/diagnostics/terminal';
import type { Diff } from '../../../lib/diff/model';
import { entryItems } from '../../../lib/diff/views/entry-lines';
import { htmlDiff } from '../../../lib/diff/views/html';
import { anyText, diffs, diffWith, entryWith, hostileTexts } from './support';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** What a browser makes of a page: elements with their attributes, their texts, and every fault of the text. */
function read(page: string) {
  const faults: string[] = [];
  const document = parse(page, { onParseError: ({ code }: ParserError) => void faults.push(code) });
  const elements: string[] = [];
  const texts: string[] = [];
  const byClass = new Map<string, string[]>();
  const textOf = (node: Node): string =>
    node.nodeName === '#text'
      ? (node as DefaultTreeAdapterMap['textNode']).value
      : 'childNodes' in node
        ? node.childNodes.map(textOf).join('')
        : '';
  const walk = (node: Node): void => {
    if ('tagName' in node) {
      const { tagName, attrs } = node as Element;
      elements.push(
        [tagName, ...attrs.map(({ name, value }) => (/^(id|href)$/.test(name) ? name : `${name}=${value}`))].join(' '),
      );
      byClass.set(tagName, [...(byClass.get(tagName) ?? []), textOf(node)]);
    }
    if (node.nodeName === '#text') texts.push(textOf(node));
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(document);
  return { faults, elements, texts, of: (tag: string) => byClass.get(tag) ?? [] };
}

describe('a diff as a page', () => {
  const diff = diffWith(
    [
      entryWith({ section: 'data', title: 'state moved', effect: { class: 'data-loss', reason: 'the queue is lost' } }),
      entryWith({
        id: 'x',
        section: 'software',
        title: 'many',
        items: Array.from({ length: 9 }, (_, n) => ({ direction: 'added' as const, text: `module ${n}` })),
      }),
    ],
    {
      plan: [
        { action: 'stop', text: 'stop slurmctld', hosts: 'ctl1', command: 'systemctl stop slurmctld', because: ['x'] },
      ],
      hidden: [{ rule: 'same-meaning', what: 'files that say the same', count: 4 }],
      notes: ['a note'],
    },
  );

  test('has summary, sections with their entries, plan, hidden, notes and digests, without a fault', () => {
    const page = read(htmlDiff(diff, { verdicts: ['gate data-loss failed'] }));

    expect(page.faults).toEqual([]);
    expect(page.of('h1')).toEqual(['hpcdk diff: 2 changes (2 changed), worst: data loss']);
    expect(page.of('h2')).toEqual(['Data at risk', 'Software', 'Roll-out', 'Hidden', 'Notes', 'What was compared']);
    expect(page.of('h3')).toEqual(['state moved', 'many']);
    const text = page.texts.join('');
    for (const part of ['gate data-loss failed', 'the queue is lost', 'module 8', 'stop slurmctld (ctl1)', 'a note'])
      expect(text).toContain(part);
    expect(text).toContain(`sha256:${'b'.repeat(64)}`);
  });

  test('opens risk sections, folds the others and what fans out', () => {
    const { elements } = read(htmlDiff(diff));

    expect(elements.filter((one) => one.startsWith('details'))).toEqual(['details open=', 'details', 'details']);
  });

  test('a step of the plan leads to its entry, by an anchor that every run has', () => {
    const page = htmlDiff(diff);
    const [, anchor] = /<article class="entry \w+" id="([\w-]+)">\n<h3>many/.exec(page) as RegExpExecArray;

    expect(page).toContain(`because of <a href="#${anchor}">#2</a>`);
    expect(htmlDiff(diffWith([diff.entries[1]!]))).toContain(`id="${anchor}"`);
  });

  test('runs no script, loads nothing, and its policy allows its own style alone', () => {
    const page = htmlDiff(diff);
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');

    const { elements } = read(page);
    const [policy] = elements.filter((one) => one.startsWith('meta http-equiv'));
    expect(policy).toContain(`default-src 'none'; style-src 'sha256-${digest}'`);
    expect(elements.filter((one) => /^(script|link|img|iframe)\b| on\w+=| src=| style=/.test(one))).toEqual([]);
  });

  test.each(hostileTexts.filter((text) => text.trim() !== ''))('%j stays text', (text) => {
    const of = (title: string) =>
      read(htmlDiff(diffWith([entryWith({ title, notes: [title], source: { file: title, line: 1 } })])));

    expect(of(text).faults).toEqual([]);
    expect(of(text).elements).toEqual(of('plain').elements);
    expect(of(text).of('h3')).toEqual([printable(text).replace(/\p{Surrogate}|\ufffe/gu, '\ufffd')]);
  });

  test('hostile text leaves no place: the elements are those of plain text', () => {
    const placeholder = fc.nat({ max: 200 }).map((n) => `T${n}T`);
    const filled = (one: Diff, textOf: (n: number) => string): Diff =>
      JSON.parse(JSON.stringify(one), (_, value: unknown) => {
        const match = typeof value === 'string' ? /^T(\d+)T$/.exec(value) : null;
        return match ? textOf(Number(match[1])) : value;
      }) as Diff;
    const visible = anyText.filter((text) => text !== '');
    fc.assert(
      fc.property(diffs(placeholder), fc.uniqueArray(visible, { minLength: 1, maxLength: 20 }), (one, texts) => {
        const hostile = filled(one, (n) => texts[n % texts.length] as string);
        const tame = filled(one, (n) => `plain${n % texts.length}`);
        fc.pre(hostile.entries.every((entry, n) => entryItems(entry).length === entryItems(tame.entries[n]!).length));
        const [bad, good] = [read(htmlDiff(hostile)), read(htmlDiff(tame))];

        expect(bad.elements).toEqual(good.elements);
      }),
      { numRuns: 100 },
    );
  });
});
