import { createColors } from 'picocolors';
import { terminalDiagnostic, terminalDiagnostics } from '../../../lib/app/diagnostics/terminal';
import type { LocatedDiagnostic } from '../../../lib/app/diagnostics/located';

const plain = createColors(false);
const fault: LocatedDiagnostic = {
  code: 'HPC1004',
  severity: 'error',
  message: 'it has 9 nodes, at most 8 are there',
  fix: 'write 8',
  construct: 'campus/hpc/batch',
  field: 'maxNodes',
  source: { file: 'stacks/campus.ts', line: 12, column: 5 },
  snippet: { text: '    maxNodes: 9,', length: 8 },
};

describe('a diagnostic on a terminal', () => {
  test('says place, severity, code and sentence, shows the line with carets, construct, fix and where to read on', () => {
    expect(terminalDiagnostic(fault, plain)).toBe(
      [
        'stacks/campus.ts:12:5: error HPC1004: it has 9 nodes, at most 8 are there',
        '  12 |     maxNodes: 9,',
        '     |     ^^^^^^^^',
        '  at campus/hpc/batch, maxNodes',
        '  fix: write 8',
        '  explain: hpcdk explain HPC1004',
      ].join('\n'),
    );
  });

  test('carets stand under the field when tabs come before it', () => {
    const tabs = { ...fault, source: { file: 'a.ts', line: 1, column: 3 }, snippet: { text: '\t\tmax: 9', length: 3 } };

    const [, line, carets] = terminalDiagnostic(tabs, plain).split('\n');

    expect(line?.indexOf('max')).toBe(carets?.indexOf('^'));
  });

  test.each([1, 200, 9995])('of a line without end a part is shown, with carets under column %i', (column) => {
    const text = `${'x'.repeat(column - 1)}max: 9${'y'.repeat(10_000 - column - 5)}`;
    const long = { ...fault, source: { file: 'a.json', line: 1, column }, snippet: { text, length: 9000 } };

    const [, line, carets] = terminalDiagnostic(long, plain).split('\n');

    expect(line?.indexOf('max')).toBe(carets?.indexOf('^'));
    expect(line?.length).toBeLessThan(170);
    expect(carets?.length).toBeLessThanOrEqual(line?.length ?? 0);
  });

  test('text of the user cannot steer the terminal', () => {
    const hostile = '\u001b[2J\u009b31m\r\n\u202e';
    const diagnostic: LocatedDiagnostic = {
      ...fault,
      message: hostile,
      fix: hostile,
      construct: hostile,
      field: hostile,
      source: { file: `a${hostile}.ts`, line: 1, column: 1 },
      snippet: { text: hostile, length: 3 },
      diff: `@@ -1 +1 @@\n-${hostile}`,
    };

    expect(terminalDiagnostic(diagnostic, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  test('a long diff is cut, with the number of lines left out', () => {
    const diff = `@@ -1,100 +1,1 @@\n${'-line\n'.repeat(100)}`;

    expect(terminalDiagnostic({ ...fault, diff }, plain)).toContain('... 41 more lines');
  });

  test('the list ends with the number of errors and warnings', () => {
    const warning: LocatedDiagnostic = { ...fault, severity: 'warning' };

    expect(terminalDiagnostics([fault, fault, warning], plain)).toMatch(/\n2 errors, 1 warning\n$/);
    expect(terminalDiagnostics([warning], plain)).toMatch(/\n1 warning\n$/);
    expect(terminalDiagnostics([], plain)).toBe('');
  });
});
