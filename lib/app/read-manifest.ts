import { type Problem, quote } from '../values/problem';
import type { Manifest, ManifestTable } from './manifest';
import { MANIFEST_VERSION } from './manifest-version';

/** How a manifest of one version becomes one of the next. */
const upgrades: Readonly<Record<number, (old: Manifest) => Manifest>> = {
  // version 2 names the docs page of each kind
  1: (old) => ({ ...old, version: 2, tables: mapValues(old.tables, (table) => ({ ...table, docs: '' })) }),
};

/**
 * Reads a manifest of this version or of the one before it; unknown keys are kept and ignored.
 *
 * @returns the manifest in this version's form, or what is wrong with the text
 */
export function readManifest(text: string): Manifest | Problem {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest;
  } catch {
    return { code: 'HPC2520', message: 'the manifest is no JSON', fix: 'run hpcdk synth again' };
  }
  if (manifest?.format !== 'hpcdk-manifest' || !Number.isInteger(manifest.version)) {
    return {
      code: 'HPC2520',
      message: 'the file is no manifest of hpcdk',
      fix: 'name hpcdk/manifest.json of an output',
    };
  }
  if (manifest.version > MANIFEST_VERSION) {
    const message = `the manifest has version ${manifest.version}, hpcdk ${quote(manifest.tool)} wrote it; this one reads up to ${MANIFEST_VERSION}`;
    return { code: 'HPC2521', message, fix: 'upgrade hpcdk' };
  }
  while (manifest.version < MANIFEST_VERSION) {
    const upgrade = upgrades[manifest.version];
    if (!upgrade) {
      const message = `the manifest has version ${manifest.version}, which is too old to be read`;
      return { code: 'HPC2521', message, fix: 'synthesise its definition again' };
    }
    manifest = upgrade(manifest);
  }
  return manifest;
}

function mapValues(record: Readonly<Record<string, ManifestTable>>, f: (table: ManifestTable) => ManifestTable) {
  return Object.fromEntries(Object.entries(record).map(([name, table]) => [name, f(table)]));
}
