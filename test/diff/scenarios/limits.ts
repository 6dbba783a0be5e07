import { Duration, type SlurmDatabase } from '../../../lib/index';
import { declareSmall } from '../support/campus';
import type { Scenario } from './scenario';

/** Two accounts and two QOS, with what differs. */
const database =
  ({ wall = 14, jobs = 8, chemistry = true, long = true } = {}) =>
  (accounting: SlurmDatabase): void => {
    const normal = accounting.addQos('normal', { maxJobs: 100 });
    const qos = long ? [normal, accounting.addQos('long', { maxWall: Duration.days(wall), maxJobs: jobs })] : [normal];
    accounting.addAccount('physics', { fairshare: 60, qos, users: ['ada'] });
    if (chemistry) accounting.addAccount('chemistry', { fairshare: 40, qos: [normal], users: ['marie'] });
  };

/** Limits, QOS and accounts. */
export const limits: readonly Scenario[] = [
  {
    title: 'a lower limit of a QOS',
    before: declareSmall({ accounting: database() }),
    after: declareSmall({ accounting: database({ wall: 3 }) }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  QOS long: maxWall 14d → 3d  [reconfigure]'],
      plan: [
        'sacctmgr brings QOS, accounts and users to what is declared (ctl1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a QOS removed',
    before: declareSmall({ accounting: database() }),
    after: declareSmall({ accounting: database({ long: false }) }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure', 'reconfigure'],
      lines: ['contract  account physics: qos - long  [reconfigure]', 'contract  QOS long removed  [reconfigure]'],
      plan: [
        'sacctmgr brings QOS, accounts and users to what is declared (ctl1)',
        'remove the QOS when no job needs it any more',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'an account removed',
    before: declareSmall({ accounting: database() }),
    after: declareSmall({ accounting: database({ chemistry: false }) }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  account chemistry removed  [reconfigure]'],
      plan: [
        'sacctmgr brings QOS, accounts and users to what is declared (ctl1)',
        'remove the account when it has no jobs any more',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'room for fewer jobs in the queue',
    before: declareSmall({ cluster: { options: { MaxJobCount: '50000' } } }),
    after: declareSmall({ cluster: { options: { MaxJobCount: '20000' } } }),
    told: {
      sections: ['contract'],
      classes: ['daemon-restart'],
      lines: ['contract  Slurm cluster hpc: options.MaxJobCount 50000 → 20000  [daemon-restart]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'restart slurmctld (ctl1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'memory for jobs that ask for none',
    before: declareSmall(),
    after: declareSmall({ cluster: { options: { DefMemPerCPU: '2048' } } }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  Slurm cluster hpc: options.DefMemPerCPU not set → 2048  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
];
