import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackage, TestProject, withoutProgress } from '../cli/support/project';
import { tool } from '../real/support/tools';

jest.setTimeout(120_000);
afterAll(() => TestProject.cleanUp());

const root = join(__dirname, '../..');
const pages = ['README.md', ...readdirSync(join(root, 'docs/guide')).map((page) => `docs/guide/${page}`)].sort();

/** A step of a page: a file that the reader writes, or a command with what it prints. */
type Step =
  | { readonly file: string; readonly text: string }
  | { readonly command: string; readonly printed: readonly string[]; readonly needs?: string };

/**
 * The steps of a page in their order. A block ```` ```ts stacks/campus.ts ```` is a file of the project; in a block
 * ```` ```console ```` lines that begin with `$ ` are commands, and what follows each is its output. A block
 * ```` ```console ansible-playbook ```` is run where that program is.
 */
function stepsOf(text: string): Step[] {
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].flatMap(
    ([, language, argument, body = '']): Step[] => {
      if (language === 'console') {
        return body
          .split(/^\$ /m)
          .slice(1)
          .map((block) => {
            const [command = '', ...printed] = block.trimEnd().split('\n');
            return { command, printed, ...(argument && { needs: argument }) };
          });
      }
      return argument === undefined ? [] : [{ file: argument, text: body }];
    },
  );
}

/** `npx hpcdk` and `npm run` are hpcdk itself, `npm test` is jest, and what npm would install is there. */
const SHIMS = {
  npx: 'shift\nexec node "$HPCDK_BIN" "$@"\n',
  npm: 'case $1 in run) shift; exec node "$HPCDK_BIN" "$@" ;; test) exec node "$JEST_BIN" --config "$JEST_CONFIG" ;; esac\n',
};

const jestConfig = (rootDir: string): string =>
  JSON.stringify({
    rootDir,
    testMatch: ['<rootDir>/test/**/*.test.ts'],
    transform: {
      '\\.ts$': [require.resolve('@swc/jest'), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
    },
  });

/** Plays a page in a folder of its own, and gives each command with what it printed. */
function play(steps: readonly Step[]): { readonly command: string; readonly shown: string; readonly real: string }[] {
  const shims = new TestProject({}, { installed: false });
  for (const [name, script] of Object.entries(SHIMS)) {
    shims.write(name, `#!/bin/sh\n${script}`);
    chmodSync(join(shims.dir, name), 0o755);
  }
  const project = new TestProject({});
  const env = {
    PATH: `${shims.dir}:${process.env.PATH}`,
    HOME: shims.dir,
    HPCDK_BIN: join(builtPackage(), 'bin/hpcdk.js'),
    JEST_BIN: join(root, 'node_modules/jest/bin/jest.js'),
    JEST_CONFIG: jestConfig(project.dir),
  };
  return steps.flatMap((step) => {
    if ('file' in step) return (project.write(step.file, step.text), []);
    const { command, printed, needs } = step;
    if (needs !== undefined && tool(needs) === undefined) return [];
    const { stdout } = spawnSync('sh', ['-c', `exec 2>&1\n${command}`], { cwd: project.dir, env, encoding: 'utf8' });
    return [{ command, shown: printed.join('\n'), real: withoutProgress(stdout).trimEnd() }];
  });
}

/** Whether text is what a page shows: a line of `...` stands for any lines, a line that ends with it for the start of one. */
function matches(shown: string, real: string): boolean {
  const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const source = shown
    .split('\n')
    .map((line) =>
      line === '...'
        ? '(?:.*\n)*?'
        : line.endsWith(' ...')
          ? `${literal(line.slice(0, -4))}.*\n`
          : `${literal(line)}\n`,
    )
    .join('');
  return new RegExp(`^${source}$`).test(`${real}\n`);
}

describe('the guide', () => {
  test.each(pages.map((page) => [page, stepsOf(readFileSync(join(root, page), 'utf8'))] as const))(
    '%s: each command prints what the page shows',
    (_, steps) => {
      for (const { shown, real, ...command } of play(steps)) {
        if (!matches(shown, real)) expect({ ...command, printed: real }).toEqual({ ...command, printed: shown });
      }
    },
  );

  test('what differs is found', () => {
    expect(matches('a\n...\nc', 'a\nb\nb\nc')).toBe(true);
    expect(matches('a b ...', 'a b c')).toBe(true);
    expect(matches('a\nc', 'a\nb\nc')).toBe(false);
    expect(matches('', 'a')).toBe(false);
    expect(play(stepsOf('```text notes.txt\nhello\n```\n\n```console\n$ cat notes.txt\nhallo\n```\n'))).toEqual([
      { command: 'cat notes.txt', shown: 'hallo', real: 'hello' },
    ]);
  });
});
