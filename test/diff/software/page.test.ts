import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diff, diffSides } from '../../../lib/diff';
import { readAdvisories } from '../../../lib/diff/software/advisories';
import { readPackages } from '../../../lib/diff/software/package-table';
import { terminalDiff } from '../../../lib/diff/views/terminal';
import { sideOf } from '../support/sides';
import { plain } from '../views/support';
import { compared, locked, openmpi, software } from './support';

const page = readFileSync(join(__dirname, '../../../docs/diff/software.md'), 'utf8');
const shown = (example: string): string =>
  new RegExp(`^\`\`\`text ${example}\\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? 'nothing is shown';
const file = (example: string): string =>
  new RegExp(`^\`\`\`json ${example}\\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? 'no file is shown';
const noFault = ({ message }: { readonly message: string }): never => {
  throw new Error(message);
};
const text = (diff: Diff): string => terminalDiff(diff, plain, { width: 110 });

describe('the page of software shows what a diff says', () => {
  test('of an MPI beside another', async () => {
    const specs = ['hdf5@1.14.6 +mpi', 'gromacs@2024.3 +mpi ^openmpi@4.1.6', 'openblas@0.3.30'];
    const both = { specs, mpis: [openmpi('4.1.6'), openmpi('5.0.8')] };
    expect(text(await compared(software({ stack: { specs } }), software({ stack: both })))).toContain(shown('mpi'));
  });

  test('of locks', async () => {
    const lock = (name: string) => readFileSync(join(__dirname, `locks/${name}.lock`), 'utf8');
    const stack = { specs: ['bwa@0.7.19', 'samtools@1.19.2', 'zlib-ng@2.2.4 ~new_strategies'], mpis: [] };
    const newer = { ...stack, specs: ['bwa@0.7.19', 'samtools@1.21', 'zlib-ng@2.2.4 +new_strategies'] };
    const [before, after] = ['before', 'after'].map((name) => locked(() => lock(name)));
    const diff = await compared(software({ stack }), software({ stack: newer }), before, after);
    expect(text(diff)).toContain(shown('lock'));
  });

  const root = (spec: string) => sideOf(spec, software({ stack: { specs: [spec], core: [] } }));

  test('of advisories', async () => {
    const advisories = readAdvisories(file('advisories'), noFault);
    const diff = diffSides(await root('hdf5@1.14.6'), await root('hdf5@1.14.5'), advisories ? { advisories } : {});
    expect(text(diff)).toContain(shown('advisories'));
  });

  test('of a table of packages', async () => {
    const packages = readPackages(file('packages'), noFault);
    const diff = diffSides(
      await root('berkeley-db@5.3.28'),
      await root('berkeley-db@18.1.40'),
      packages ? { packages } : {},
    );
    expect(text(diff)).toContain(shown('packages'));
  });
});
