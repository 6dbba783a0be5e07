import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { Compiler, define, Site, SoftwareStack } from 'hpcdk';
import definition from '../../stacks/software-only';
import { describeWith, run, tool, toolsRequired } from './support/tools';

const root = join(__dirname, '../..');
/** Dumped by Spack's own Python; it stands beside the clone. */
const schemaFile = join(root, '../shared/oracles/spack-environment.schema.json');

async function emitted() {
  const { files, diagnostics } = await definition.synthesize({ projectDir: root });
  expect(diagnostics).toEqual([]);
  return new Map([...files].filter(([path]) => path.includes('/spack/')).map(([path, { content }]) => [path, content]));
}

const describeSchema = existsSync(schemaFile) || toolsRequired ? describe : describe.skip;
if (!existsSync(schemaFile))
  process.stderr.write(`spack.yaml and Spack's schema [skipped: ${schemaFile} is missing]\n`);

describeSchema("Spack's own schema", () => {
  // Spack's schema has two keywords of its own, which it checks in Python.
  const check = () => new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

  test('accepts every spack.yaml', async () => {
    const validate = check();
    const environments = [...(await emitted())].filter(([path]) => path.endsWith('spack.yaml'));
    expect(environments.length).toBe(10);
    for (const [path, text] of environments) {
      expect([path, validate(parse(text)) || validate.errors]).toEqual([path, true]);
    }
  });

  test('refuses one with a wrong word', async () => {
    const [, text] = [...(await emitted())].find(([path]) => path.endsWith('core/spack.yaml')) ?? [];
    const broken = parse(text ?? '') as { spack: { concretizer: { unify: string } } };
    broken.spack.concretizer.unify = 'sometimes';
    expect(check()(broken)).toBe(false);
  });
});

describeWith(['shellcheck'], 'install.sh', () => {
  test('has no finding of shellcheck', async () => {
    const [, text = ''] = [...(await emitted())].find(([path]) => path.endsWith('install.sh')) ?? [];
    const { code, stdout } = await run('shellcheck', ['-s', 'sh', '-'], { input: text });
    expect([code, stdout]).toEqual([0, '']);
  });
});

/** The solver takes a minute per environment; a Spack on PATH with a compiler and its recipes is asked for two. */
const describeSpack = tool('spack') ? describe : describe.skip;
if (!tool('spack')) process.stderr.write('spack concretize [skipped: no spack on PATH]\n');

describeSpack('spack concretize', () => {
  test('solves an environment on top of the one below it', async () => {
    // GIVEN a stack with the compiler that this machine has
    const { stdout } = await run('gcc', ['-dumpfullversion']);
    const dir = mkdtempSync(join(tmpdir(), 'hpcdk-spack-'));
    const { files, diagnostics } = await smallStack(stdout.trim(), join(dir, 'apps')).synthesize({ projectDir: root });
    expect(diagnostics).toEqual([]);
    try {
      for (const [path, { content, mode }] of files) {
        mkdirSync(dirname(join(dir, path)), { recursive: true });
        writeFileSync(join(dir, path), content, { mode });
      }
      // WHEN its script concretizes it
      const folder = join(dir, 'sites/campus/spack/apps');
      const result = await run(join(folder, 'install.sh'), ['concretize'], { timeoutMs: 900_000 });
      expect([result.code, result.stderr]).toEqual([0, expect.any(String)]);
      // THEN both have a lock file, and the build tools of the second are those of the first
      const hashes = (name: string) => {
        const lock = JSON.parse(readFileSync(join(folder, 'x86_64_v3', name, 'spack.lock'), 'utf8')) as {
          concrete_specs: Record<string, { name: string }>;
        };
        return new Map(Object.entries(lock.concrete_specs).map(([hash, { name }]) => [name, hash]));
      };
      const [core, above] = [hashes('core'), hashes(`gcc-${stdout.trim()}`)];
      expect(above.get('gmake')).toBe(core.get('gmake'));
      expect(above.has('gsl')).toBe(true);
      // AND what is installed stands at the prefix that the definition says; --fake makes everything but the programs
      for (const name of ['core', `gcc-${stdout.trim()}`]) {
        const installed = await run('spack', ['-e', `./${name}`, 'install', '--fake'], {
          cwd: join(folder, 'x86_64_v3'),
          timeoutMs: 900_000,
        });
        expect([installed.code, installed.stderr]).toEqual([0, expect.any(String)]);
      }
      expect(existsSync(join(dir, `apps/2026.1/x86_64_v3/gcc-${stdout.trim()}/gsl/2.8/bin/gsl`))).toBe(true);
      expect(existsSync(join(dir, 'apps/2026.1/x86_64_v3/core/bzip2/1.0.8/bin/bzip2'))).toBe(true);
    } finally {
      rmSync(dir, { recursive: true });
    }
  }, 900_000);
});

function smallStack(gcc: string, prefix: string) {
  return define((app) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    new SoftwareStack(site, 'apps', {
      release: '2026.1',
      compilers: [Compiler.gcc(gcc, { external: '/usr' })],
      targets: ['x86_64_v3'],
      core: ['bzip2@1.0.8'],
      specs: ['gsl@2.8'],
      root: prefix,
    });
  });
}
