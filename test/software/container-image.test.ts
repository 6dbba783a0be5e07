import fc from '../fast-check';
import { parse } from 'yaml';
import { apptainer } from '../../lib/documents/apptainer';
import { containerfile } from '../../lib/documents/containerfile';
import { Compiler } from '../../lib/software/compiler';
import { ContainerImage, type ContainerImageProps } from '../../lib/software/container-image';
import { Mpi } from '../../lib/software/mpi';
import { SoftwareStack } from '../../lib/software/software-stack';
import { collect, hostile } from '../documents/hostile';
import { synth } from './support';

const digest = (c: string) => `sha256:${c.repeat(64)}`;
const base = `docker.io/library/debian:12@${digest('a')}`;
const builder = `registry.example.edu:5000/spack/debian12@${digest('b')}`;
const image = (more: Partial<ContainerImageProps> = {}) =>
  synth((site) => {
    const stack = new SoftwareStack(site, 'apps', {
      release: '2026.1',
      compilers: [Compiler.gcc('13.3.0', { external: '/opt/gcc' })],
      mpis: [Mpi.openmpi('5.0.8')],
      targets: ['x86_64_v3', 'x86_64_v4'],
      specs: ['python@3.12.12', 'py-numpy@2.3.4', 'gsl@2.8', 'gromacs@2025.3 +mpi'],
    });
    new ContainerImage(site, 'md', { stack, roots: ['gromacs'], base, builder, target: 'x86_64_v3', ...more });
  });
const stepsOf = (files: Readonly<Record<string, string>>) =>
  containerfile.parse(files['containers/md/Containerfile'] ?? '', () => undefined).steps;

describe('a container image', () => {
  test('is built by one image upon another, both by digest', async () => {
    const { files, diagnostics } = await image();
    expect(diagnostics).toEqual([]);
    expect(stepsOf(files)).toEqual(
      expect.arrayContaining([
        { instruction: 'ARG', pairs: [['BUILDER', builder]] },
        { instruction: 'FROM', words: [base, 'AS', 'final'] },
        { instruction: 'COPY', flags: [['from', 'build']], words: ['/opt/views', '/opt/views'] },
      ]),
    );
    const definition = apptainer.parse(files['containers/md/md.def'] ?? '', () => undefined);
    expect(definition.stages.map(({ header }) => header[1])).toEqual([
      ['From', builder],
      ['From', base],
    ]);
  });

  test('has the same environment and labels in both formats', async () => {
    const { files } = await image({
      roots: ['gromacs', 'py-numpy'],
      labels: { 'org.opencontainers.image.licenses': 'LGPL-2.1' },
    });
    const steps = stepsOf(files);
    const pairs = (instruction: string) =>
      steps.flatMap((step) => ('pairs' in step && step.instruction === instruction ? step.pairs : []));
    const [, final] = apptainer.parse(files['containers/md/md.def'] ?? '', () => undefined).stages;
    const sections = final?.sections ?? [];
    expect(sections.flatMap((section) => ('variables' in section ? section.variables : []))).toEqual(pairs('ENV'));
    expect(sections.flatMap((section) => ('labels' in section ? section.labels : []))).toEqual(pairs('LABEL'));
    expect(Object.fromEntries(pairs('ENV') as [string, string][])).toMatchObject({
      PYTHONPATH: '/opt/views/view/lib/python3.12/site-packages',
    });
    expect(Object.fromEntries(pairs('LABEL') as [string, string][])).toMatchObject({
      'org.opencontainers.image.base.digest': digest('a'),
      'org.opencontainers.image.base.name': 'docker.io/library/debian',
      'org.opencontainers.image.licenses': 'LGPL-2.1',
      'org.opencontainers.image.version': '2026.1',
      'org.hpcdk.mpi.model': 'hybrid',
      'org.supercontainers.mpi.implementation': 'openmpi',
      'io.archspec.cpu.target': 'x86_64_v3',
    });
  });

  test('holds the chosen roots of the stack, with the MPI that they need', async () => {
    const spack = async (more: Partial<ContainerImageProps>) => {
      const { files } = await image(more);
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test looks into what an independent parser read
      return (parse(files['containers/md/spack.yaml'] ?? '') as any).spack;
    };
    const own = Compiler.gcc('12.2.0', { external: '/usr' });
    expect(await spack({ compiler: own })).toMatchObject({
      specs: ['openmpi@5.0.8', 'gromacs@2025.3+mpi'],
      packages: {
        all: { require: ['target=x86_64_v3'] },
        c: { require: ['gcc@12.2.0'] },
        mpi: { require: ['openmpi@5.0.8'] },
      },
      view: { image: { root: '/opt/views/view', link: 'run' } },
    });
    const serial = await spack({ roots: ['gsl', 'py-numpy'], externals: [{ spec: 'openssl@3.0.17', prefix: '/usr' }] });
    expect(serial.specs).toEqual(['gsl@2.8', 'py-numpy@2.3.4']);
    expect(serial.packages).toMatchObject({
      mpi: { buildable: false },
      python: { require: ['python@3.12.12'] },
      openssl: { buildable: false, externals: [{ spec: 'openssl@3.0.17', prefix: '/usr' }] },
    });
  });

  const refusals: Readonly<Record<string, readonly [Partial<ContainerImageProps>, string]>> = {
    'a base by tag': [{ base: 'docker.io/library/debian:12' }, 'HPC3201 base'],
    'a builder without anything': [{ builder: 'debian' }, 'HPC3201 builder'],
    'a digest that is cut off': [{ base: 'docker.io/library/debian@sha256:abc' }, 'HPC1002 base'],
    'a root that the stack has not': [{ roots: ['gromaks'] }, 'HPC3203 roots[0]'],
    'an MPI that the stack has not': [{ mpi: Mpi.mpich('4.2.3') }, 'HPC3203 mpi'],
    'a target that the stack has not': [{ target: 'zen4' }, 'HPC3203 target'],
    'machines that are too old': [{ target: 'x86_64_v4', machines: ['zen4', 'zen3'] }, 'HPC3202 target'],
    'a compiler that does not know the target': [
      { target: 'x86_64_v4', compiler: Compiler.gcc('5.4.0') },
      'HPC3006 target',
    ],
    'a label with a blank': [{ labels: { 'a b': 'x' } }, 'HPC1002 labels.a b'],
    'a newline in a label': [{ labels: { a: 'x\ny' } }, 'HPC1002 labels.a'],
  };
  test.each(Object.keys(refusals))('refuses %s', async (name) => {
    const [more, fault] = refusals[name]!;
    expect((await image(more)).faults).toContain(fault);
  });

  test('gives any label and argument back, or refuses it', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const { files, diagnostics } = await image({ labels: { 'org.example.note': text }, run: ['gmx', text] });
        if (diagnostics.length > 0) return;
        accepted += 1;
        const { report, problems } = collect();
        const { steps } = containerfile.parse(files['containers/md/Containerfile'] ?? '', report);
        expect(problems).toEqual([]);
        expect(steps).toContainEqual({ instruction: 'CMD', exec: ['gmx', text] });
        expect(steps.flatMap((step) => ('pairs' in step ? step.pairs : []))).toContainEqual(['org.example.note', text]);
      }),
      { numRuns: 80 },
    );
    expect(accepted).toBeGreaterThan(5);
  });
});
