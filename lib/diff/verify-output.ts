import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../app/manifest';
import { byCodeUnit } from '../values/json';
import { outputDigest } from './side';

/** The files of an output folder against its manifest. */
export interface VerifiedOutput {
  /** sha256 over all that reaches a host or a cloud, as reviews show it. */
  readonly digest: string;
  /** How many files the manifest names. */
  readonly files: number;
  /** Those whose bytes are others than synth wrote, or that cannot be read. */
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /** Files that hpcdk did not write: the digest says nothing of them. */
  readonly foreign: readonly string[];
}

/** Reads every file of an output folder: whether what stands there is what the manifest, and so its digest, speaks of. */
export function verifyOutput(folder: string, manifest: Manifest): VerifiedOutput {
  const paths = Object.keys(manifest.files).sort(byCodeUnit);
  const [changed, missing]: [string[], string[]] = [[], []];
  for (const path of paths) {
    const found = sha256At(join(folder, path));
    if (found === undefined) missing.push(path);
    else if (found !== manifest.files[path]?.sha256) changed.push(path);
  }
  const known = new Set(paths);
  return {
    digest: outputDigest(manifest),
    files: paths.length,
    changed,
    missing,
    foreign: filesBelow(folder).filter((path) => !known.has(path)),
  };
}

/** @returns undefined where there is nothing; a text that is no sha256 where something cannot be read */
function sha256At(path: string): string | undefined {
  try {
    return hash('sha256', readFileSync(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'unreadable';
  }
}

/** What Terraform keeps in its folder, and what hpcdk keeps in its own. */
const KEPT = /^(hpcdk|\.terraform|\.terraform\.lock\.hcl|terraform\.tfstate.*|\.terraform\.tfstate\.lock\.info)$/;

function filesBelow(folder: string, place = ''): string[] {
  return readdirSync(join(folder, place), { withFileTypes: true })
    .filter(({ name }) => !KEPT.test(name))
    .sort((a, b) => byCodeUnit(a.name, b.name))
    .flatMap((entry) => {
      const path = place === '' ? entry.name : `${place}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(folder, path) : [path];
    });
}
