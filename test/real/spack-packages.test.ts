import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { licenceOf } from '../../lib/diff/software/licence';
import { readPackages } from '../../lib/diff/software/package-table';
import { describeWith, runOk, tool } from './support/tools';

const script = join(__dirname, '../../scripts/spack-packages.py');

describeWith(['python3'], 'scripts/spack-packages.py is Python', () => {
  test('that every Python of Spack reads', async () => {
    const parse = 'import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 6))';
    await runOk('python3', ['-c', parse, script]);
  });
});

/** Opt-in: a spack on PATH with its recipes. */
const describeSpack = tool('spack') ? describe : describe.skip;
if (!tool('spack')) process.stderr.write('scripts/spack-packages.py [skipped: no spack on PATH]\n');

/** What is installed by Spack itself, with the prefix. */
const INSTALLED = `
import json, sys, spack.store
found = [(s.name, str(s.version), str(s.prefix)) for s in spack.store.STORE.db.query_local() if not s.external]
json.dump(found, sys.stdout)
`;

describeSpack('scripts/spack-packages.py', () => {
  const dir = mkdtempSync(join(tmpdir(), 'hpcdk-spack-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  test('writes what hpcdk diff --packages reads: licences of recipes, times of what is installed', async () => {
    // GIVEN a lock with a package that is perhaps not installed
    const lock = join(dir, 'spack.lock');
    writeFileSync(lock, JSON.stringify({ concrete_specs: { a: { name: 'berkeley-db' } } }));
    // WHEN Spack runs the script
    const text = await runOk('spack', ['python', script, '--date', '2026-11-01', 'zlib', lock]);
    // THEN the table is taken
    const problems: string[] = [];
    const table = readPackages(text, ({ message }) => problems.push(message));
    expect(problems).toEqual([]);
    expect(table?.source).toMatch(/^Spack \d/);
    // AND it knows licences, by version where the recipe says so
    const licence = (name: string, version: string) =>
      table && licenceOf({ name, version, variants: new Map(), isConcrete: true }, table);
    expect(licence('zlib', '1.3.1')).toBe('Zlib');
    expect(licence('berkeley-db', '5.3.28')).not.toBe(licence('berkeley-db', '18.1.40'));
    // AND a time of each build whose log is there
    writeFileSync(join(dir, 'installed.py'), INSTALLED);
    const installed = JSON.parse(await runOk('spack', ['python', join(dir, 'installed.py')])) as [
      string,
      string,
      string,
    ][];
    const timed = installed.filter(([, , prefix]) => existsSync(join(prefix, '.spack/install_times.json')));
    for (const [name, version] of timed)
      expect([name, table?.packages.get(name)?.builds.map((build) => build.version)]).toEqual([
        name,
        expect.arrayContaining([version]),
      ]);
  });

  test('names what no repository has, and goes on', async () => {
    const text = await runOk('spack', ['python', script, 'no-such-package', 'zlib']);
    expect((JSON.parse(text) as { packages: object }).packages).toHaveProperty('zlib');
  });
});
