import type { Construct } from 'constructs';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, required } from '../app/field';
import { Noun } from '../app/noun';
import { absolutePath, matching, oneOf } from '../values/codecs';
import { list } from '../values/collections';
import type { IFileSystem, MountSource } from './file-system';
import { Mount, type MountOptions } from './mount';
import { ELSEWHERE, hostName, mountOption, OTHER_PATH, REMOUNT } from './mount-fields';
import type { IMountTarget } from './mount-target';

/** An NFS export of a filer that exists already. */
export interface ExistingNfsProps {
  /** The filer: a host name or an address. */
  readonly server: string;
  /** The exported path. */
  readonly export: string;
  /** Where it is mounted, unless a mount says otherwise. */
  readonly path: string;
  /** The version of the protocol. @default 4.2 */
  readonly version?: '3' | '4.0' | '4.1' | '4.2';
  /** Further options of nfs(5). @default ['hard'] */
  readonly options?: readonly string[];
}

const fields = {
  server: required(hostName, { section: 'data', effects: ELSEWHERE }),
  export: required(
    matching({
      what: 'an exported path',
      pattern: /^\/[A-Za-z0-9._/@+-]*$/,
      allowed: 'an absolute path of letters, digits and . _ / @ + -',
      max: 1023,
    }),
    { section: 'data', effects: ELSEWHERE },
  ),
  path: required(absolutePath, { section: 'contract', effects: OTHER_PATH }),
  version: defaulted(oneOf(['3', '4.0', '4.1', '4.2']), '4.2', { section: 'other', effects: REMOUNT }),
  options: defaulted(list(mountOption, { ordered: true }), ['hard'], { section: 'other', effects: REMOUNT }),
} as const satisfies Fields<ExistingNfsProps>;

/** An NFS export that is run elsewhere: hpcdk mounts it and changes nothing on the filer. */
export class ExistingNfs extends Noun<typeof fields> implements IFileSystem {
  static readonly kind = 'ExistingNfs';
  static readonly docs = 'storage/existing-nfs';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'contract' as const,
    added: NO_EFFECT('hosts see nothing of it before they mount it'),
    removed: NO_EFFECT('its mounts go with it'),
  };

  constructor(scope: Construct, id: string, props: ExistingNfsProps) {
    super(scope, id, ExistingNfs, props);
  }

  get path(): string {
    return this.values.path;
  }

  get mountSource(): MountSource {
    const { server, export: exported, version, options } = this.values;
    return {
      type: version === '3' ? 'nfs' : 'nfs4',
      source: `${server}:${exported}`,
      options: [`vers=${version}`, ...options],
    };
  }

  mountOn(target: IMountTarget, options?: MountOptions): Mount {
    return new Mount(this, target, options);
  }
}
