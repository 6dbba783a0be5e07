import type { IConstruct } from 'constructs';
import type { IMountTarget } from './mount-target';
import type { Mount, MountOptions } from './mount';

/** What mount(8) is told about a file system. */
export interface MountSource {
  /** Type, e.g. `nfs4` or `lustre`. */
  readonly type: string;
  /** What is mounted, e.g. `filer:/export/home`. Missing when it is known only after `terraform apply`. */
  readonly source?: string;
  /** Where a machine in the cloud looks the source up when it starts: the name of an SSM parameter. */
  readonly parameter?: string;
  /** Options, in the order in which they are written. */
  readonly options: readonly string[];
}

/** A file system that machines mount: one that exists already, or one in a cloud. */
export interface IFileSystem extends IConstruct {
  /** Where it is mounted unless a mount says otherwise. */
  readonly path: string;
  readonly mountSource: MountSource;
  /** Mounts it on a cluster or on one pool of nodes. */
  mountOn(target: IMountTarget, options?: MountOptions): Mount;
  /** Told of each mount of it. */
  mounted?(mount: Mount): void;
}
