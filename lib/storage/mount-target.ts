import type { IConstruct } from 'constructs';
import type { HostGroup } from '../app/host-fact';
import type { Codec } from '../values/codec';
import { reference } from '../values/codecs';

/** A construct with this method stands for machines that file systems are mounted on. */
export const MOUNT_GROUPS = Symbol.for('hpcdk/mount-groups');

/** Machines that file systems are mounted on: a cluster, or one pool of its nodes. */
export interface IMountTarget extends IConstruct {
  /** The hosts that Ansible mounts on. None for machines that mount when they start: burst nodes. */
  [MOUNT_GROUPS](): readonly HostGroup[];
}

/** Says whether `x` is something to mount on. */
export const isMountTarget = (x: unknown): x is IMountTarget =>
  typeof x === 'object' && x !== null && typeof (x as Partial<IMountTarget>)[MOUNT_GROUPS] === 'function';

/** Things to mount on in field tables. */
export const mountTarget: Codec<IMountTarget> = reference('a cluster or a pool of nodes', isMountTarget);
