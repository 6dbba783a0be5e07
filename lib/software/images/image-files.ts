import type { ApptainerDefinition } from '../../documents/apptainer-section';
import type { Containerfile } from '../../documents/containerfile-step';
import type { Expandable } from '../../documents/expandable';
import { sortedEntries } from '../../values/json';
import type { ContainerImage } from '../container-image';
import { SOFTWARE, VIEW, VIEWS } from './image-environment';
import { partsOf } from './image-ref';

const ENVIRONMENT = '/opt/environment';
const INSTALL = `spack -e ${ENVIRONMENT} install --fail-fast`;
const ABOUT = [
  'Written by hpcdk; changes are lost. Beside it stands spack.yaml, and spack.lock when the site keeps one.',
];

/** The image for buildah, podman and docker. The builder may be another image that has Spack: `--build-arg BUILDER=...`. */
export function containerfileOf(image: ContainerImage): Containerfile {
  const { base, builder, run } = image.values;
  return {
    steps: [
      ...ABOUT.map((comment) => ({ comment })),
      { instruction: 'ARG', pairs: [['BUILDER', builder]] },
      { instruction: 'FROM', words: [[{ variable: 'BUILDER' }], 'AS', 'build'] },
      { instruction: 'COPY', words: ['spack.*', `${ENVIRONMENT}/`] },
      { instruction: 'RUN', lines: [INSTALL] },
      { instruction: 'FROM', words: [base, 'AS', 'final'] },
      { instruction: 'COPY', flags: [['from', 'build']], words: [SOFTWARE, SOFTWARE] },
      { instruction: 'COPY', flags: [['from', 'build']], words: [VIEWS, VIEWS] },
      // What the build was made of stays in the image.
      { instruction: 'COPY', flags: [['from', 'build']], words: [ENVIRONMENT, ENVIRONMENT] },
      { instruction: 'ENV', pairs: variablesOf(image) },
      { instruction: 'LABEL', pairs: labelsOf(image) },
      ...(run ? [{ instruction: 'CMD' as const, exec: [...run] }] : []),
    ],
  };
}

/** The image for Apptainer, from the same definition. */
export function apptainerOf(image: ContainerImage): ApptainerDefinition {
  const { base, builder, run = ['/bin/sh'] } = image.values;
  return {
    comment: ABOUT,
    stages: [
      {
        header: [
          ['Bootstrap', 'docker'],
          ['From', builder],
          ['Stage', 'build'],
        ],
        sections: [
          { section: 'files', files: [['spack.*', `${ENVIRONMENT}/`]] },
          { section: 'post', script: `    ${INSTALL}` },
        ],
      },
      {
        header: [
          ['Bootstrap', 'docker'],
          ['From', base],
          ['Stage', 'final'],
        ],
        sections: [
          { section: 'files', from: 'build', files: [SOFTWARE, VIEWS, ENVIRONMENT].map((path) => [path, path]) },
          // Holds under `apptainer exec` too, where an entry point would not.
          { section: 'environment', variables: variablesOf(image) },
          { section: 'labels', labels: labelsOf(image) },
          { section: 'runscript', script: `    exec ${[...run].map(shellWord).join(' ')} "$@"` },
        ],
      },
    ],
  };
}

const shellWord = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** Search paths of the view; programs find their libraries by themselves. */
function variablesOf(image: ContainerImage): (readonly [name: string, value: Expandable])[] {
  const minor = image.python?.version?.split('.').slice(0, 2).join('.');
  return [
    ['PATH', [`${VIEW}/bin:`, { variable: 'PATH' }]],
    ['CMAKE_PREFIX_PATH', VIEW],
    ...(minor ? [['PYTHONPATH', `${VIEW}/lib/python${minor}/site-packages`] as const] : []),
  ];
}

/** Labels say what runs where; none of them is a time, so the same definition gives the same text. */
function labelsOf(image: ContainerImage): (readonly [name: string, value: string])[] {
  const { base, stack, target, labels } = image.values;
  const { mpi, roots } = image;
  const { name, digest } = partsOf(base);
  const own = {
    'org.opencontainers.image.title': image.node.id,
    'org.opencontainers.image.version': stack.values.release,
    'org.opencontainers.image.base.name': name,
    'org.opencontainers.image.base.digest': digest,
    'io.archspec.cpu.target': target,
    'org.hpcdk.spack.specs': roots.join(', '),
    // hybrid: the launcher of the host starts the MPI inside; none: there is no MPI inside.
    'org.hpcdk.mpi.model': mpi ? 'hybrid' : 'none',
    ...(mpi && {
      'org.supercontainers.mpi.implementation': mpi.name,
      'org.supercontainers.mpi.version': mpi.version,
    }),
  };
  return sortedEntries({ ...own, ...labels });
}
