import type { ManifestTable } from '../../app/manifest';
import type { PlanStep } from '../model';
import type { RenderedConf } from './rendered-conf';

/** Which facts come from where: `scontrol update` changes some in memory, all others are read from files. */
export type FactKind = 'setting' | 'partition' | 'node';

/** What the roll-out of a diff does to values of a running Slurm. Seen on Slurm 22.05 and 24.11, see test/real/diff-live.test.ts. */
export class SlurmRollOut {
  /** What makes slurmctld read slurm.conf: nothing, when the roll-out does not get there. */
  private readonly reads: string | undefined;
  private readonly places: boolean;
  private readonly empty: boolean;
  private readonly keeps: ReadonlySet<string>;

  constructor(
    plan: readonly PlanStep[],
    after: RenderedConf,
    private readonly table: ManifestTable | undefined,
  ) {
    const starts = plan.some(({ command = '' }) => /^systemctl (start|restart) slurmctld$/.test(command));
    const reconfigures = plan.some(({ command }) => command === 'scontrol reconfigure');
    this.reads = starts ? 'the start of slurmctld' : reconfigures ? 'reconfigure' : undefined;
    this.empty = plan.length === 0;
    this.places = plan.some(({ command = '' }) => /ansible-playbook/.test(command));
    this.keeps = new Set((after.settings.get('reconfigflags') ?? '').toLowerCase().split(','));
  }

  /** What becomes of a value that is not what slurm.conf states. */
  sets(kind: FactKind, key: string, after: string, back: boolean): string {
    const to = `sets it ${back ? 'back ' : ''}to ${after}`;
    if (kind === 'partition' && this.reads !== 'the start of slurmctld') {
      if (this.keeps.has('keeppartinfo')) return 'reconfigure keeps it: ReconfigFlags=KeepPartInfo';
      if (this.keeps.has('keeppartstate') && key === 'state')
        return 'reconfigure keeps it: ReconfigFlags=KeepPartState';
    }
    if (kind === 'partition' || (kind === 'node' && IN_MEMORY.has(key))) return this.reaches(to);
    const placed = this.places ? 'the play places' : 'the next play of the site places';
    return `${placed} slurm.conf with ${after}${this.readBy(key)}`;
  }

  /** What becomes of a partition or of nodes that slurm.conf has and Slurm has not, or the other way round. */
  reaches(what: string): string {
    if (this.reads) return `${this.reads} ${what}`;
    return `${this.empty ? '' : 'this roll-out leaves it as it is; '}the next reconfigure ${what}`;
  }

  private readBy(key: string): string {
    const keys = this.table?.fields.options?.keys ?? {};
    const found = Object.entries(keys).find(([name]) => name.toLowerCase() === key)?.[1].effects.any?.class;
    if (found === 'reconfigure' || found === 'none') return '; reconfigure reads it';
    return found === undefined ? '' : '; a restart of the daemons reads it';
  }
}

/** What `scontrol update` changes of a node, and a reconfigure reads again. */
const IN_MEMORY: ReadonlySet<string> = new Set(['weight', 'feature', 'features', 'gres']);
