import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diff } from '../../../lib/diff/model';
import { projectFile, TestProject } from '../support/project';

jest.setTimeout(120_000);
afterAll(() => TestProject.cleanUp());

const lock = (name: string) => readFileSync(join(__dirname, `../../diff/software/locks/${name}.lock`), 'utf8');
const DEFINITION = `import { Compiler, define, Site, SoftwareStack } from 'hpcdk';
export default define((app) => {
  const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  new SoftwareStack(site, 'apps', {
    release: '2026.1',
    compilers: [Compiler.gcc('13.3.0', { external: '/usr' })],
    targets: ['x86_64_v3'],
    specs: ['bwa@0.7.19', 'samtools@1.21', 'zlib-ng@2.2.4'],
  });
});
`;

test('locks that a site keeps in its repository say what is built again', async () => {
  const project = new TestProject({ 'cdktf.json': projectFile('stack.ts'), 'stack.ts': DEFINITION });
  await project.hpcdk(['synth']);
  for (const name of ['before', 'after']) project.write(`${name}/apps/x86_64_v3/gcc-13.3.0/spack.lock`, lock(name));

  const run = await project.json(['diff', '--lock-before', 'before', '--lock-after', 'after']);
  const lost = await project.json(['diff', '--lock-before', 'nowhere']);

  const { entries } = (run.document.result as unknown as { readonly diff: Diff }).diff;
  expect(entries.map(({ level, title }) => `${level}: ${title}`)).toEqual([
    'lock: software stack apps: 6 of 14 packages to build, by spack.lock',
  ]);
  expect([lost.code, lost.document.diagnostics]).toEqual([
    1,
    [expect.objectContaining({ code: 'HPC7022', message: "'nowhere' cannot be read (ENOENT)" })],
  ]);
});
