import type { Manifest } from '../app/manifest';
import type { CodecType } from '../values/codec';
import { byCodeUnit, type Json } from '../values/json';
import { kindOf } from './change-set';
import { push } from '../values/multimap';

/** What a manifest says of where a file comes from. */
export interface FileOrigin {
  readonly owner: string;
  /** Made from all of its site, as an Ansible project is. */
  readonly derived?: true;
}

/**
 * Which constructs a file of the output is made from, as far as a manifest says: its owner with what stands below and above
 * it, what those refer to, and what refers to the owner with what stands below that.
 */
export class Relation {
  private readonly below = new Map<string, string[]>();
  private readonly refersTo = new Map<string, string[]>();
  private readonly referredBy = new Map<string, string[]>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(private readonly manifest: Manifest) {
    const referring = referringFields(manifest);
    for (const [path, { table, values }] of Object.entries(manifest.constructs)) {
      for (const above of ancestors(path)) push(this.below, above, path);
      for (const [name, type] of referring.get(table) ?? []) {
        if (!Object.hasOwn(values, name)) continue;
        for (const target of references(type, values[name] as Json)) this.addReference(path, target);
      }
    }
  }

  /** What a construct refers to, and what refers to it. */
  neighboursOf(path: string): { readonly refersTo: readonly string[]; readonly referredBy: readonly string[] } {
    const unique = (paths: readonly string[] = []) => [...new Set(paths)].sort(byCodeUnit);
    return { refersTo: unique(this.refersTo.get(path)), referredBy: unique(this.referredBy.get(path)) };
  }

  /** The paths that a file is made from; undefined when it is made from all of its site. */
  sourcesOf({ owner, derived }: FileOrigin): ReadonlySet<string> | undefined {
    if (derived) return undefined;
    let sources = this.known.get(owner);
    if (!sources) this.known.set(owner, (sources = this.collect(owner)));
    return sources;
  }

  private collect(owner: string): Set<string> {
    const construct = this.manifest.constructs[owner];
    // A file of the site itself is what its author wrote beside the constructs, not what they come to.
    if (!construct || kindOf(this.manifest, construct) === 'Site') return new Set([owner]);
    const own = [owner, ...(this.below.get(owner) ?? [])];
    const sources = new Set<string>(ancestors(owner));
    // a mount refers to the cluster whose pools make their files of it
    const referring = [...own, ...sources].flatMap((path) => this.referredBy.get(path) ?? []);
    const open = [...own, ...referring, ...referring.flatMap((path) => this.below.get(path) ?? [])];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (sources.has(path)) continue;
      sources.add(path);
      for (const target of this.refersTo.get(path) ?? [])
        if (!sources.has(target)) open.push(target, ...(this.below.get(target) ?? []));
    }
    return sources;
  }

  private addReference(from: string, to: string): void {
    push(this.refersTo, from, to);
    push(this.referredBy, to, from);
  }
}

function* ancestors(path: string): Iterable<string> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
}

/** The fields of each table in which references can stand: most have none, and are not looked at. */
function referringFields({ tables }: Manifest): Map<string, (readonly [name: string, type: CodecType])[]> {
  return new Map(
    Object.entries(tables).map(([table, { fields }]) => [
      table,
      Object.entries(fields).flatMap(([name, { type }]) => (refers(type) ? [[name, type] as const] : [])),
    ]),
  );
}

function refers(type: CodecType): boolean {
  if (type.codec === 'list' || type.codec === 'map') return refers(type.of);
  return type.codec === 'reference' || (type.codec === 'record' && Object.values(type.fields).some(refers));
}

/** The paths that a value refers to. */
function* references(type: CodecType, value: Json): Iterable<string> {
  if (type.codec === 'reference') yield String(value);
  else if (type.codec === 'list') for (const item of value as readonly Json[]) yield* references(type.of, item);
  else if (type.codec === 'map' || type.codec === 'record') {
    for (const [name, part] of Object.entries(value as Readonly<Record<string, Json>>)) {
      const inner = type.codec === 'map' ? type.of : type.fields[name];
      if (inner) yield* references(inner, part);
    }
  }
}
