import type { Facts, LiveExport, SlurmExport } from './export';

interface Draft {
  config?: Map<string, string>;
  name?: string;
  readonly partitions: Map<string, Facts>;
  readonly nodes: Map<string, Facts>;
}

/**
 * Reads what `scontrol show config`, `scontrol -o show partition` and `scontrol -o show node` print, in any order in one
 * text. A further configuration begins another cluster; records in front of the first one belong to it.
 */
export function readScontrol(text: string): Pick<LiveExport, 'clusters' | 'nameless'> {
  const drafts: Draft[] = [newDraft()];
  let inConfig = false;
  for (const line of text.split('\n')) {
    const current = drafts.at(-1) as Draft;
    if (line.startsWith('Configuration data as of')) {
      const next = current.config ? newDraft() : current;
      if (next !== current) drafts.push(next);
      next.config = new Map();
      inConfig = true;
    } else if (/^PartitionName=.*\sTotalNodes=/.test(line)) addRecord(current.partitions, line);
    else if (/^NodeName=.*\sCPUTot=/.test(line)) addRecord(current.nodes, line);
    // the settings of plugins and cgroups that follow have names of their own
    else if (/^\S[^=]*:\s*$/.test(line)) inConfig = false;
    else if (inConfig) addSetting(current, line);
  }
  const found = drafts.map(({ config, name, partitions, nodes }) => {
    const one: SlurmExport = { kind: 'slurm', ...(config && config.size > 0 && { config }), partitions, nodes };
    return [name, one] as const;
  });
  const nameless = found.find(([name, one]) => name === undefined && !isEmpty(one))?.[1];
  return {
    clusters: found.flatMap(([name, one]) => (name === undefined ? [] : [[name, one] as const])),
    ...(nameless && { nameless }),
  };
}

const newDraft = (): Draft => ({ partitions: new Map(), nodes: new Map() });

const isEmpty = ({ config, partitions, nodes }: SlurmExport): boolean =>
  !config && partitions.size === 0 && nodes.size === 0;

/** `KillWait = 30 sec`; what is a list stands on several lines, `SlurmctldHost[0] = ctl1`. */
function addSetting(draft: Draft, line: string): void {
  const [, name, index, value = ''] = /^(\w+)(\[\d+\])?\s*=\s?(.*?)\s*$/.exec(line) ?? [];
  if (name === undefined || !draft.config) return;
  const key = name.toLowerCase();
  const known = draft.config.get(key);
  draft.config.set(key, index !== undefined && known !== undefined ? `${known},${value}` : value);
  if (key === 'clustername') draft.name = value.toLowerCase();
}

/** Values of these facts are free text and hold blanks; what follows them begins with a known key. */
const FREE = /\s(?:OS|Reason|Comment|AdminComment|Extra)=.*?(?=\s(?:RealMemory|Owner|MCS_label)=|$)/gs;

function addRecord(records: Map<string, Facts>, line: string): void {
  const facts = new Map<string, string>();
  const put = (key: string, value: string): void => {
    // what comes later in a line is free text of somebody: it does not speak for what stands in front of it
    if (!facts.has(key)) facts.set(key, value);
  };
  const reason = /\sReason=(.*?)\s*$/.exec(line)?.[1];
  for (const word of line.replace(FREE, '').trim().split(/\s+/)) {
    const at = word.indexOf('=');
    if (at > 0) put(word.slice(0, at).toLowerCase(), word.slice(at + 1));
  }
  if (reason !== undefined) facts.set('reason', reason.replace(/\s*\[[^[\]\s]*@[^[\]\s]*\].*$/, ''));
  const name = facts.get('partitionname') ?? facts.get('nodename');
  if (name) records.set(name, facts);
}
