import { markdownDiff } from '../../lib/diff/views/markdown';
import { diffWith, entryWith, hostileTexts } from '../diff/views/support';
import { describeWith, runOk } from './support/tools';

const extensions = ['table', 'strikethrough', 'autolink', 'tagfilter', 'tasklist'].flatMap((name) => ['-e', name]);

/** The nodes that cmark-gfm, the reader of a large code host, finds in markdown, without text and code. */
async function nodesOf(markdown: string): Promise<string[]> {
  const xml = await runOk('cmark-gfm', ['-t', 'xml', ...extensions], { input: markdown });
  const nodes = [...xml.matchAll(/<(\/?)([a-z_]+)[^>]*?(\/?)>/g)].map(([, end, name]) => `${end}${name}`);
  return nodes.filter((name) => !/^\/?(text|code|softbreak)$/.test(name));
}

describeWith(['cmark-gfm'], 'the comment of a merge request, read by cmark-gfm', () => {
  const page = (text: string): string =>
    markdownDiff(
      diffWith(
        [
          entryWith({
            title: text,
            notes: [text],
            effect: { class: 'data-loss', reason: text, running: `running ${text}` },
            items: [
              { direction: 'changed', text: `${text} x` },
              { direction: 'added', text: `${text} y` },
            ],
            source: { file: text, line: 1 },
          }),
          entryWith({ section: 'software', title: text }),
        ],
        { plan: [{ action: 'stop', text, command: text, because: [] }], notes: [text] },
      ),
      { marker: text, limit: 1e9 },
    );

  test('is told apart from one with a link', async () => {
    expect(await nodesOf('- www.evil.example a@b.example')).toContain('link');
  });

  test('has the nodes of plain text, whatever stands in a definition', async () => {
    const expected = await nodesOf(page('plain'));
    expect(expected).toContain('html_block');
    for (const text of hostileTexts.filter((one) => one.trim() !== '')) {
      expect([text, await nodesOf(page(text))]).toEqual([text, expected]);
    }
  });
});
