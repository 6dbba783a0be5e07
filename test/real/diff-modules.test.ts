import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { define } from '../../lib/define';
import { openmpi, type Software, software, compared } from '../diff/software/support';
import { lmodNeeds, type ModuleOutcome, modules } from './support/lmod';
import { describeWith } from './support/tools';

/** Places the modules of a site in a folder, and says what a user gets there. */
async function placed(
  dir: string,
  site: Software,
): Promise<(...commands: string[]) => Promise<readonly ModuleOutcome[]>> {
  const { files } = await define(software(site)).synthesize({ projectDir: __dirname });
  const folder = 'sites/campus/modules/modules/tree/';
  for (const [path, { content }] of files) {
    if (!path.startsWith(folder)) continue;
    const file = join(dir, path.slice(folder.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content.replaceAll('/apps/modules', dir));
  }
  return (...commands) =>
    modules(
      join(dir, 'x86_64_v3/releases'),
      commands.flatMap((command) => ['--force purge', `load release gcc ${command}`]),
    ).then((outcomes) => outcomes.filter((_, index) => index % 2 === 1));
}

/** What a diff says that a name loads: `module load openmpi gives 5.0.8 instead of 4.1.6`. */
const claim = (title: string) => /module load (\S+) gives (\S+?) instead of ([^\s,]+)/.exec(title)?.slice(1) ?? [];

describeWith(lmodNeeds, 'what a diff says of modules is what Lmod does', () => {
  let root: string;
  beforeAll(() => (root = mkdtempSync(join(tmpdir(), 'hpcdk-diff-modules-'))));
  afterAll(() => rmSync(root, { recursive: true }));

  const specs = ['hdf5@1.14.6 +mpi', 'gromacs@2024.3 +mpi ^openmpi@4.1.6', 'openblas@0.3.30'];
  const before: Software = { stack: { specs } };
  const beside: Software = { stack: { specs, mpis: [openmpi('4.1.6'), openmpi('5.0.8')] } };
  const instead: Software = { stack: { specs: ['hdf5@1.14.6 +mpi', 'openblas@0.3.30'], mpis: [openmpi('5.0.8')] } };

  test('an MPI that comes beside the old one and is the default of its name', async () => {
    // GIVEN a site before and after, and what the diff says of it
    const { entries } = await compared(software(before), software(beside));
    const entry = entries.find(({ kind }) => kind === 'ModuleTree');
    const [name = '', now, was] = claim(entry?.title ?? '');
    const [old, next] = [await placed(join(root, 'a'), before), await placed(join(root, 'b'), beside)];
    // WHEN a script names no version
    const [[unnamed], [changed, named, both, lost]] = await Promise.all([
      old(name),
      next(name, `${name}/${was}`, `${name} hdf5`, `${name} gromacs`),
    ]);
    // THEN it gets the one of the diff; one that names the old version gets that
    expect(unnamed?.loaded).toContain(`${name}/${was}`);
    expect(changed?.loaded).toContain(`${name}/${now}`);
    expect(entry?.notes).toContain(`scripts that name ${name}/${was} are unchanged`);
    expect(named?.loaded).toContain(`${name}/${was}`);
    // AND hdf5 stands below both, gromacs has no build for the new one
    expect(entry?.items.map(({ text }) => text)).toEqual([
      `gromacs/2024.3 has no build with ${name}/${now}`,
      `hdf5/1.14.6: ${name}/${was} → ${name}/${now}`,
    ]);
    expect(both?.env.HDF5_ROOT).toContain(`${name}-${now}`);
    expect([both?.code, lost?.code]).toEqual([0, 1]);
  });

  test('an MPI in the place of the old one', async () => {
    const { entries } = await compared(software(before), software(instead));
    const said = entries.find(({ title }) => title.includes('module load openmpi'));
    const next = await placed(join(root, 'c'), instead);
    const [unnamed, named] = await next('openmpi', 'openmpi/4.1.6');
    expect(said?.effect.reason).toBe('scripts that name openmpi/4.1.6 fail');
    expect(unnamed?.loaded).toContain(`openmpi/${claim(said?.title ?? '')[1] ?? ''}`);
    expect(named?.code).toBe(1);
  });
});
