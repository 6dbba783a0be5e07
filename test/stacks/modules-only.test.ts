import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import definition from '../../stacks/modules-only';

describe('stacks/modules-only.ts', () => {
  test('declares two releases, each for the targets that it was built for', async () => {
    const { diagnostics, files } = await definition.synthesize({ projectDir: join(__dirname, '../..') });
    expect(diagnostics).toEqual([]);
    const tree = 'sites/campus/modules/modules/tree';
    expect(files.get(`${tree}/x86_64_v4/releases/release/2025.1.lua`)?.content).toContain('x86_64_v3/2025.1/Core');
    expect(files.get(`${tree}/x86_64_v4/releases/release/2026.1.lua`)?.content).toContain('x86_64_v4/2026.1/Core');
    expect(files.has(`${tree}/x86_64_v3/2025.1/MPI/gcc/12.3.0/openmpi/4.1.6/gromacs/2024.3.lua`)).toBe(true);
  });

  test('is short', () => {
    expect(readFileSync(join(__dirname, '../../stacks/modules-only.ts'), 'utf8').split('\n').length).toBeLessThan(41);
  });
});
