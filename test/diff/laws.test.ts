import fc from '../fast-check';
import type { Manifest, ManifestFile } from '../../lib/app/manifest';
import { changeSet } from '../../lib/diff/change-set';
import { diffSides } from '../../lib/diff/diff';
import type { Diff } from '../../lib/diff/model';
import type { Side } from '../../lib/diff/side';
import { briefDiff } from '../../lib/diff/views/brief';
import { htmlDiff } from '../../lib/diff/views/html';
import { sarifDiff } from '../../lib/diff/views/sarif';
import { mustBeSeen } from '../../lib/diff/views/section-words';
import { terminalDiff } from '../../lib/diff/views/terminal';
import { scenarios } from './scenarios';
import { declareSmall } from './support/campus';
import { sideOf } from './support/sides';
import { diffs, plain } from './views/support';

const all = Object.values(scenarios)
  .flat()
  .map((one) => [one.title, one] as const);

/** The files that a diff speaks of; those that are made from a whole site are explained by any change of it. */
const explained = ({ entries }: Diff): ReadonlySet<string> =>
  new Set(entries.flatMap(({ files, path }) => [path, ...files]));

describe('no byte changes in silence', () => {
  test.each(all)('%s: every file that differs has an entry that says why', async (_title, { before, after, sides }) => {
    const made = [await sideOf('before', before), await sideOf('after', after)] as const;
    const [a, b] = sides?.(...made) ?? made;
    const diff = diffSides(a, b, { strict: true });
    const told = explained(diff);
    const silent = changeSet(a.manifest, b.manifest).files.filter(({ path, before: was, after: is }) => {
      const derived = (is ?? was)?.derived === true && diff.entries.length > 0;
      return !derived && !told.has(path);
    });
    // what cdktf's own tools read names the stacks, which are said
    expect(silent.map(({ path }) => path).filter((path) => path !== 'manifest.json')).toEqual([]);
  });

  test('the same definition under two versions of hpcdk: each file that came out otherwise is an entry', async () => {
    const now = await sideOf('now', declareSmall());
    const paths = Object.keys(now.manifest.files);
    fc.assert(
      fc.property(fc.subarray(paths), (chosen) => {
        const files = Object.fromEntries(
          Object.entries(now.manifest.files).map(([path, file]): [string, ManifestFile] => [
            path,
            chosen.includes(path) ? { ...file, sha256: '0'.repeat(64) } : file,
          ]),
        );
        const manifest: Manifest = { ...now.manifest, tool: '0.0.9', files };
        const old: Side = {
          ...now,
          manifest,
          read: (path) => `${chosen.includes(path) ? 'old\n' : ''}${now.read?.(path)}`,
        };
        const { entries } = diffSides(old, now, { strict: true });
        expect(entries.map(({ path }) => path).sort()).toEqual([...chosen].sort());
        expect(entries.filter(({ action }) => action !== 'rendering')).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('whatever the view', () => {
  const words = fc.nat({ max: 999 }).map((n) => `change-number-${n}`);
  test.each<[string, (diff: Diff, width: number) => string]>([
    ['terminal', (diff, width) => terminalDiff(diff, plain, { width }).replace(/[│├└─\s]+/g, ' ')],
    ['brief', (diff) => briefDiff(diff)],
    ['html', (diff) => htmlDiff(diff)],
    ['sarif', (diff) => JSON.stringify(sarifDiff(diff))],
  ])('%s loses nothing that must be seen', (_name, view) => {
    fc.assert(
      fc.property(diffs(words, 30), fc.integer({ min: 20, max: 200 }), (diff, width) => {
        const text = view(diff, width);
        const lost = diff.entries.filter(mustBeSeen).filter(({ title }) => !text.includes(title));
        expect(lost).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
