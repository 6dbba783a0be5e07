import type { Diff } from '../../../lib/diff/model';
import { projectFile, TestProject } from '../support/project';

jest.setTimeout(120_000);
afterAll(() => TestProject.cleanUp());

const definition = (version: string) => `import { Compiler, define, Site, SoftwareStack } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  new SoftwareStack(campus, 'apps', {
    release: '2026.1',
    compilers: [Compiler.gcc('13.3.0', { external: '/opt/gcc/13.3.0' })],
    targets: ['x86_64_v3'],
    specs: ['hdf5@${version} ~mpi'],
  });
});
`;
const advisory = {
  id: 'CVE-2025-1',
  database_specific: { severity: 'HIGH' },
  affected: [
    { package: { name: 'hdf5' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.14.6' }] }] },
  ],
};
const table = {
  format: 'hpcdk-packages',
  version: 1,
  date: '2026-11-01',
  source: 'Spack',
  packages: { hdf5: { builds: [{ seconds: 600 }] } },
};

test('what a site knows of packages is told, stops a gate, and can be acknowledged', async () => {
  // GIVEN a change to a version that an advisory names
  const project = new TestProject({ 'cdktf.json': projectFile('site.ts'), 'site.ts': definition('1.14.6') });
  await project.hpcdk(['synth']);
  project.write('site.ts', definition('1.14.5'));
  project.write('advisories.json', JSON.stringify([advisory]));
  project.write('packages.json', JSON.stringify(table));
  const known = ['--packages', 'packages.json', '--advisories', 'advisories.json'];
  // WHEN it is compared
  const told = await project.hpcdk(['diff', ...known, '--fail-on', 'vulnerable', '--format', 'brief']);
  // THEN the gate fails on it
  expect(told.code).toBe(3);
  expect(told.stdout).toContain(
    'software  software stack apps: hdf5 1.14.6 → 1.14.5 brings CVE-2025-1 (high), fixed in 1.14.6  [vulnerable]\n',
  );
  // AND the time is told
  const run = await project.json(['diff', ...known, '--fail-on', 'vulnerable']);
  const { entries } = (run.document.result as unknown as { readonly diff: Diff }).diff;
  expect(entries.flatMap(({ notes }) => notes).join()).toContain('about 10 min of building for the roots alone');
  // AND WHEN somebody answers for it, it passes
  const [found] = entries.filter(({ marks }) => marks.includes('vulnerable'));
  project.write(
    'hpcdk.acknowledged.yaml',
    `- id: ${JSON.stringify(found?.id)}\n  reason: not reachable\n  until: 9999-12-31\n`,
  );
  expect((await project.hpcdk(['diff', ...known, '--fail-on', 'vulnerable'])).code).toBe(0);
});
