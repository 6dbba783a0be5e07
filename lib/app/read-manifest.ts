import { type Problem, quote } from '../values/problem';
import type { Manifest, ManifestTable } from './manifest';
import { MANIFEST_VERSION } from './manifest-version';
import { isRecord } from '../values/json';

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
  const damage = damageOf(manifest);
  if (damage !== undefined)
    return { code: 'HPC2520', message: `the manifest is damaged: ${damage}`, fix: 'run hpcdk synth again' };
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

/** What a manifest lacks that every reader takes for granted. A file of it never stands outside its output. */
function damageOf(manifest: Manifest): string | undefined {
  for (const part of ['tables', 'constructs', 'files', 'renames'] as const) {
    const parts: unknown = manifest[part];
    if (!isRecord(parts)) return `it has no ${part}`;
    if (part === 'renames') continue;
    for (const [name, one] of Object.entries(parts)) {
      if (!isRecord(one) || !REQUIRED[part].every((key) => isRecord(one[key]) || typeof one[key] === 'string'))
        return `${quote(name)} of its ${part} is incomplete`;
      if (part === 'files' && /^\/|(^|\/)\.\.(\/|$)/.test(name)) return `the file ${quote(name)} leaves the output`;
    }
  }
  const undefinedDefaults = Object.entries(manifest.constructs).find(([, { defaults }]) => !Array.isArray(defaults));
  return undefinedDefaults && `${quote(undefinedDefaults[0])} of its constructs is incomplete`;
}

const REQUIRED = {
  tables: ['kind', 'fields', 'lifecycle'],
  constructs: ['table', 'values'],
  files: ['sha256', 'mode', 'owner'],
} as const;

function mapValues(record: Readonly<Record<string, ManifestTable>>, f: (table: ManifestTable) => ManifestTable) {
  return Object.fromEntries(Object.entries(record).map(([name, table]) => [name, f(table)]));
}
