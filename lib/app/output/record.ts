import { hash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnit } from '../../values/json';
import { HOME, RECORD } from './layout';
import { pathFault } from './output';
import { refuse, type Refusal } from './refusal';

/**
 * The ownership record `hpcdk/owned.json`: each file that we wrote with the sha256 of its bytes, sorted by path.
 * It depends on the output alone, so it may be committed to version control together with it.
 */
export interface OwnedRecord {
  readonly kind: 'record';
  readonly files: ReadonlyMap<string, string>;
  /** The record as it stands on disk; '' when there is none. */
  readonly text: string;
  /** Changes with every commit: a plan made before another commit is told apart by it. */
  readonly generation: string;
}

const NO_RECORD: OwnedRecord = { kind: 'record', files: new Map(), text: '', generation: '' };

/** The sha256 of the bytes, in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/** The bytes of a record of these files. */
export function printRecord(files: ReadonlyMap<string, string>): string {
  const sorted = [...files].sort(([a], [b]) => byCodeUnit(a, b));
  const lines = sorted.map(([path, sha]) => `    ${JSON.stringify(path)}: "${sha}"`);
  return `{\n  "version": 1,\n  "files": {${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}}\n}\n`;
}

/** Reads the record of an output folder; none is the empty one. A path in it that leaves the folder is refused. */
export function readRecord(dir: string): OwnedRecord | Refusal {
  const home = lstatSync(join(dir, HOME), { throwIfNoEntry: false });
  if (!home) return NO_RECORD;
  if (!home.isDirectory()) {
    const message = `"${join(dir, HOME)}" is no folder, where hpcdk keeps its ownership record`;
    return refuse({ code: 'HPC2606', path: HOME, message, fix: 'remove it or move it away' });
  }
  const stat = lstatSync(join(dir, RECORD), { throwIfNoEntry: false });
  if (!stat) return NO_RECORD;
  if (!stat.isFile()) return unreadable(dir, 'is no regular file');
  // The generation first: when another commit replaces the record in between, it is the older one and is told apart.
  const generation = recordGeneration(dir);
  const text = readFileSync(join(dir, RECORD), 'utf8');
  const files = parseFiles(text);
  if (typeof files === 'string') return unreadable(dir, files);
  return { kind: 'record', files, text, generation };
}

/** The generation of the record on disk, without reading it. */
export function recordGeneration(dir: string): string {
  const stat = lstatSync(join(dir, RECORD), { throwIfNoEntry: false, bigint: true });
  return stat ? `${stat.ino} ${stat.ctimeNs} ${stat.size}` : '';
}

function parseFiles(text: string): Map<string, string> | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return 'is no JSON';
  }
  const { version, files } = (parsed ?? {}) as { version?: unknown; files?: unknown };
  if (version !== 1) return `has version ${JSON.stringify(version)}, this hpcdk reads 1`;
  if (typeof files !== 'object' || files === null) return 'has no files';
  const entries = Object.entries(files);
  for (const [path, sha] of entries) {
    const fault = pathFault(path);
    if (fault) return `names the path ${JSON.stringify(path)}, which ${fault}`;
    if (typeof sha !== 'string' || !/^[0-9a-f]{64}$/.test(sha)) return `has no sha256 for "${path}"`;
  }
  return new Map(entries as [string, string][]);
}

function unreadable(dir: string, fault: string): Refusal {
  return refuse({
    code: 'HPC2607',
    path: RECORD,
    message: `the ownership record "${join(dir, RECORD)}" ${fault}`,
    fix: 'restore it from version control, or delete it: files that equal the output are then adopted',
  });
}
