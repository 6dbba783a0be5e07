/** Files of a site: absolute path to content. */
export type Files = Readonly<Record<string, string>>;

/** New values of keys of slurm.conf; null takes a key out, a function changes what stands there. */
export type Overlay = Readonly<Record<string, string | null | ((emitted: string | undefined) => string | null)>>;

/**
 * The keys that every lab changes in an emitted slurm.conf, because one machine without systemd is no cluster. All else
 * stays as it was emitted. Beside these keys NodeAddr and the address in SlurmctldHost and SlurmctldHost(address) go
 * away: the lab gives addresses in /etc/hosts to the names that stand there.
 */
export const labOverlay: Overlay = {
  ProctrackType: 'proctrack/linuxproc', // the cgroup plugin needs a cgroup tree that systemd hands over
  TaskPlugin: 'task/none',
  JobAcctGatherType: (emitted) => (emitted === undefined ? null : 'jobacct_gather/linux'),
  PrologFlags: without('contain', 'x11'), // both need proctrack/cgroup
  SlurmdParameters: withWord('config_overrides'), // a node may claim more hardware than this machine has
  MailProg: '/bin/true',
};

/** What a lab without slurmdbd changes besides. */
export const noAccountingOverlay: Overlay = {
  AccountingStorageType: 'accounting_storage/none',
  AccountingStorageEnforce: null,
  AccountingStorageTRES: null, // slurmctld stops at it without slurmdbd
};

/** Lets slurmctld boot and power off machines of the lab by itself. The programs run as the Slurm user, hence root. */
export const powerSaveOverlay: Overlay = {
  SlurmUser: 'root',
  ResumeProgram: '/run/lab/resume',
  SuspendProgram: '/run/lab/suspend',
};

function withWord(word: string): (emitted: string | undefined) => string {
  return (emitted) => {
    const words = (emitted ?? '').split(',').filter((one) => one !== '');
    return [...words.filter((one) => one.toLowerCase() !== word), word].join(',');
  };
}

function without(...gone: readonly string[]): (emitted: string | undefined) => string | null {
  return (emitted) => {
    const words = (emitted ?? '').split(',').filter((one) => one !== '' && !gone.includes(one.toLowerCase()));
    return words.length === 0 ? null : words.join(',');
  };
}

/** The value of a key in a slurm.conf or slurmdbd.conf; the last line wins, as in Slurm. */
export const slurmValue = (text: string, key: string): string | undefined => slurmValues(text, key).at(-1);

/** The values of a key that may stand on several lines, such as SlurmctldHost. */
export const slurmValues = (text: string, key: string): string[] =>
  [...text.matchAll(line(key))].map(({ groups }) => groups?.value?.trim() ?? '');

const line = (key: string) => new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*(?<value>[^#\\n]*)[^\\n]*$`, 'gim');

/** An emitted file with some keys changed, and each change as one readable line. */
export interface Overlaid {
  readonly text: string;
  readonly changed: readonly string[];
}

/** Changes keys where they stand; keys that the text lacks go to its end. */
export function overlayKeys(text: string, overlay: Overlay): Overlaid {
  const changed: string[] = [];
  let result = text;
  for (const [key, rule] of Object.entries(overlay)) {
    const before = slurmValue(result, key);
    const after = typeof rule === 'function' ? rule(before) : rule;
    if ((before ?? null) === after) continue;
    changed.push(`${key}: ${before ?? '(absent)'} -> ${after ?? '(absent)'}`);
    let placed = false;
    result = result.replace(line(key), () => {
      if (after === null || placed) return `# lab: without ${key}`;
      placed = true;
      return `${key}=${after}`;
    });
    if (after !== null && !placed) result = `${result.replace(/\n*$/, '\n')}${key}=${after}\n`;
  }
  return { text: result, changed };
}

/** A slurm.conf without addresses: the lab's /etc/hosts has the only ones. */
export function withoutAddresses(text: string): Overlaid {
  const changed: string[] = [];
  const result = text
    .replace(/[ \t]+NodeAddr=\S+/gi, (match) => (changed.push(`NodeAddr: ${match.trim()} -> (absent)`), ''))
    .replace(/^([ \t]*SlurmctldHost[ \t]*=[ \t]*[^\s(]+)\([^)]*\)/gim, (match, host: string) => {
      changed.push(`${match.trim()} -> ${host.trim()}`);
      return host;
    });
  return { text: result, changed };
}
