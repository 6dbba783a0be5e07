import { readLive } from '../../../lib/diff/live';
import { printed, type Printed, small } from '../live/support';
import type { Scenario } from './scenario';

/** What scontrol printed of the cluster. */
const running = (one: Printed, lines: Readonly<Record<string, string>> = {}) => {
  const text = Object.entries(lines).reduce(
    (all, [start, more]) => all.replace(new RegExp(`^${start} .*$`, 'm'), (line) => `${line} ${more}`),
    printed(one),
  );
  return { live: [readLive(text, { file: 'live.txt' })] };
};

/** Changes of a cluster on which somebody has changed something by hand. */
export const live: readonly Scenario[] = [
  {
    title: 'a shorter limit, where somebody has set limits by hand',
    before: small(),
    after: small({ partitions: { batch: 2, long: 7 } }),
    options: running({
      partitions: { batch: 'Default=YES MaxTime=2-00:00:00', long: 'State=DRAIN' },
      config: { EnforcePartLimits: 'NO' },
    }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  partition batch: maxTime 7d → 2d  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'partition batch: MaxTime is 2-00:00:00 live; slurm.conf has 7-00:00:00 before, 2-00:00:00 after; it is already what this change brings',
        'partition long: State is DRAIN live; slurm.conf has UP; reconfigure sets it back to UP',
        'slurm.conf: EnforcePartLimits is NO live; slurm.conf has ALL; the play places slurm.conf with ALL',
      ],
    },
  },
  {
    title: 'more memory, where a node is drained for a fault',
    before: small(),
    after: small({ memory: 384 }),
    options: running(
      { nodes: { cn003: 'State=IDLE+DRAIN' } },
      { 'NodeName=cn003': 'Reason=bad DIMM [root@2026-11-21T17:59:07]' },
    ),
    told: {
      sections: ['capacity'],
      classes: ['rolling-drain'],
      lines: ['capacity  node pool cpu: type memory 245GiB → 368GiB  [rolling-drain]'],
      plan: [
        'drain the nodes and wait for their jobs (cn[001-004])',
        'check what the nodes have (cn[001-004])',
        'place the files on hpc_controller (ctl1)',
        'restart slurmctld (ctl1)',
        'restart slurmd on the nodes (cn[001-004])',
        'resume the nodes (cn[001-004])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'node cn003 is IDLE+DRAIN live: bad DIMM; step 1 of the roll-out overwrites that reason, step 6 resumes it: leave out what is broken',
      ],
    },
  },
];
