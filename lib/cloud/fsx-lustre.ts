import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, optional, required } from '../app/field';
import { type FaultReport, Noun } from '../app/noun';
import type { IFileSystem, MountSource } from '../storage/file-system';
import { Mount, type MountOptions } from '../storage/mount';
import { OTHER_PATH } from '../storage/mount-fields';
import type { IMountTarget } from '../storage/mount-target';
import { closest } from '../values/closest';
import { absolutePath, matching, oneOf, size } from '../values/codecs';
import type { Size } from '../values/size';
import type { AwsCloud } from './aws-cloud';
import { checkId } from './check-id';
import { DATA_ANEW, DATA_GOES } from './effects';
import { firstId } from './former-paths';

/** A parallel file system in a cloud (Amazon FSx for Lustre). */
export interface FsxLustreProps {
  /** Where it is mounted, unless a mount says otherwise. */
  readonly path: string;
  /** Its size: 1200 GiB or a multiple of 2400 GiB. */
  readonly capacity: Size;
  /** `scratch`: data is lost when a server fails; `persistent`: data is kept twice. @default persistent */
  readonly durability?: 'scratch' | 'persistent';
  /** Throughput of a persistent one, in MB/s for each TiB. @default 250 */
  readonly throughput?: '125' | '250' | '500' | '1000';
  /** The zone that it stands in, where its nodes should be as well. @default - the first one of the cloud */
  readonly zone?: string;
}

const fields = {
  path: required(absolutePath, { section: 'contract', effects: OTHER_PATH }),
  capacity: required(size, {
    section: 'capacity',
    effects: {
      increased: { class: 'none', reason: 'the file system grows while it is in use, at most every six hours' },
      any: DATA_ANEW.any!,
    },
  }),
  durability: defaulted(oneOf(['scratch', 'persistent']), 'persistent', { section: 'data', effects: DATA_ANEW }),
  throughput: defaulted(oneOf(['125', '250', '500', '1000']), '250', {
    section: 'capacity',
    effects: NO_EFFECT('the throughput changes in place; clients wait for some minutes'),
  }),
  zone: optional(matching({ what: 'a zone', pattern: /^[a-z0-9-]+$/, allowed: 'such as eu-central-1a' }), {
    section: 'data',
    effects: DATA_ANEW,
  }),
} as const satisfies Fields<FsxLustreProps>;

/** A Lustre file system in a cloud. Nodes of burst pools look up how it is mounted when they start. */
export class FsxLustre extends Noun<typeof fields> implements IFileSystem {
  static readonly kind = 'FsxLustre';
  static readonly docs = 'cloud/fsx-lustre';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'capacity' as const,
    added: NO_EFFECT('a new file system'),
    removed: DATA_GOES,
  };

  constructor(
    readonly cloud: AwsCloud,
    id: string,
    props: FsxLustreProps,
  ) {
    super(cloud, id, FsxLustre, props);
  }

  get path(): string {
    return this.values.path;
  }

  /** Its zone as a number of the cloud's, from 0. */
  get zoneIndex(): number {
    return this.values.zone === undefined ? 0 : this.cloud.zoneNames.indexOf(this.values.zone);
  }

  /** The SSM parameter that holds what is mounted: AWS makes that name up when it creates the file system. */
  get parameter(): string {
    return `/hpcdk/${this.cloud.stackName}/${firstId(this)}`;
  }

  get mountSource(): MountSource {
    return { type: 'lustre', parameter: this.parameter, options: ['flock', 'noatime'] };
  }

  mountOn(target: IMountTarget, options?: MountOptions): Mount {
    return new Mount(this, target, options);
  }

  override check(report: FaultReport<typeof fields>): void {
    checkId(this, report);
    const gib = this.values.capacity.mib / 1024;
    if (gib !== 1200 && (gib % 2400 !== 0 || gib === 0)) {
      const near = Math.max(1, Math.round(gib / 2400)) * 2400;
      const fix = `did you mean Size.gib(${gib < 1800 ? 1200 : near})?`;
      report(
        { code: 'HPC5051', message: `${this.values.capacity} is neither 1200 GiB nor a multiple of 2400 GiB`, fix },
        'capacity',
      );
    }
    if (this.zoneIndex < 0) {
      const near = closest(this.values.zone ?? '', this.cloud.zoneNames);
      const fix = near ? `did you mean '${near}'?` : `it has ${this.cloud.zoneNames.join(', ')}`;
      report({ code: 'HPC5037', message: `'${this.cloud.node.path}' has no zone '${this.values.zone}'`, fix }, 'zone');
    }
  }
}
