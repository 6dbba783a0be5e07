import type { SlurmDatabase } from '../../../lib/index';
import { declareSmall } from '../support/campus';
import type { Scenario } from './scenario';

const accounts = (accounting: SlurmDatabase): void => {
  accounting.addAccount('physics', { users: ['ada'] });
  accounting.addAccount('chemistry', { users: ['marie'] });
};

/** Queues and who may use them. */
export const partitions: readonly Scenario[] = [
  {
    title: 'a shorter limit of one partition',
    before: declareSmall(),
    after: declareSmall({ partitions: { batch: 2, long: 7 } }),
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
        'running jobs keep the limit that they started with',
        'pending jobs beyond it wait for ever',
        'refuses what was accepted before',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a longer limit of one partition',
    before: declareSmall({ partitions: { batch: 2, long: 7 } }),
    after: declareSmall(),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  partition batch: maxTime 2d → 7d  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a shorter limit of every partition',
    before: declareSmall(),
    after: declareSmall({ partitions: { batch: 2, long: 2 } }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  2 partitions (batch, long): maxTime 7d → 2d  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a partition removed',
    before: declareSmall(),
    after: declareSmall({ partitions: { batch: 7 } }),
    told: {
      sections: ['contract'],
      classes: ['rolling-drain'],
      lines: ['contract  partition long removed  [rolling-drain]'],
      plan: [
        'set the partition to State=DRAIN, and wait for its jobs or move them to another one',
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'running jobs of the partition are killed (NODE_FAIL) unless it is empty by then',
        'pending jobs of the partition end with NODE_FAIL; new submissions to it are refused',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
    naively: { running: 'killed', pending: 'lost' },
  },
  {
    title: 'a partition renamed',
    before: declareSmall(),
    after: declareSmall({ partitions: { batch: 7, week: 7 } }),
    told: {
      sections: ['contract'],
      classes: ['rolling-drain'],
      lines: ['contract  partition long renamed to week  [rolling-drain]'],
      plan: [
        'set the partition to State=DRAIN, and wait for its jobs or move them to another one',
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    naively: { running: 'killed', pending: 'lost' },
  },
  {
    title: 'a partition added',
    before: declareSmall({ partitions: { batch: 7 } }),
    after: declareSmall(),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  partition long added  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a partition that drains',
    before: declareSmall(),
    after: declareSmall({ partitions: { batch: 7, long: { state: 'DRAIN' } } }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  partition long: state UP → DRAIN  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: ['pending jobs still start in DRAIN'],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'another default partition',
    before: declareSmall(),
    after: declareSmall({ partitions: { batch: { default: false }, long: { default: true } } }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure', 'reconfigure'],
      lines: [
        'contract  partition batch: default yes → no  [reconfigure]',
        'contract  partition long: default no → yes  [reconfigure]',
      ],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a partition for some accounts only',
    before: declareSmall({ accounting: accounts }),
    after: declareSmall({ accounting: accounts, partitions: { batch: 7, long: { allowAccounts: ['physics'] } } }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  partition long: allowAccounts not set → physics  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'whole nodes for every job',
    before: declareSmall(),
    after: declareSmall({ partitions: { batch: { exclusive: true }, long: 7 } }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  partition batch: exclusive no → yes  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
];
