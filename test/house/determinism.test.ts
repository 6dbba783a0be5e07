import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { builtPackage, TestProject } from '../cli/support/project';

jest.setTimeout(120_000);

const root = join(__dirname, '../..');
const definitions = readdirSync(join(root, 'stacks'))
  .filter((file) => file.endsWith('.ts'))
  .filter((file) => readFileSync(join(root, 'stacks', file), 'utf8').includes('export default define('));

/** Everything around a run that its output must not depend on. */
interface Surroundings {
  readonly prefix: string;
  readonly umask: string;
  /** Where it is run, relative to the project. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const here: Surroundings = {
  prefix: 'hpcdk-one-',
  umask: '022',
  cwd: '.',
  env: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C', USER: 'zaphod', LOGNAME: 'zaphod', HOME: '/tmp/home-of-zaphod' },
};
const there: Surroundings = {
  prefix: 'hpcdk two ü $HOME-',
  umask: '077',
  cwd: 'stacks/data',
  env: {
    ...{ TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr', USER: 'trillian' },
    ...{ LOGNAME: 'trillian', HOME: '/tmp/home-of-trillian', COLUMNS: '40', FORCE_COLOR: '1', NODE_ENV: 'production' },
  },
};

/** A copy of our own project. */
function copyOfProject({ prefix }: Surroundings): TestProject {
  const project = new TestProject({ 'cdktf.json': readFileSync(join(root, 'cdktf.json'), 'utf8') }, { prefix });
  cpSync(join(root, 'stacks'), join(project.dir, 'stacks'), { recursive: true });
  mkdirSync(join(project.dir, 'stacks/data'), { recursive: true });
  for (const name of ['constructs', 'cdktf', '@cdktf']) {
    symlinkSync(join(root, 'node_modules', name), join(project.dir, 'node_modules', name));
  }
  return project;
}

async function synth(project: TestProject, definition: string, { umask, cwd, env }: Surroundings): Promise<string> {
  const out = join(project.dir, 'out', definition);
  const program = [process.execPath, join(builtPackage(), 'bin/hpcdk.js')];
  const args = ['synth', join(project.dir, 'stacks', definition), '--out', out];
  const command = ['-c', 'umask "$1" && shift && exec "$@"', 'sh', umask, ...program, ...args];
  const options = { cwd: join(project.dir, cwd), env: { PATH: process.env.PATH, ...env } };
  await new Promise<void>((resolve, reject) => {
    execFile('sh', command, options, (error, stdout) =>
      error ? reject(new Error(`${error.message}\n${stdout}`)) : resolve(),
    );
  });
  return out;
}

/** Each entry below a folder: what it is, its permissions and its bytes. */
function tree(dir: string): Record<string, string> {
  const entries = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    entries.map((path) => {
      const stat = lstatSync(join(dir, path));
      if (stat.isDirectory()) return [path, 'folder'];
      const sha = createHash('sha256')
        .update(readFileSync(join(dir, path)))
        .digest('hex');
      return [path, `${(stat.mode & 0o777).toString(8)} ${sha}`];
    }),
  );
}

/** Inode and times of everything below a folder. */
function stamps(dir: string): Record<string, string> {
  const entries = ['.', ...readdirSync(dir, { recursive: true, encoding: 'utf8' })];
  return Object.fromEntries(
    entries.map((path) => {
      const { ino, mtimeNs, ctimeNs } = lstatSync(join(dir, path), { bigint: true });
      return [path, `${ino} ${mtimeNs} ${ctimeNs}`];
    }),
  );
}

/** What says where, when or by whom an output was made. */
function traces(project: TestProject): RegExp {
  const day = new Date();
  const words = [
    ...[project.dir, root, builtPackage(), '/tmp/', 'zaphod', 'trillian', 'hpcdk two', 'hpcdk-one'],
    ...[day.toISOString().slice(0, 10), day.toDateString(), day.toUTCString().slice(0, 16)],
    ...(hostname().length > 3 && hostname() !== 'localhost' ? [hostname()] : []),
  ];
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
}

describe('the output of a definition', () => {
  let one: TestProject;
  let two: TestProject;

  beforeAll(() => {
    builtPackage();
    [one, two] = [copyOfProject(here), copyOfProject(there)];
  });
  afterAll(() => TestProject.cleanUp());

  test('there are definitions', () => expect(definitions).toEqual(expect.arrayContaining(['campus.ts', 'hello.ts'])));

  describe.each(definitions)('%s', (definition) => {
    let outputs: readonly [string, string];

    beforeAll(async () => {
      outputs = await Promise.all([synth(one, definition, here), synth(two, definition, there)]);
    });

    test('is the same in another folder, time zone and language, for another user, with another umask', () => {
      const [first, second] = outputs.map(tree);

      expect(Object.keys(first ?? {})).toEqual(expect.arrayContaining(['hpcdk/manifest.json', 'hpcdk/sources.json']));
      expect(second).toEqual(first);
    });

    test('does not say where, when and by whom it was made', () => {
      for (const [project, out] of [
        [one, outputs[0]],
        [two, outputs[1]],
      ] as const) {
        const pattern = traces(project);
        const files = Object.entries(tree(out))
          .filter(([, what]) => what !== 'folder')
          .map(([path]) => path);
        const found = files.flatMap((path) => {
          const match = pattern.exec(`${path}\n${readFileSync(join(out, path), 'utf8')}`);
          return match ? [`${path}: ${match[0]}`] : [];
        });
        expect(found).toEqual([]);
      }
    });

    test('is not touched when it is written a second time', async () => {
      const [before, after] = [stamps(outputs[0]), (await synth(one, definition, there), stamps(outputs[0]))];

      expect(after).toEqual(before);
    });
  });
});
