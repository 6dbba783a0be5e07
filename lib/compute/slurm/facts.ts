import { slurmConf, type SlurmConfEntry } from '../../documents/slurm-conf';
import { quote, type Report } from '../../values/problem';

/** What a machine says about itself: the output of `slurmd -C`. */
export interface SlurmdFacts {
  /** Short host name of the machine that was asked. */
  readonly nodeName: string;
  /** Logical processors that Slurm schedules. */
  readonly cpus: number;
  readonly boards: number;
  readonly socketsPerBoard: number;
  readonly coresPerSocket: number;
  readonly threadsPerCore: number;
  /** Memory that the operating system reports, MiB. slurm.conf must not say more. */
  readonly realMemoryMib: number;
  /** Detected GPUs as slurm.conf writes them, e.g. `gpu:nvidia_a100:4`. Printed from 24.11 on. */
  readonly gres?: string;
}

const again = 'run slurmd -C on one machine and keep all of its output';

/**
 * Reads the output of `slurmd -C`. Reports missing or unreadable numbers, a second machine, and a number of CPUs that
 * the sockets, cores and threads do not give; returns nothing then.
 */
export function parseSlurmdFacts(text: string, report: Report): SlurmdFacts | undefined {
  let sound = true;
  const fault = (code: string, message: string, fix: string): undefined => {
    sound = false;
    report({ code, message, fix });
  };

  const machines = text.split('\n').filter((line) => /^\s*NodeName\s*=/i.test(line));
  const [line] = machines;
  if (line === undefined) return fault('HPC4020', 'the facts have no line that starts with NodeName=', again);
  const entries = entriesOf(line, (problem) => fault('HPC4020', problem.message, again));
  const get = (key: string) => entries.find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];

  if (machines.length > 1) {
    const names = machines.map((machine) => entriesOf(machine, () => undefined)[0]?.[1] ?? '');
    fault(
      'HPC4021',
      `the facts hold ${machines.length} machines (${names.join(', ')}), and a node type is one`,
      'keep one file per kind of machine',
    );
  }
  const number = (key: string): number => {
    const value = get(key);
    if (value === undefined) fault('HPC4020', `the facts lack ${key}`, again);
    else if (!/^[1-9]\d{0,14}$/.test(value))
      fault('HPC4020', `${key} is ${quote(value)}, which is no whole number above 0`, again);
    return Number(value);
  };
  const facts: SlurmdFacts = {
    nodeName: entries[0]?.[1] ?? '',
    cpus: number('CPUs'),
    boards: number('Boards'),
    socketsPerBoard: number('SocketsPerBoard'),
    coresPerSocket: number('CoresPerSocket'),
    threadsPerCore: number('ThreadsPerCore'),
    realMemoryMib: number('RealMemory'),
  };
  if (!sound) return undefined;

  const cores = facts.boards * facts.socketsPerBoard * facts.coresPerSocket;
  if (facts.cpus !== cores && facts.cpus !== cores * facts.threadsPerCore) {
    const sum = `Boards=${facts.boards} SocketsPerBoard=${facts.socketsPerBoard} CoresPerSocket=${facts.coresPerSocket} ThreadsPerCore=${facts.threadsPerCore}`;
    return fault(
      'HPC4022',
      `CPUs=${facts.cpus} does not follow from ${sum}, which have ${cores} cores and ${cores * facts.threadsPerCore} threads`,
      again,
    );
  }
  const gres = get('Gres');
  return gres === undefined ? facts : { ...facts, gres };
}

function entriesOf(line: string, report: Report): readonly SlurmConfEntry[] {
  const [read] = slurmConf.parse(line, report).lines;
  return read !== undefined && 'entries' in read ? read.entries : [];
}
