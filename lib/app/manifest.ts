import { hash } from 'node:crypto';
import type { CodecType } from '../values/codec';
import { byCodeUnit, type Json } from '../values/json';
import type { Origin } from '../values/origin';
import type { Placement, Reader } from '../documents/document';
import type { App } from './app';
import { isConditional, resolveEffects, type ResolvedEffects, type SiteFacts } from './effect';
import type { Field, FieldTable, KeyOptions, Section } from './field';
import { type Kind, Noun, siteFactsAt } from './noun';
import type { RenderedFile } from './renderer';
import type { ManifestSite } from './manifest-site';
import { MANIFEST_VERSION } from './manifest-version';

export type { ManifestSite } from './manifest-site';

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
  /** The hosts of the sites by path; sites without an Ansible project have none. @default - there are none */
  readonly sites?: Readonly<Record<string, ManifestSite>>;
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
    /** @default - as removed */
    readonly moved?: ResolvedEffects;
  };
}

/** What a diff knows of a field. */
export interface ManifestField {
  readonly type: CodecType;
  readonly section: Section;
  readonly effects: ResolvedEffects;
  /**
   * Of a map: what holds for the keys that constructs of this table have, as they spell them. Of a record: what holds for
   * the parts that have rules of their own.
   * @default - as the field
   */
  readonly keys?: Readonly<Record<string, ManifestKey>>;
}

/** What a diff knows of one key of a map, or of one part of a record. */
export interface ManifestKey {
  readonly section: Section;
  readonly effects: ResolvedEffects;
  /** How its values compare. @default - as those of the map */
  readonly type?: CodecType;
  /** No file holds it, so a change of it stands behind none. @default - files may */
  readonly unrendered?: true;
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
  /** The groups of hosts that get it. @default - it stays in the output, or nothing of ours places it */
  readonly groups?: readonly string[];
  /** The Ansible roles that place it; each is a tag of the playbook. */
  readonly roles?: readonly string[];
  /** Made from the whole site, and not from the fields of its owner alone. @default false */
  readonly derived?: true;
}

/** Where each construct was declared. Kept beside the manifest and outside its digest: a comment changes nothing. */
export type Sources = Readonly<Record<string, Origin>>;

/** Names of keys by field, for the maps and records whose keys have effects of their own. */
type Keys = ReadonlyMap<string, ReadonlySet<string>>;

const describe = (kind: Kind<FieldTable>, facts: SiteFacts, keys: Keys): ManifestTable => ({
  kind: kind.kind,
  docs: kind.docs ?? '',
  fields: Object.fromEntries(
    Object.entries(kind.fields).map(([name, field]) => [name, describeField(field, facts, keys.get(name))]),
  ),
  lifecycle: {
    ...(kind.lifecycle.section && { section: kind.lifecycle.section }),
    added: resolveEffects(kind.lifecycle.added, facts),
    removed: resolveEffects(kind.lifecycle.removed, facts),
    ...(kind.lifecycle.moved && { moved: resolveEffects(kind.lifecycle.moved, facts) }),
  },
});

function describeField({ codec, section, effects, keys }: Field, facts: SiteFacts, used?: ReadonlySet<string>) {
  const options = [...(used ?? [])].flatMap((key) => {
    const rule = keys?.(key);
    return rule ? [[key, describeKey(rule, section, facts)] as const] : [];
  });
  return {
    type: codec.type,
    section,
    effects: resolveEffects(effects, facts),
    ...(options.length > 0 && { keys: sorted(Object.fromEntries(options)) }),
  };
}

const describeKey = (
  { section, effects, type, unrendered }: KeyOptions,
  ofField: Section,
  facts: SiteFacts,
): ManifestKey => ({
  section: section ?? ofField,
  effects: resolveEffects(effects, facts),
  ...(type && { type }),
  ...(unrendered && { unrendered }),
});

/** Whether the table depends on the site; what is said of keys may. */
const dependsOnFacts = (kind: Kind<FieldTable>): boolean =>
  isConditional(kind.lifecycle.added) ||
  isConditional(kind.lifecycle.removed) ||
  Object.values(kind.fields).some((field) => field.keys !== undefined || isConditional(field.effects));

/** A table of the manifest in the making. */
interface Draft {
  readonly kind: Kind<FieldTable>;
  readonly facts: SiteFacts;
  readonly keys: Map<string, Set<string>>;
}

/** Notes the keys that a construct has in maps and records whose keys have effects of their own. */
function noteKeys({ kind, keys }: Draft, values: ManifestConstruct['values']): void {
  for (const [name, field] of Object.entries(kind.fields)) {
    if (!field.keys) continue;
    const known = keys.get(name) ?? new Set();
    keys.set(name, known);
    for (const key of Object.keys(values[name] ?? {})) known.add(key);
  }
}

/** Makes the manifest of a tree and the files that were rendered from it. */
export function makeManifest(
  app: App,
  files: ReadonlyMap<string, RenderedFile>,
  sites: Readonly<Record<string, ManifestSite>>,
  tool: string,
): Manifest {
  const drafts = new Map<string, Draft>();
  const constructs: Record<string, ManifestConstruct> = {};
  const conditional = new Map<Kind<FieldTable>, boolean>();
  for (const noun of app.node.findAll().filter(Noun.isNoun)) {
    const kind = noun.definition;
    if (!conditional.has(kind)) conditional.set(kind, dependsOnFacts(kind));
    const facts = conditional.get(kind) ? siteFactsAt(noun) : {};
    const table = [kind.kind, ...Object.entries(facts).map(([name, value]) => `${name}-${value}`)].join('/');
    const draft = drafts.get(table) ?? { kind, facts, keys: new Map() };
    drafts.set(table, draft);
    const values = noun.canonical();
    noteKeys(draft, values);
    const defaults = Object.keys(values).filter((name) => !noun.explicit.has(name));
    constructs[noun.node.path] = { table, values, defaults };
  }
  const tables = [...drafts].map(([name, { kind, facts, keys }]) => [name, describe(kind, facts, keys)] as const);
  return {
    format: 'hpcdk-manifest',
    version: MANIFEST_VERSION,
    tool,
    tables: sorted(Object.fromEntries(tables)),
    constructs: sorted(constructs),
    files: sorted(Object.fromEntries([...files].map(([path, file]) => [path, describeFile(file)]))),
    renames: sorted(app.renames),
    ...(Object.keys(sites).length > 0 && { sites: sorted(sites) }),
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
    ...(file.groups && { groups: file.groups }),
    ...(file.roles && { roles: file.roles }),
    ...(file.derived && { derived: file.derived }),
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
