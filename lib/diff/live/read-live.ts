import { quote } from '../../values/problem';
import type { LiveExport } from './export';
import { readPlan } from './read-plan';
import { readScontrol } from './read-scontrol';

/** How an export is read. */
export interface ReadLiveOptions {
  /** The file, for messages. */
  readonly file: string;
}

/** Reads what a running system says: text of scontrol, or a plan of terraform as JSON. Its content tells which it is. */
export function readLive(text: string, { file }: ReadLiveOptions): LiveExport {
  const start = text.replace(/^\ufeff/, '').trimStart();
  if (/^[{[]/.test(start)) return readPlan(start, text, file);
  const found = readScontrol(text);
  if (found.clusters.length > 0 || found.nameless) return { ...found, plans: [], problems: [] };
  const message = `${quote(file)} is nothing that scontrol or terraform printed`;
  return { clusters: [], plans: [], problems: [{ code: 'HPC2750', message, fix: FIX, origin: { file, line: 1 } }] };
}

const FIX =
  'export scontrol show config, scontrol -a -o show partition and scontrol -a -o show node, or terraform show -json PLAN';
