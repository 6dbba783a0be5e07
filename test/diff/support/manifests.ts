import fc from '../../fast-check';
import type { Manifest, ManifestConstruct, ManifestFile, ManifestTable } from '../../../lib/app/manifest';
import type { CodecType } from '../../../lib/values/codec';
import type { Json } from '../../../lib/values/json';

const text: CodecType = { codec: 'text' };

/** A field of each codec, as the tables of a manifest have them. */
export const fieldTypes: Readonly<Record<string, CodecType>> = {
  text,
  integer: { codec: 'integer' },
  boolean: { codec: 'boolean' },
  duration: { codec: 'duration' },
  size: { codec: 'size' },
  hosts: { codec: 'hostlist' },
  version: { codec: 'version' },
  network: { codec: 'cidr' },
  limit: { codec: 'money' },
  secret: { codec: 'secret' },
  peer: { codec: 'reference' },
  words: { codec: 'list', of: text, ordered: false },
  path: { codec: 'list', of: text, ordered: true },
  peers: { codec: 'list', of: { codec: 'reference' }, ordered: false },
  options: { codec: 'map', of: text },
  switches: {
    codec: 'list',
    of: { codec: 'record', fields: { name: text, nodes: { codec: 'hostlist' } } },
    ordered: false,
    identity: 'name',
  },
};

const word = fc.constantFrom('a', 'b', 'c', 'd');
const PATHS = ['site', 'site/a', 'site/b', 'site/b/x', 'site/b/y', 'site/c', 'site/c/x', 'other/x'];
const path = fc.constantFrom(...PATHS);
const hosts = fc.constantFrom('cn[001-064]', 'cn[1-64]', 'cn[001-072]', 'gn1');
const sorted = (values: readonly string[]): string[] => [...values].sort();

const values: fc.Arbitrary<Record<string, Json>> = fc.record(
  {
    text: word,
    integer: fc.nat(3),
    boolean: fc.boolean(),
    duration: fc.constantFrom('1h', '2d', '7d', 'unlimited'),
    size: fc.constantFrom('1GiB', '2GiB', '512MiB'),
    hosts,
    version: fc.constantFrom('22.05', '24.11'),
    network: fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0'),
    limit: fc.constantFrom('100 USD', '90 USD', '100 EUR'),
    secret: fc.constantFrom('file:/etc/munge/munge.key', 'file:/etc/other.key'),
    peer: path,
    words: fc.uniqueArray(word).map(sorted),
    path: fc.uniqueArray(word),
    peers: fc.uniqueArray(path).map(sorted),
    options: fc.dictionary(word, word),
    switches: fc
      .uniqueArray(fc.record({ name: word, nodes: hosts }), { selector: ({ name }) => name })
      .map((items) => [...items].sort((a, b) => (a.name < b.name ? -1 : 1))),
  },
  { requiredKeys: [] },
);

const effects = { any: { class: 'reconfigure', reason: 'for the test' } } as const;

const tableOf = (kind: string): ManifestTable => ({
  kind,
  docs: '',
  fields: Object.fromEntries(
    Object.entries(fieldTypes).map(([name, type]) => [name, { type, section: 'other' as const, effects }]),
  ),
  lifecycle: { added: effects, removed: effects },
});

/** Kinds that constructs of the tests have. */
export const tables = { Thing: tableOf('Thing'), Other: tableOf('Other') };

const construct: fc.Arbitrary<ManifestConstruct> = fc.record({
  table: fc.constantFrom('Thing', 'Other'),
  values,
  defaults: fc.constant([]),
});

const file: fc.Arbitrary<ManifestFile> = fc.record({
  sha256: word,
  mode: fc.constantFrom('0644', '0755'),
  owner: path,
});

/** A manifest with these constructs and files. */
export const manifestOf = (
  constructs: Manifest['constructs'],
  files: Manifest['files'] = {},
  renames: Manifest['renames'] = {},
): Manifest => ({ format: 'hpcdk-manifest', version: 2, tool: '0.1.0', tables, constructs, files, renames });

/** Any manifest over a few paths and values, so that two of them have much in common. */
export const manifests: fc.Arbitrary<Manifest> = fc
  .tuple(fc.dictionary(path, construct), fc.dictionary(fc.constantFrom('f', 'g'), file))
  .map(([constructs, files]) => manifestOf(constructs, files));
