import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quotedYaml } from '../../lib/documents/yaml';
import definition from '../../stacks/software-only';

const synth = () => definition.synthesize({ projectDir: join(__dirname, '../..') });

describe('stacks/software-only.ts', () => {
  test('declares one spack.yaml for each target, compiler and MPI, and the script that builds them', async () => {
    const { diagnostics, files } = await synth();
    expect(diagnostics).toEqual([]);
    const names = [
      'core',
      'gcc-13.3.0',
      'gcc-13.3.0-openmpi-5.0.8',
      'oneapi-2025.3.1',
      'oneapi-2025.3.1-openmpi-5.0.8',
    ];
    const paths = ['x86_64_v3', 'x86_64_v4'].flatMap((target) => names.map((name) => `${target}/${name}/spack.yaml`));
    expect([...files.keys()].filter((path) => path.startsWith('sites/campus/spack/'))).toEqual(
      expect.arrayContaining([...paths, 'install.sh'].map((path) => `sites/campus/spack/apps/${path}`)),
    );
  });

  test('gives each root a prefix that follows from the definition', async () => {
    const { files } = await synth();
    const text = files.get('sites/campus/spack/apps/x86_64_v3/gcc-13.3.0-openmpi-5.0.8/spack.yaml')?.content ?? '';
    expect(quotedYaml.parse(text, () => undefined)).toMatchObject({
      spack: {
        view: {
          'gcc-13.3.0-openmpi-5.0.8': {
            root: '/apps/2026.1/x86_64_v3/gcc-13.3.0-openmpi-5.0.8',
            projections: { 'gromacs@2025.3~cuda+mpi': 'gromacs/2025.3' },
          },
        },
      },
    });
  });

  test('is short', () => {
    expect(readFileSync(join(__dirname, '../../stacks/software-only.ts'), 'utf8').split('\n').length).toBeLessThan(41);
  });
});
