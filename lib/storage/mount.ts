import { Construct, type IConstruct } from 'constructs';
import { defaulted, type Fields, optional, required } from '../app/field';
import { type Contribution, HOST_FACTS, type HostFact } from '../app/host-fact';
import { type FaultReport, Noun } from '../app/noun';
import { oncePer } from '../app/once-per';
import { absolutePath, boolean } from '../values/codecs';
import { byCodeUnit } from '../values/json';
import type { IFileSystem } from './file-system';
import { type IMountTarget, isMountTarget, MOUNT_GROUPS, mountTarget } from './mount-target';

/** How a file system is mounted. */
export interface MountOptions {
  /** Where. @default - the path of the file system */
  readonly path?: string;
  /** Whether nothing can be written. @default false */
  readonly readOnly?: boolean;
}

/** A file system on machines. */
export interface MountProps extends MountOptions {
  /** The machines. */
  readonly on: IMountTarget;
}

/** One line of /etc/fstab, or what a machine needs to make it when it starts. */
export interface MountEntry {
  readonly type: string;
  readonly source?: string;
  readonly parameter?: string;
  readonly path: string;
  readonly options: readonly string[];
}

const drain = (reason: string) =>
  ({
    class: 'rolling-drain',
    reason,
    running: 'running jobs that have files open there fail unless they end first',
    pending: 'pending jobs that need files there fail when they start',
    steps: [
      'drain every node and wait for the running jobs',
      'unmount {mount} on every host',
      'play mounts: file systems are mounted as declared',
      'resume every node',
    ],
  }) as const;

const fields = {
  on: required(mountTarget, { section: 'contract', effects: { any: drain('the file system is on other machines') } }),
  path: optional(absolutePath, {
    section: 'contract',
    effects: { any: drain('job scripts find their files elsewhere') },
  }),
  readOnly: defaulted(boolean, false, {
    section: 'contract',
    effects: { any: drain('the file system is mounted again; jobs that write there fail where it is read-only') },
  }),
} as const satisfies Fields<MountProps>;

const placeOf = (target: IConstruct, path: string): string => `${target.node.path}:${path}`;

/** The first mount at each place. */
const firstMounts = oncePer((mounts: readonly Mount[]): ReadonlyMap<string, Mount> => {
  const sound = mounts.filter(({ faults }) => faults.length === 0);
  // what comes later in the list is overwritten by what comes before it
  return new Map([...sound].reverse().map((mount) => [placeOf(mount.values.on, mount.entry.path), mount]));
});

/** A file system as machines see it; made by `mountOn`. */
export class Mount extends Noun<typeof fields> {
  static readonly kind = 'Mount';
  static readonly docs = 'storage/mount';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'contract' as const,
    added: {
      any: {
        class: 'none',
        reason: 'a file system is mounted beside the others',
        harmless: true,
        steps: ['play mounts: file systems are mounted as declared'],
      },
    },
    removed: { any: drain('the file system is no longer mounted') },
  } as const;

  /** Says whether `x` is a mount, of this copy of the library or of another. */
  static isMount(x: unknown): x is Mount {
    return Noun.isNoun(x) && x.definition.kind === Mount.kind;
  }

  /** What is mounted on machines, by a cluster and by a pool, in the order of the paths: one inside of another comes after it. */
  static on(...targets: readonly IConstruct[]): readonly Mount[] {
    const mounts = targets.flatMap((target) => target.node.tryFindChild('mounts')?.node.children ?? []);
    return mounts.filter(Mount.isMount).sort((a, b) => byCodeUnit(a.entry.path, b.entry.path));
  }

  constructor(
    readonly fileSystem: IFileSystem & Construct,
    target: IMountTarget,
    options: MountOptions = {},
  ) {
    super(
      scopeFor(target) ?? fileSystem,
      fileSystem.node.path.replaceAll('/', '.').slice(-60).replace(/^\W+/, ''),
      Mount,
      {
        ...options,
        on: target,
      },
    );
    fileSystem.mounted?.(this);
  }

  /** The line of /etc/fstab. */
  get entry(): MountEntry {
    const { type, source, parameter, options } = this.fileSystem.mountSource;
    return {
      type,
      ...(source !== undefined && { source }),
      ...(parameter !== undefined && { parameter }),
      path: this.values.path ?? this.fileSystem.path,
      options: [this.values.readOnly ? 'ro' : 'rw', ...options],
    };
  }

  override check(report: FaultReport<typeof fields>, alike: readonly Mount[]): void {
    const { path, source } = this.entry;
    // a burst pool mounts what its cluster mounts as well
    const targets = this.values.on.node.scopes.map((scope) => firstMounts(alike).get(placeOf(scope, path)));
    const earlier = targets.find((mount) => mount !== undefined);
    if (earlier && earlier !== this) {
      const message = `'${earlier.fileSystem.node.path}' is mounted at '${path}' of '${this.values.on.node.path}' too`;
      report({ code: 'HPC3900', message }, 'path');
    }
    if (source === undefined && this.values.on[MOUNT_GROUPS]().length > 0) {
      const message = `what is mounted from '${this.fileSystem.node.path}' is known only after terraform apply; '${this.values.on.node.path}' needs it before`;
      report({ code: 'HPC3901', message }, 'on');
    }
  }

  *[HOST_FACTS](): Iterable<Contribution> {
    const { type, source, path, options } = this.entry;
    if (source === undefined) return;
    const facts: HostFact[] = [
      ...(type.startsWith('nfs') ? [{ fact: 'package', debian: 'nfs-common', redhat: 'nfs-utils' } as const] : []),
      { fact: 'mount', source, path, type, options: [...options, '_netdev'] },
    ];
    for (const group of this.values.on[MOUNT_GROUPS]()) yield { group, role: 'mounts', facts };
  }
}

/** Mounts stand below the machines that have them: those say to which site they belong. */
function scopeFor(target: IMountTarget): Construct | undefined {
  if (!isMountTarget(target)) return undefined;
  return (
    (target.node.tryFindChild('mounts') as Construct | undefined) ??
    new Construct(target as IMountTarget & Construct, 'mounts')
  );
}
