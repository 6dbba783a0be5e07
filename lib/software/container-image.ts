import type { Construct } from 'constructs';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, optional, required } from '../app/field';
import { type FaultReport, Noun } from '../app/noun';
import { apptainer } from '../documents/apptainer';
import { containerfile } from '../documents/containerfile';
import { Document, FOLDER } from '../documents/document';
import { quotedYaml } from '../documents/yaml';
import { line, matching, oneOf, reference } from '../values/codecs';
import { list, map } from '../values/collections';
import { closest } from '../values/closest';
import { Spec } from '../values/spec';
import { type Compiler, compiler } from './compiler';
import { type External, external } from './external';
import { imageEnvironment } from './images/image-environment';
import { apptainerOf, containerfileOf } from './images/image-files';
import { imageRef } from './images/image-ref';
import { type Mpi, mpi } from './mpi';
import { mpiNeed } from './mpi-packages';
import { selector } from './selector';
import { SoftwareStack } from './software-stack';
import { rebuildImage as rebuild, userContract } from './stack/effects';
import { isPythonPackage, isSelected, sorted, withoutCompiler } from './stack/installs';
import { canBuild, runsOn, type Target, targets } from '../values/target';

/** A container image. */
export interface ContainerImageProps {
  /** The stack that its software is chosen from. */
  readonly stack: SoftwareStack;
  /** The roots that it holds, by name or with variants: `gromacs`, `gromacs +cuda`. */
  readonly roots: readonly string[];
  /** The image that it is built upon, by digest: `docker.io/library/debian@sha256:...`. */
  readonly base: string;
  /** The image with Spack and a compiler that builds it, by digest; of the same distribution as the base. */
  readonly builder: string;
  /** One of the stack's targets; the oldest machine that shall run the image decides. */
  readonly target: Target;
  /** The compiler of the builder. @default - that of the stack's core level, at the same prefix */
  readonly compiler?: Compiler;
  /** One of the stack's MPIs. @default - the first one, when a root needs MPI */
  readonly mpi?: Mpi;
  /** What builder and base have already. @default [] */
  readonly externals?: readonly External[];
  /** The machines that it shall run on. @default - not checked */
  readonly machines?: readonly Target[];
  /** Further labels, such as `org.opencontainers.image.licenses`. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** The program that it runs, with its arguments. @default - a shell */
  readonly run?: readonly string[];
}

const labelName = matching({
  what: 'the name of a label',
  pattern: /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/,
  allowed: 'lower-case letters and digits, with dots and - between them (OCI image annotations)',
});

const fields = {
  stack: required(reference('a SoftwareStack', SoftwareStack.isSoftwareStack), {
    section: 'software',
    effects: { any: rebuild('the image is built from another stack') },
  }),
  roots: required(list(selector, { item: 'root', min: 1 }), {
    section: 'contract',
    effects: {
      increased: rebuild('the image has further programs', { harmless: true }),
      any: rebuild('users of the image find other programs in it'),
    },
  }),
  base: required(imageRef, { section: 'software', effects: { any: rebuild('the image is built on another base') } }),
  builder: required(imageRef, {
    section: 'software',
    effects: { any: rebuild('another Spack or compiler builds it') },
  }),
  target: required(oneOf(targets), {
    section: 'contract',
    effects: { any: rebuild('it runs on other machines than before') },
  }),
  compiler: optional(compiler, { section: 'software', effects: { any: rebuild('everything in it is built again') } }),
  mpi: optional(mpi, {
    section: 'contract',
    effects: { any: rebuild('the MPI of the hosts must fit the one inside') },
  }),
  externals: defaulted(list(external, { item: 'external' }), [], {
    section: 'software',
    effects: { any: rebuild('what depends on the external is built again') },
  }),
  machines: defaulted(list(oneOf(targets), { item: 'machine' }), [], {
    section: 'other',
    effects: NO_EFFECT('it is checked against the target only'),
  }),
  labels: defaulted(
    map(line, labelName),
    {},
    { section: 'other', effects: NO_EFFECT('labels are read by people and tools') },
  ),
  run: optional(list(line, { item: 'word', ordered: true, min: 1 }), {
    section: 'contract',
    effects: userContract('users of `podman run` and `apptainer run` get another program'),
  }),
} as const satisfies Fields<ContainerImageProps>;

