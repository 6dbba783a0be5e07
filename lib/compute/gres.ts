import type { Codec } from '../values/codec';
import { integer, matching } from '../values/codecs';
import { record } from '../values/collections';

/** One kind of generic resource of a node, such as four GPUs of a model. */
export interface GresProps {
  /** What it is: `gpu`, `mps`, `shard`, `nic`. */
  readonly name: string;
  /** Its model in lower case, e.g. `a100`; jobs ask for it by this word. @default - any model */
  readonly type?: string;
  /** How many a node has. */
  readonly count: number;
  /** The device files as a hostlist expression. @default - `/dev/nvidia[0-N]` for GPUs, none otherwise */
  readonly files?: string;
  /** The cores next to the devices, e.g. `0-31`. @default - all */
  readonly cores?: string;
}

const word = matching({
  what: 'a GRES name',
  pattern: /^[a-z][a-z0-9_.-]*$/,
  allowed: 'lower-case letters, digits, dots, "_" and "-", starting with a letter',
  max: 63,
});

/** Generic resources of a node (gres.conf(5)). */
export const gres: Codec<GresProps> = record(
  { name: word, count: integer(1, 1024) },
  {
    type: word,
    files: matching({
      what: 'device files',
      pattern: /^\/dev\/[A-Za-z0-9_/.-]+(\[[0-9,-]+\])?$/,
      allowed: 'one path below /dev, with a bracket of numbers for several, e.g. /dev/nvidia[0-3]',
    }),
    cores: matching({ what: 'a list of cores', pattern: /^\d+(-\d+)?(,\d+(-\d+)?)*$/, allowed: 'e.g. 0-31 or 0,2,4' }),
  },
);

/** The `gpu:a100:4` of slurm.conf. */
export const gresText = ({ name, type, count }: GresProps): string =>
  [name, type, count].filter((part) => part !== undefined).join(':');

/** The device files, where they are known. */
export function gresFiles({ name, count, files }: GresProps): string | undefined {
  if (files !== undefined) return files;
  if (name !== 'gpu') return undefined;
  return count === 1 ? '/dev/nvidia0' : `/dev/nvidia[0-${count - 1}]`;
}

/** Device files that two resources of one node share: a device belongs to one of them. */
export function sharedFiles(resources: readonly GresProps[]): readonly string[] {
  const all = resources.flatMap((resource) => devicesOf(gresFiles(resource)));
  return [...new Set(all.filter((file, index) => all.indexOf(file) !== index))];
}

/** `/dev/nvidia[0-3,6]` one by one; a node has few devices. */
function devicesOf(files: string | undefined): string[] {
  const match = /^(.*)\[([0-9,-]+)\]$/.exec(files ?? '');
  if (!match) return files === undefined ? [] : [files];
  const [, stem, ranges] = match as unknown as [string, string, string];
  return ranges.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number) as [number, number?];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => `${stem}${first + n}`);
  });
}
