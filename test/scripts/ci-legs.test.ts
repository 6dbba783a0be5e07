import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const repository = join(__dirname, '../..');

/** Runs legs as .ci/run does; a leg that is a jest run leaves its report. */
function legs(...lines: string[]): { code: number | null; lines: string[] } {
  const script = ['set -u', '. scripts/ci/leg.sh', ...lines, 'finish'].join('\n');
  const { status, stdout } = spawnSync('bash', ['-c', script], { cwd: repository, encoding: 'utf8' });
  return { code: status, lines: stdout.trim().split('\n') };
}

function jestRun(passed: number, failed: number, broken = 0, code = failed + broken > 0 ? 1 : 0): string {
  const report = JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numRuntimeErrorTestSuites: broken,
  });
  return `bash -c 'echo "$0" >"$RESULTS/$LEG.json"; exit ${code}' '${report}'`;
}

test('the last line sums the jest runs', () => {
  const { code, lines } = legs(`leg a ${jestRun(3, 0)}`, 'leg b true', `leg c ${jestRun(4, 0)}`);
  expect(lines.at(-1)).toBe('7 passed, 0 failed');
  expect(code).toBe(0);
});

test('a failed test, a test file that cannot be loaded and a failed leg count one each, and every leg is run', () => {
  const { code, lines } = legs(`leg a ${jestRun(3, 1, 1)}`, 'leg lint false', `leg c ${jestRun(4, 0)}`);
  expect(lines.at(-1)).toBe('7 passed, 3 failed');
  expect(lines).toContain('failed: a (2 tests)');
  expect(lines).toContain('failed: lint');
  expect(code).toBe(1);
});

test('a leg whose tests passed but which failed itself is a failure', () => {
  expect(legs(`leg a ${jestRun(3, 0, 0, 1)}`)).toMatchObject({
    code: 1,
    lines: expect.arrayContaining(['3 passed, 1 failed']),
  });
});

test('without its programs nothing is run', () => {
  const { code, lines } = legs('must programs false', `leg a ${jestRun(3, 0)}`);
  expect(lines.at(-1)).toBe('0 passed, 1 failed');
  expect(lines.join()).not.toContain('=== a');
  expect(code).toBe(1);
});

test('no test at all is a failure', () => {
  expect(legs('leg a true')).toMatchObject({ code: 1, lines: expect.arrayContaining(['0 passed, 0 failed']) });
});