/** An image with software of a stack, as a Containerfile and as a definition for Apptainer. */
export class ContainerImage extends Noun<typeof fields> {
  static readonly kind = 'ContainerImage';
  static readonly docs = 'software/container-image';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'software' as const,
    added: { any: rebuild('a new image is built', { harmless: true }) },
    removed: NO_EFFECT('the image is no longer described; registries keep what they have'),
  };

  constructor(scope: Construct, id: string, props: ContainerImageProps) {
    super(scope, id, ContainerImage, props);
    new Document(this, 'spack.yaml', { path: 'spack.yaml', format: quotedYaml, content: () => imageEnvironment(this) });
    new Document(this, 'Containerfile', {
      path: 'Containerfile',
      format: containerfile,
      content: () => containerfileOf(this),
    });
    new Document(this, 'definition', {
      path: `${this.node.id}.def`,
      format: apptainer,
      content: () => apptainerOf(this),
    });
  }

  get [FOLDER](): string {
    return `containers/${this.node.id}`;
  }

  /** The roots of the stack that it holds. */
  get roots(): readonly Spec[] {
    const { core, specs } = this.values.stack.values;
    const wanted = this.values.roots.map((text) => Spec.parse(text));
    return sorted([...core, ...specs])
      .filter((root) => wanted.some((one) => isSelected(root, one)))
      .map(withoutCompiler);
  }

  /** The compiler that everything in it is built with. */
  get compiler(): Compiler | undefined {
    return this.values.compiler ?? this.values.stack.coreCompiler;
  }

  /** The MPI inside; none when no root needs one. */
  get mpi(): Mpi | undefined {
    if (this.values.mpi) return this.values.mpi;
    return this.roots.some(mpiNeed) ? this.values.stack.values.mpis[0] : undefined;
  }

  /** The Python of the stack, when a root of the image is for it. */
  get python(): Spec | undefined {
    const { core, specs } = this.values.stack.values;
    const isNeeded = this.roots.some(({ name }) => isPythonPackage(name));
    return isNeeded ? [...specs, ...core].find(({ name }) => name === 'python') : undefined;
  }

  override check(report: FaultReport<typeof fields>): void {
    const { stack, roots, target, machines, mpi: wanted } = this.values;
    const { core, specs, mpis, targets: built } = stack.values;
    const names = [...new Set([...core, ...specs].map(({ name }) => name))];
    roots.forEach((text, index) => {
      if ([...core, ...specs].some((root) => isSelected(root, Spec.parse(text)))) return;
      const near = closest(text, names);
      const fix = near ? { fix: `did you mean '${near}'?` } : {};
      report({ code: 'HPC3203', message: `the stack has no root '${text}'`, ...fix }, 'roots', `[${index}]`);
    });
    if (wanted && !mpis.some((one) => one.id === wanted.id)) {
      const message = `the stack has no ${wanted.id}, only ${mpis.map(({ id }) => id).join(', ') || 'no MPI at all'}`;
      report({ code: 'HPC3203', message }, 'mpi');
    }
    if (!built.includes(target)) {
      const message = `the stack is not built for ${target}, only for ${built.join(', ')}`;
      report({ code: 'HPC3203', message }, 'target');
    }
    const { compiler: own } = this;
    if (own && !canBuild(own.family, own.version, target)) {
      report({ code: 'HPC3006', message: `${own.name} ${own.version} cannot build for ${target}` }, 'target');
    }
    const tooOld = machines.find((machine) => !runsOn(target, machine));
    if (tooOld) {
      const message = `code for ${target} does not run on ${tooOld}`;
      report({ code: 'HPC3202', message, fix: 'choose a target that all machines run' }, 'target');
    }
  }
}
