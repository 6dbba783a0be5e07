import type { Construct } from 'constructs';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, required } from '../app/field';
import { Noun } from '../app/noun';
import { absolutePath, matching } from '../values/codecs';
import { list } from '../values/collections';
import type { IFileSystem, MountSource } from './file-system';
import { Mount, type MountOptions } from './mount';
import { ELSEWHERE, mountOption, OTHER_PATH, REMOUNT } from './mount-fields';
import type { IMountTarget } from './mount-target';

/** A Lustre file system that exists already. */
export interface ExistingLustreProps {
  /** Its management servers by network identifier, e.g. `mgs1@o2ib`; a second one takes over when the first fails. */
  readonly mgs: readonly string[];
  /** Its name, at most eight characters. */
  readonly name: string;
  /** Where it is mounted, unless a mount says otherwise. */
  readonly path: string;
  /** Options of mount.lustre(8). @default ['flock'] */
  readonly options?: readonly string[];
}

const nid = matching({
  what: 'a Lustre network identifier',
  pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?@(tcp|o2ib|kfi)\d{0,3}$/,
  allowed: 'a host and a network, such as mgs1@o2ib or 10.0.0.5@tcp1',
});

const fields = {
  mgs: required(list(nid, { ordered: true, min: 1, item: 'management server' }), {
    section: 'data',
    effects: ELSEWHERE,
  }),
  name: required(
    matching({
      what: 'a name of a Lustre file system',
      pattern: /^[A-Za-z0-9_-]+$/,
      allowed: 'up to 8 letters, digits, "_" and "-" (mkfs.lustre(8), --fsname)',
      max: 8,
    }),
    { section: 'data', effects: ELSEWHERE },
  ),
  path: required(absolutePath, { section: 'contract', effects: OTHER_PATH }),
  options: defaulted(list(mountOption, { ordered: true }), ['flock'], { section: 'other', effects: REMOUNT }),
} as const satisfies Fields<ExistingLustreProps>;

/** A Lustre file system that is run elsewhere. Its client belongs to the image of the nodes: distributions have no package. */
export class ExistingLustre extends Noun<typeof fields> implements IFileSystem {
  static readonly kind = 'ExistingLustre';
  static readonly docs = 'storage/existing-lustre';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'contract' as const,
    added: NO_EFFECT('hosts see nothing of it before they mount it'),
    removed: NO_EFFECT('its mounts go with it'),
  };

  constructor(scope: Construct, id: string, props: ExistingLustreProps) {
    super(scope, id, ExistingLustre, props);
  }

  get path(): string {
    return this.values.path;
  }

  get mountSource(): MountSource {
    const { mgs, name, options } = this.values;
    return { type: 'lustre', source: `${mgs.join(':')}:/${name}`, options };
  }

  mountOn(target: IMountTarget, options?: MountOptions): Mount {
    return new Mount(this, target, options);
  }
}
