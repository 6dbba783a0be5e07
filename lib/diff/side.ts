import { hash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, ManifestFile, Sources } from '../app/manifest';
import { readManifest } from '../app/read-manifest';
import { byCodeUnit } from '../values/json';
import { type Problem, quote } from '../values/problem';
import type { DiffSide } from './model';
import { count } from './words';

/** One side of a comparison: a manifest, and the files when the output is there. */
export interface Side {
  /** What the user called it. */
  readonly label: string;
  readonly manifest: Manifest;
  /** Where each construct was declared; empty when only the manifest is there. */
  readonly sources: Sources;
  /** The text of a file of the output. @default - there is only a manifest */
  readonly read?: (path: string) => string;
  /** Whether a file of the manifest is there. @default - every file that is read is */
  readonly has?: (path: string) => boolean;
  /** The text of a spack.lock that is kept elsewhere, by the path that it would have in the output. @default - beside its spack.yaml */
  readonly locks?: (path: string) => string | undefined;
}

const MANIFEST = join('hpcdk', 'manifest.json');

/**
 * Opens an output folder, or a manifest alone.
 *
 * @param label what messages and views call it
 */
export function openSide(path: string, label = path): Side | Problem {
  const folder = isFolder(path);
  const file = folder ? join(path, MANIFEST) : path;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = folder
      ? `${quote(label)} is no output of hpcdk: it has no ${MANIFEST}`
      : `${quote(label)} cannot be read (${code ?? 'unknown error'})`;
    return { code: 'HPC2700', message, fix: 'name the folder that hpcdk synth wrote, or its hpcdk/manifest.json' };
  }
  const manifest = readManifest(text);
  if ('code' in manifest) return { ...manifest, message: `${quote(label)}: ${manifest.message}` };
  if (!folder) return { label, manifest, sources: {} };
  const sources = readSources(path);
  const at = (name: string): string => join(path, name);
  return {
    label,
    manifest,
    sources,
    read: (name) => readFileSync(at(name), 'utf8'),
    has: (name) => existsSync(at(name)),
  };
}

/** Files that differ and are not there: a comparison without them would keep silent about what they say. */
export function missingFiles(before: Side, after: Side): Problem[] {
  return [
    [before, after],
    [after, before],
  ].flatMap(([one, other]) => {
    const { label, manifest, has } = one as Side;
    if (!has) return [];
    const { files } = (other as Side).manifest;
    const [first, ...more] = Object.keys(manifest.files).filter(
      (path) => manifest.files[path]?.sha256 !== files[path]?.sha256 && !has(path),
    );
    if (first === undefined) return [];
    const others = more.length > 0 ? ` and ${count(more.length, 'more file')}` : '';
    const message = `${quote(label)} is not complete: it lacks ${quote(first)}${others} of its manifest`;
    return [{ code: 'HPC2700', message, fix: 'synthesise it again, or compare its hpcdk/manifest.json' }];
  });
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The record of source lines; an output that was copied without it is compared all the same. */
function readSources(folder: string): Sources {
  try {
    return JSON.parse(readFileSync(join(folder, 'hpcdk', 'sources.json'), 'utf8')) as Sources;
  } catch {
    return {};
  }
}

/** What a diff says of a side. */
export const describeSide = ({ label, manifest, read }: Side): DiffSide => ({
  label,
  tool: manifest.tool,
  level: read ? 'output' : 'manifest',
  digest: outputDigest(manifest),
});

/**
 * The digest of everything that reaches a host or a cloud: path, mode, content and place of every file. What a review said
 * yes to is what has this digest.
 */
export function outputDigest({ files }: Manifest): string {
  const paths = Object.keys(files);
  // a manifest has them in order; to look costs less than to sort
  if (paths.some((path, at) => at > 0 && path < (paths[at - 1] as string))) paths.sort(byCodeUnit);
  const lines = paths.map((path) => {
    const { sha256, mode, host } = files[path] as ManifestFile;
    return `${path}\0${sha256}\0${mode}\0${host ? JSON.stringify(host) : ''}`;
  });
  return hash('sha256', lines.join('\n'));
}
