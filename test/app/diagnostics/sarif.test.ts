import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from '../../fast-check';
import { readFileSync } from 'node:fs';
import type { LocatedDiagnostic } from '../../../lib/app/diagnostics/located';
import { sarifLog } from '../../../lib/app/diagnostics/sarif';

// The schema of the standard, as a package of its own ships it; its draft differs from ajv's in the name of the id only.
const schemaFile = require.resolve('@microsoft/jest-sarif').replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8')) as Record<string, unknown>;
const validate = addFormats(new Ajv({ strict: false, unicodeRegExp: false })).compile(schema);

const tool = {
  name: 'hpcdk',
  version: '1.2.3',
  codes: { HPC1001: { title: 'a title', why: 'a reason', fix: 'a way out' } },
};

describe('the SARIF form', () => {
  test('the schema refuses what is none', () => {
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  test('of any diagnostics is valid, and holds all of them', () => {
    const text = fc.string({ unit: 'binary' });
    const place = fc.record({
      file: text.filter((file) => file !== ''),
      line: fc.integer({ min: 1, max: 1e6 }),
      column: fc.integer({ min: 1, max: 1e4 }),
    });
    const diagnostic: fc.Arbitrary<LocatedDiagnostic> = fc.record(
      {
        code: fc.constantFrom('HPC1001', 'ACME7'),
        severity: fc.constantFrom('error' as const, 'warning' as const),
        message: text,
        fix: text,
        construct: text,
        field: text,
        source: place,
      },
      { requiredKeys: ['code', 'severity', 'message'] },
    );
    fc.assert(
      fc.property(fc.array(diagnostic, { maxLength: 5 }), (diagnostics) => {
        const log = JSON.parse(JSON.stringify(sarifLog(diagnostics, tool))) as { runs: [{ results: unknown[] }] };
        expect(validate(log) ? [] : validate.errors).toEqual([]);
        expect(log.runs[0].results).toHaveLength(diagnostics.length);
      }),
      { numRuns: 50 },
    );
  });

  test('a result stands at line and column, relative to the project, with its rule', () => {
    const log = sarifLog(
      [
        {
          code: 'HPC1001',
          severity: 'warning',
          message: 'odd',
          fix: 'mend it',
          source: { file: 'stacks/a b.ts', line: 3, column: 7 },
        },
      ],
      tool,
    );

    expect(log).toMatchObject({
      runs: [
        {
          tool: { driver: { rules: [{ id: 'HPC1001', shortDescription: { text: 'a title' } }] } },
          results: [
            {
              ruleId: 'HPC1001',
              ruleIndex: 0,
              level: 'warning',
              message: { text: 'odd. Fix: mend it.' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'stacks/a%20b.ts' },
                    region: { startLine: 3, startColumn: 7 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('a fingerprint stays when the line moves', () => {
    const at = (line: number): unknown =>
      sarifLog(
        [{ code: 'HPC1001', severity: 'error', message: 'm', construct: 'a/b', source: { file: 'f.ts', line } }],
        tool,
      );
    const fingerprints = (log: unknown) =>
      (log as { runs: [{ results: [{ partialFingerprints: unknown }] }] }).runs[0].results[0].partialFingerprints;

    expect(fingerprints(at(1))).toEqual(fingerprints(at(9)));
  });
});
