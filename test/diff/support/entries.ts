import { makeEntry } from '../../../lib/diff/entry';
import type { Diff, Entry } from '../../../lib/diff/model';

/** An entry of a change of one field; what a test does not speak of is harmless. */
export const entryWith = (id: string, more: Partial<Entry> = {}): Entry =>
  makeEntry({
    id,
    section: 'other',
    action: 'changed',
    level: 'field',
    kind: 'Partition',
    path: id.split('#')[0] ?? id,
    title: `partition ${id}`,
    effect: { class: 'none', reason: 'nobody notices' },
    ...more,
  });

/** A diff of these entries. */
export const diffWith = (entries: readonly Entry[], more: Partial<Diff> = {}): Diff => ({
  format: 'hpcdk-diff',
  version: 1,
  tool: '0.1.0',
  before: { label: 'main', tool: '0.1.0', level: 'output', digest: 'a'.repeat(64) },
  after: { label: 'working definition', tool: '0.1.0', level: 'output', digest: 'b'.repeat(64) },
  summary: {
    entries: entries.length,
    worst: 'none',
    added: 0,
    removed: 0,
    changed: entries.length,
    moved: 0,
    files: 0,
    filesOnHosts: 0,
  },
  entries,
  plan: [],
  hidden: [],
  notes: [],
  ...more,
});
