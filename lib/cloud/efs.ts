import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, required } from '../app/field';
import { type FaultReport, Noun } from '../app/noun';
import type { IFileSystem, MountSource } from '../storage/file-system';
import { Mount, type MountOptions } from '../storage/mount';
import { OTHER_PATH } from '../storage/mount-fields';
import type { IMountTarget } from '../storage/mount-target';
import { absolutePath, boolean, oneOf } from '../values/codecs';
import type { AwsCloud } from './aws-cloud';
import { checkId } from './check-id';
import { DATA_GOES } from './effects';
import { firstId } from './former-paths';

/** An NFS file system in a cloud (Amazon EFS): it grows with what is in it. */
export interface EfsProps {
  /** Where it is mounted, unless a mount says otherwise. */
  readonly path: string;
  /** Whether AWS Backup keeps daily copies for 35 days. @default true */
  readonly backup?: boolean;
  /** How throughput is paid for: by use, or by the size of what is stored. @default elastic */
  readonly throughput?: 'elastic' | 'bursting';
}

const fields = {
  path: required(absolutePath, { section: 'contract', effects: OTHER_PATH }),
  backup: defaulted(boolean, true, { section: 'data', effects: NO_EFFECT('it decides about copies from now on') }),
  throughput: defaulted(oneOf(['elastic', 'bursting']), 'elastic', {
    section: 'capacity',
    effects: NO_EFFECT('the mode of throughput changes in place, at most once a day'),
  }),
} as const satisfies Fields<EfsProps>;

/** An NFS file system in a cloud, in all of its zones, under a name that is known before it exists. */
export class Efs extends Noun<typeof fields> implements IFileSystem {
  static readonly kind = 'Efs';
  static readonly docs = 'cloud/efs';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'capacity' as const,
    added: NO_EFFECT('a new file system'),
    removed: DATA_GOES,
  };

  /** What mounts it. */
  readonly mounts: Mount[] = [];

  constructor(
    readonly cloud: AwsCloud,
    id: string,
    props: EfsProps,
  ) {
    super(cloud, id, Efs, props);
  }

  get path(): string {
    return this.values.path;
  }

  /** Its name in the private zone of the cloud: AWS makes up its own only when the file system is created. */
  get hostName(): string {
    return `${firstId(this)}.${this.cloud.domain}`;
  }

  /** Options as the EFS user guide recommends them ("Recommended NFS mount options"). */
  get mountSource(): MountSource {
    return {
      type: 'nfs4',
      source: `${this.hostName}:/`,
      options: ['vers=4.1', 'rsize=1048576', 'wsize=1048576', 'hard', 'timeo=600', 'retrans=2', 'noresvport'],
    };
  }

  mountOn(target: IMountTarget, options?: MountOptions): Mount {
    return new Mount(this, target, options);
  }

  mounted(mount: Mount): void {
    this.mounts.push(mount);
  }

  override check(report: FaultReport<typeof fields>): void {
    checkId(this, report);
  }
}
