import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, runOk, tool } from './tools';

/** The command line of a process; empty when it has gone or is a zombie that waits for its parent. */
const commandOf = (pid: string) => (existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '');

const jestProgram = join(__dirname, '../../../node_modules/jest/bin/jest.js');

describe('tool', () => {
  test('finds a program on PATH, and none that is not there', () => {
    expect(tool('sh')).toMatch(/^\/.*\/sh$/);
    expect(tool('no-such-program')).toBeUndefined();
  });

  test('takes no folder for a program', () => {
    expect(tool('/usr')).toBeUndefined();
  });
});

describe('run', () => {
  test('gives exit code and both streams, and hands over input, folder and environment', async () => {
    const script = 'read line; echo "$line $WORD"; pwd; echo bad >&2; exit 3';
    const result = await run('sh', ['-c', script], { input: 'hello\n', cwd: '/usr', env: { WORD: 'there' } });
    expect(result).toEqual({ code: 3, stdout: 'hello there\n/usr\n', stderr: 'bad\n' });
  });

  test('tells a signal apart from an exit', async () => {
    expect((await run('sh', ['-c', 'kill -TERM $$'])).code).toBe(143);
  });

  test('kills the whole process group when the time is over', async () => {
    // GIVEN a program whose child would sleep on
    const result = await run('sh', ['-c', 'sleep 300 & echo $!; wait'], { timeoutMs: 300 });
    // THEN neither is left
    expect(result.code).toBe(124);
    expect(commandOf(result.stdout.trim())).toBe('');
  });

  test('does not wait for a child that was left in the background', async () => {
    const started = process.hrtime.bigint();
    await run('sh', ['-c', 'sleep 300 & exit 0']);
    expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(5);
  });

  test('rejects when there is no such program', async () => {
    await expect(run('no-such-program')).rejects.toThrow('ENOENT');
  });

  test('runOk shows the output of what failed', async () => {
    await expect(runOk('sh', ['-c', 'echo why >&2; exit 1'])).rejects.toThrow(/exit code 1[^]*why/);
  });
});

describe('describeWith', () => {
  let dir: string;
  beforeAll(async () => {
    // GIVEN a test file that needs a program which no machine has
    dir = await mkdtemp(join(tmpdir(), 'hpcdk-tools-'));
    const test = `require(${JSON.stringify(join(__dirname, 'tools.ts'))}).describeWith(
      ['no-such-program'], 'a real check', () => test('runs it', () => undefined));`;
    await writeFile(join(dir, 'a.test.js'), test);
  });
  afterAll(() => rm(dir, { recursive: true }));

  const jestOn = (required: string) =>
    run(process.execPath, [jestProgram, '--config', JSON.stringify(config()), '--verbose'], {
      cwd: dir,
      env: { HPCDK_REQUIRE_TOOLS: required, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
  const config = () => ({
    rootDir: dir,
    transform: { '\\.ts$': [require.resolve('@swc/jest'), { jsc: { parser: { syntax: 'typescript' } } }] },
  });

  test('skips visibly: the title says what is missing', async () => {
    const result = await jestOn('0');
    expect(result.stderr).toContain('a real check [skipped: this machine lacks no-such-program]');
    expect(result.stderr).toMatch(/Tests:\s+1 skipped, 1 total/);
  }, 30_000);

  test('fails when tools are required', async () => {
    const result = await jestOn('1');
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('HPCDK_REQUIRE_TOOLS=1, but this machine lacks: no-such-program');
  }, 30_000);
});
