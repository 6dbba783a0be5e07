import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = join(__dirname, '../../bin/code-cache.js');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpcdk-code-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a large module with kept code and gives what it prints. */
function run(says: string): string {
  const padding = `// ${'x'.repeat(30_000)}\n`;
  const source = `${padding}const { sep } = require('node:path');\nmodule.exports = () => '${says}' + sep + __filename.length;\n`;
  writeFileSync(join(folder, 'large.js'), source);
  const program = `require(${JSON.stringify(bin)}).keepCompiledCode(${JSON.stringify(join(folder, 'kept'))}, (path) => path.endsWith('large.js'));
    console.log(require(${JSON.stringify(join(folder, 'large.js'))})());`;
  return execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }).trim();
}

const kept = () => readdirSync(join(folder, 'kept')).map((name) => join(folder, 'kept', name));
const says = (text: string) => `${text}/${join(folder, 'large.js').length}`;

test('a module runs the same from its source and from kept code', () => {
  // WHEN it runs twice
  const results = [run('one'), run('one')];
  // THEN both say the same, and its code was kept once
  expect(results).toEqual([says('one'), says('one')]);
  expect(kept()).toHaveLength(1);
});

test('code of another source is never run, not even of one with as many characters', () => {
  expect(run('one')).toBe(says('one'));
  expect(run('two')).toBe(says('two'));
  expect(kept()).toHaveLength(2);
});

test('kept code that was damaged is not run, and is made anew', () => {
  // GIVEN kept code, one with a byte changed and then one cut off
  run('one');
  const [file] = kept() as [string];
  const sound = readFileSync(file);
  const changed = Buffer.from(sound);
  changed[changed.length >> 1] = (changed[changed.length >> 1] as number) ^ 1;
  for (const damage of [() => writeFileSync(file, changed), () => truncateSync(file, 40)]) {
    damage();
    const damaged = readFileSync(file);
    // WHEN the module runs
    expect(run('one')).toBe(says('one'));
    // THEN what is kept is another file
    expect(readFileSync(file).equals(damaged)).toBe(false);
  }
});

test('modules that are not ours are left to Node', () => {
  // GIVEN a large file of the user's that only Node can load
  writeFileSync(join(folder, 'theirs.mjs'), `// ${'x'.repeat(30_000)}\nexport const one = await Promise.resolve(1);\n`);
  // WHEN it is loaded
  const program = `require(${JSON.stringify(bin)}).keepCompiledCode(${JSON.stringify(join(folder, 'kept'))}, () => false);
    import(${JSON.stringify(join(folder, 'theirs.mjs'))}).then(({ one }) => console.log(one));`;
  // THEN it runs, and nothing is kept
  expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }).trim()).toBe('1');
  expect(existsSync(join(folder, 'kept'))).toBe(false);
});

test('a stack trace names the file that runs, not the copy of it that was kept', () => {
  // GIVEN the same module in two folders
  const source = `// ${'x'.repeat(30_000)}\nmodule.exports = () => new Error().stack.split('\\n')[1];\n`;
  const [one, two] = ['one', 'two'].map((name) => {
    const file = join(folder, `${name}-large.js`);
    writeFileSync(file, source);
    return file;
  }) as [string, string];
  // WHEN one runs after the other with the same kept code
  const frames = [one, two, one].map((file) => {
    const program = `require(${JSON.stringify(bin)}).keepCompiledCode(${JSON.stringify(join(folder, 'kept'))}, (path) => path.endsWith('large.js'));
      console.log(require(${JSON.stringify(file)})());`;
    return execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  });
  // THEN each names itself
  expect(frames.map((frame) => [one, two].find((file) => frame.includes(file)))).toEqual([one, two, one]);
});
