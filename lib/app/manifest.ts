import { hash } from 'node:crypto';
import type { CodecType } from '../values/codec';
import { byCodeUnit, type Json } from '../values/json';
import type { Origin } from '../values/origin';
import type { Placement, Reader } from '../documents/document';
import type { App } from './app';
import { isConditional, resolveEffects, type ResolvedEffects, type SiteFacts } from './effect';
import type { FieldTable, Section } from './field';
import { type Kind, Noun, siteFactsAt } from './noun';
import type { RenderedFile } from './renderer';

/** The version that this library writes. Readers take the one before it too. */
export const MANIFEST_VERSION = 2;

/** The record of an output: what was declared, and what came of it. Diff, docs and cost read it and nothing else. */
export interface Manifest {
  readonly format: 'hpcdk-manifest';
  readonly version: number;
  /** The version of hpcdk that wrote it. */
  readonly tool: string;
  /** The field tables by name; a table depends on the site's facts when its effects do. */
  readonly tables: Readonly<Record<string, ManifestTable>>;
  /** The constructs by path. */
  readonly constructs: Readonly<Record<string, ManifestConstruct>>;
  /** The files by path below the output folder. */
  readonly files: Readonly<Record<string, ManifestFile>>;
  /** Constructs that moved: old path to new path. */
  readonly renames: Readonly<Record<string, string>>;
}

/** The field table of one kind, with the effects as they hold at the site. */
export interface ManifestTable {
  readonly kind: string;
  /** The page of the kind below docs/, without .md; empty when it has none. */
  readonly docs: string;
  readonly fields: Readonly<Record<string, ManifestField>>;
  /** The section is that of fields where none is named. */
  readonly lifecycle: {
    readonly section?: Section;
    readonly added: ResolvedEffects;
    readonly removed: ResolvedEffects;
  };
}

/** What a diff knows of a field. */
export interface ManifestField {
  readonly type: CodecType;
  readonly section: Section;
  readonly effects: ResolvedEffects;
}

/** One construct with its effective values. */
export interface ManifestConstruct {
  readonly table: string;
  /** Canonical values; those named in `defaults` were not written in the definition. */
  readonly values: Readonly<Record<string, Json>>;
  readonly defaults: readonly string[];
}

/** One file of the output. */
export interface ManifestFile {
  readonly sha256: string;
  readonly mode: string;
  /** Path of the noun that it comes from. */
  readonly owner: string;
  readonly format?: string;
  readonly host?: Placement;
  readonly readers?: readonly Reader[];
}

/** Where each construct was declared. Kept beside the manifest and outside its digest: a comment changes nothing. */
export type Sources = Readonly<Record<string, Origin>>;

const describe = (kind: Kind<FieldTable>, facts: SiteFacts): ManifestTable => ({
  kind: kind.kind,
  docs: kind.docs ?? '',
  fields: Object.fromEntries(
    Object.entries(kind.fields).map(([name, { codec, section, effects }]) => [
      name,
      { type: codec.type, section, effects: resolveEffects(effects, facts) },
    ]),
  ),
  lifecycle: {
    ...(kind.lifecycle.section && { section: kind.lifecycle.section }),
    added: resolveEffects(kind.lifecycle.added, facts),
    removed: resolveEffects(kind.lifecycle.removed, facts),
  },
});

const dependsOnFacts = (kind: Kind<FieldTable>): boolean =>
  isConditional(kind.lifecycle.added) ||
  isConditional(kind.lifecycle.removed) ||
  Object.values(kind.fields).some((field) => isConditional(field.effects));

/** Makes the manifest of a tree and the files that were rendered from it. */
export function makeManifest(app: App, files: ReadonlyMap<string, RenderedFile>, tool: string): Manifest {
  const tables: Record<string, ManifestTable> = {};
  const constructs: Record<string, ManifestConstruct> = {};
  const conditional = new Map<Kind<FieldTable>, boolean>();
  for (const noun of app.node.findAll().filter(Noun.isNoun)) {
    const kind = noun.definition;
    if (!conditional.has(kind)) conditional.set(kind, dependsOnFacts(kind));
    const facts = conditional.get(kind) ? siteFactsAt(noun) : {};
    const table = [kind.kind, ...Object.entries(facts).map(([name, value]) => `${name}-${value}`)].join('/');
    tables[table] ??= describe(kind, facts);
    const values = noun.canonical();
    const defaults = Object.keys(values).filter((name) => !noun.explicit.has(name));
    constructs[noun.node.path] = { table, values, defaults };
  }
  return {
    format: 'hpcdk-manifest',
    version: MANIFEST_VERSION,
    tool,
    tables: sorted(tables),
    constructs: sorted(constructs),
    files: sorted(Object.fromEntries([...files].map(([path, file]) => [path, describeFile(file)]))),
    renames: sorted(app.renames),
  };
}

function describeFile(file: RenderedFile): ManifestFile {
  return {
    sha256: hash('sha256', file.content),
    mode: file.mode.toString(8).padStart(4, '0'),
    owner: Noun.of(file.owner)?.node.path ?? '',
    ...(file.format && { format: file.format }),
    ...(file.host && { host: file.host }),
    ...(file.readers && { readers: file.readers }),
  };
}

/** Makes the record of source lines. */
export function makeSources(app: App): Sources {
  const sources: Record<string, Origin> = {};
  for (const noun of app.node.findAll().filter(Noun.isNoun)) {
    const source = noun.source(app.projectDir);
    if (source) sources[noun.node.path] = source;
  }
  return sorted(sources);
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => byCodeUnit(a, b)));
}
