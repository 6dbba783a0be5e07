import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diff } from '../../lib/diff';
import { htmlDiff } from '../../lib/diff/views/html';
import { scenario } from '../diff/scenarios';
import { diffOfScenario } from '../diff/scenarios/scenario';
import { diffWith, entryWith, hostileTexts } from '../diff/views/support';
import { Browser } from './support/browser';
import { describeWith } from './support/tools';

describeWith(['chromium'], 'the page of a diff, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hpcdk-page-'));
  let browser: Browser;
  beforeAll(() => {
    browser = new Browser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(diff: Diff, width?: number): Promise<void> {
    const file = join(folder, 'diff.html');
    writeFileSync(file, htmlDiff(diff));
    await browser.open(pathToFileURL(file).href, width);
  }

  /** What of the page stands before the eyes: a closed fold hides what is in it. */
  const visible = (selector: string) =>
    browser.evaluate<string[]>(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((e) => e.checkVisibility()).map((e) => e.innerText)`,
    );

  test('what may lose data is seen at once, with the steps of the roll-out', async () => {
    await open(await diffOfScenario(scenario('StateSaveLocation moved')));
    expect((await visible('h2')).join()).toMatch(/^Data at risk.*Roll-out/);
    expect((await visible('article h3')).join()).toContain('stateSaveLocation');
    expect((await visible('#roll-out li')).length).toBeGreaterThan(3);
  });

  test('its own style is taken, nothing else is asked for', async () => {
    await open(await diffOfScenario(scenario('a shorter limit of one partition')));
    expect(await browser.evaluate('getComputedStyle(document.querySelector(".class")).fontWeight')).not.toBe('400');
    expect(await browser.evaluate('document.styleSheets[0].cssRules.length')).toBeGreaterThan(5);
    expect(browser.requests).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });

  test.each([360, 1000])('nothing stands beyond the edge of a window of %d pixels', async (width) => {
    const long = 'x'.repeat(500);
    await open(diffWith([entryWith({ title: `partition ${long}`, notes: [long], id: long, path: long })]), width);
    expect(await browser.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });

  test('links of the roll-out lead to the changes behind it', async () => {
    await open(await diffOfScenario(scenario('nodes added on 22.05')));
    const targets = await browser.evaluate<boolean[]>(
      '[...document.querySelectorAll("#roll-out a")].map((a) => document.getElementById(a.hash.slice(1)) !== null)',
    );
    expect(targets.length).toBeGreaterThan(0);
    expect(targets).not.toContain(false);
  });

  test('hostile text runs nothing, opens nothing and stays text', async () => {
    const texts = [...hostileTexts, '<img src=x onerror=document.title="broken">', '"><svg onload=alert(1)>'];
    await open(
      diffWith(texts.map((text, n) => entryWith({ id: `${n}${text}`, title: text, notes: [text], path: text }))),
    );
    expect(await browser.evaluate('document.querySelectorAll("article").length')).toBe(texts.length);
    const tags = await browser.evaluate<string[]>(
      '[...new Set([...document.querySelectorAll("article *")].map((e) => e.tagName))]',
    );
    expect(tags.sort()).toEqual(['A', 'H3', 'LI', 'P', 'SPAN', 'UL']);
    expect(await browser.evaluate('document.title')).toMatch(/^hpcdk diff: /);
    expect([browser.requests, browser.complaints]).toEqual([[], []]);
  });

  test('the browser tells of what would break the policy', async () => {
    writeFileSync(
      join(folder, 'broken.html'),
      htmlDiff(diffWith([entryWith()])).replace('</main>', '<script>document.title = "broken"</script></main>'),
    );
    await browser.open(pathToFileURL(join(folder, 'broken.html')).href);
    expect(await browser.evaluate('document.title')).toMatch(/^hpcdk diff: /);
    expect(browser.complaints.splice(0).join()).toMatch(/Content Security Policy/);
  });
});
