import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from '../../fast-check';
import { readFileSync } from 'node:fs';
import { sarifDiff } from '../../../lib/diff/views/sarif';
import { anyText, diffs, diffWith, entryWith } from './support';

// The schema of the standard; its draft differs from ajv's in the name of the id only.
const schemaFile = require.resolve('@microsoft/jest-sarif').replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8')) as Record<string, unknown>;
const validate = addFormats(new Ajv({ strict: false, unicodeRegExp: false })).compile(schema);

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly partialFingerprints: unknown;
      }[];
    },
  ];
}
const logOf = (...args: Parameters<typeof sarifDiff>) => JSON.parse(JSON.stringify(sarifDiff(...args))) as Log;

describe('a diff as annotations', () => {
  test('of any kind is valid SARIF with one result for each entry, and for each thing that runs otherwise', () => {
    fc.assert(
      fc.property(diffs(anyText), (diff) => {
        const log = logOf(diff);
        expect(validate(log) ? [] : validate.errors).toEqual([]);
        const { results, tool } = log.runs[0];
        const running = (diff.live?.systems ?? []).flatMap(({ findings }) => findings);
        expect(results).toHaveLength(diff.entries.length + running.length);
        expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(
          results.map(({ ruleId }) => ruleId),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('stands at the line of the construct, with section and class as its rule', () => {
    expect(logOf(diffWith([entryWith()]))).toMatchObject({
      runs: [
        {
          tool: {
            driver: {
              rules: [{ id: 'contract/reconfigure', shortDescription: { text: 'User contract: reconfigure' } }],
            },
          },
          results: [
            {
              ruleId: 'contract/reconfigure',
              level: 'warning',
              message: {
                text:
                  'partition batch: maxTime 7d → 2d. reconfigure: a lower MaxTime. ' +
                  'running jobs keep the limit that they started with. pending jobs beyond it wait for ever.',
              },
              locations: [
                {
                  physicalLocation: { artifactLocation: { uri: 'stacks/campus.ts' }, region: { startLine: 12 } },
                  logicalLocations: [{ fullyQualifiedName: 'campus/hpc/batch.maxTime' }],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test.each([
    ['error', { effect: { class: 'data-loss', reason: 'r' }, section: 'data' }],
    ['warning', { section: 'contract' }],
    ['warning', { section: 'security', marks: [] }],
    ['warning', { section: 'software', effect: { class: 'replace', reason: 'r' }, marks: [] }],
    ['note', { section: 'software', effect: { class: 'rebuild-software', reason: 'r' }, marks: [] }],
    ['note', { section: 'contract', effect: { class: 'none', reason: 'r', harmless: true }, marks: [] }],
  ] as const)('is of level %s: %j', (level, entry) => {
    expect(logOf(diffWith([entryWith(entry)])).runs[0].results[0]?.level).toBe(level);
  });

  test('what is acknowledged is suppressed, with the reason', () => {
    expect(
      logOf(diffWith([entryWith({ acknowledged: { reason: 'agreed', until: '2027-01-31' } })])).runs[0].results[0],
    ).toMatchObject({
      suppressions: [{ kind: 'external', justification: 'agreed' }],
    });
  });

  test('no text makes a link; a hostlist is none', () => {
    const text = (title: string) => logOf(diffWith([entryWith({ title })])).runs[0].results[0]?.message.text;

    expect(text('[click](https://evil.example)')).toContain('\\[click](https://evil.example)');
    expect(text('cn[001-064] → cn[1-64] (all)')).toContain('cn[001-064] → cn[1-64] (all)');
  });

  test('a fingerprint stays when the line moves', () => {
    const at = (line: number) =>
      logOf(diffWith([entryWith({ source: { file: 'f.ts', line } })])).runs[0].results[0]?.partialFingerprints;

    expect(at(1)).toEqual(at(9));
  });
});
