import { SlurmVersion } from '../../../lib/index';
import { declareSmall } from '../support/campus';
import type { Scenario } from './scenario';

const options = (values: Readonly<Record<string, string>>) => ({ cluster: { options: values } });
const leaves = (first: string, second: string) => ({
  cluster: {
    topology: [
      { name: 'leaf1', nodes: first },
      { name: 'leaf2', nodes: second },
      { name: 'spine', switches: 'leaf[1-2]' },
    ],
  },
});

/** slurmctld and what holds for the whole cluster. */
export const cluster: readonly Scenario[] = [
  {
    title: 'StateSaveLocation moved',
    before: declareSmall(),
    after: declareSmall({ cluster: { stateSaveLocation: '/srv/slurm/state' } }),
    told: {
      sections: ['data'],
      classes: ['data-loss'],
      lines: ['data  Slurm cluster hpc: stateSaveLocation /var/spool/slurmctld → /srv/slurm/state  [data-loss]'],
      plan: [
        'stop slurmctld (ctl1)',
        'copy /var/spool/slurmctld to /srv/slurm/state, owned by SlurmUser',
        'place the files on hpc_controller (ctl1)',
        'start slurmctld (ctl1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'slurmctld starts with an empty queue when nothing is at the new place',
        'running jobs are killed unless the old queue is copied first',
        'pending jobs are lost unless the old queue is copied first',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
    naively: { running: 'killed', pending: 'lost' },
  },
  {
    title: 'PrivateData without jobs',
    before: declareSmall({ cluster: { privateData: ['jobs', 'usage', 'users'] } }),
    after: declareSmall({ cluster: { privateData: ['usage', 'users'] } }),
    told: {
      sections: ['security'],
      classes: ['reconfigure'],
      lines: ['security  Slurm cluster hpc: privateData - jobs  [reconfigure, opens more]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'slurmctld on another host',
    before: declareSmall(),
    after: declareSmall({ cluster: { controller: 'ctl2' } }),
    told: {
      sections: ['disruption'],
      classes: ['stop-controller'],
      lines: ['disruption  Slurm cluster hpc: controller ctl1 → ctl2  [stop-controller]'],
      plan: [
        'stop slurmctld for good (ctl1)',
        'copy StateSaveLocation to the new host, owned by SlurmUser',
        'place the files on hpc_compute, hpc_controller (cn[001-064],ctl2)',
        'start slurmctld (ctl2)',
        'restart slurmd on every node (cn[001-064])',
        'play the whole site: it sets up ctl2; elsewhere it changes no more files, and ctl2 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a second slurmctld',
    before: declareSmall({ cluster: { stateSaveLocation: '/srv/slurm/state' } }),
    after: declareSmall({ cluster: { stateSaveLocation: '/srv/slurm/state', backupController: 'ctl2' } }),
    told: {
      sections: ['disruption'],
      classes: ['daemon-restart'],
      lines: ['disruption  Slurm cluster hpc: backupController not set → ctl2  [daemon-restart]'],
      plan: [
        'place the files on hpc_compute, hpc_controller (cn[001-064],ctl[1-2])',
        'restart slurmctld (ctl1)',
        'restart slurmd on every node (cn[001-064])',
        'play the whole site: it sets up ctl2; elsewhere it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'an upgrade of Slurm',
    before: declareSmall({ cluster: { slurm: SlurmVersion.V24_11 } }),
    after: declareSmall({ cluster: { slurm: SlurmVersion.V25_05 } }),
    told: {
      sections: ['disruption'],
      classes: ['daemon-restart'],
      lines: ['disruption  Slurm cluster hpc: slurm 24.11 → 25.05  [daemon-restart]'],
      plan: [
        'back up StateSaveLocation, and the accounting database if there is one',
        'stop slurmctld (ctl1)',
        'install Slurm 25.05 where slurmctld runs (ctl1)',
        'place the files on hpc_controller (ctl1)',
        'start slurmctld (ctl1)',
        'install Slurm 25.05 where slurmd runs (cn[001-064])',
        'restart slurmd on every node (cn[001-064])',
        'install Slurm 25.05 on the login hosts, if there are any',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'an upgrade of Slurm over too many releases',
    before: declareSmall(),
    after: declareSmall({ cluster: { slurm: SlurmVersion.V24_11 } }),
    told: {
      sections: ['disruption'],
      classes: ['stop-controller'],
      lines: ['disruption  Slurm cluster hpc: slurm 22.05 → 24.11  [stop-controller]'],
      plan: [
        'upgrade to 23.02 first, by a change of its own, and compare again',
        'place the files on hpc_controller (ctl1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: ['too far for one step; upgrade to 23.02 first'],
    },
    naively: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a downgrade of Slurm',
    before: declareSmall({ cluster: { slurm: SlurmVersion.V24_11 } }),
    after: declareSmall({ cluster: { slurm: SlurmVersion.V22_05 } }),
    told: {
      sections: ['data'],
      classes: ['data-loss'],
      lines: ['data  Slurm cluster hpc: slurm 24.11 → 22.05  [data-loss]'],
      plan: [
        'let no new jobs in and wait until the queue is empty',
        'stop slurmctld (ctl1)',
        'stop slurmd on every node (cn[001-064])',
        'install Slurm 22.05, and put back StateSaveLocation and the database as they were before the upgrade',
        'place the files on hpc_controller (ctl1)',
        'start slurmctld (ctl1)',
        'start slurmd on every node (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: ['an older slurmctld refuses the state that a newer one wrote'],
    },
    fate: { running: 'continues', pending: 'starts' },
    naively: { running: 'killed', pending: 'lost' },
  },
  {
    title: 'a login host removed',
    before: declareSmall({ cluster: { login: 'login[1-2]' } }),
    after: declareSmall({ cluster: { login: 'login1' } }),
    told: {
      sections: ['contract'],
      classes: ['none'],
      lines: ['contract  Slurm cluster hpc: login login[1-2] → login1  [none]'],
      plan: [],
    },
  },
  {
    title: 'another backfill window',
    before: declareSmall(options({ SchedulerParameters: 'bf_window=1440,bf_continue' })),
    after: declareSmall(options({ SchedulerParameters: 'bf_window=10080,bf_continue' })),
    told: {
      sections: ['other'],
      classes: ['reconfigure'],
      lines: ['other  Slurm cluster hpc: options.SchedulerParameters bf_window=1440 → bf_window=10080  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'another SelectType',
    before: declareSmall(),
    after: declareSmall(options({ SelectType: 'select/linear', SelectTypeParameters: 'CR_Memory' })),
    told: {
      sections: ['data', 'contract'],
      classes: ['data-loss', 'daemon-restart'],
      lines: [
        'data      Slurm cluster hpc: options.SelectType not set → select/linear  [data-loss]',
        'contract  Slurm cluster hpc: options.SelectTypeParameters not set → CR_Memory  [daemon-restart]',
      ],
      plan: [
        'let no new jobs in and wait until the queue is empty',
        'stop slurmctld (ctl1)',
        'place the files on hpc_controller (ctl1)',
        'start slurmctld (ctl1)',
        'restart slurmd on every node (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'starts' },
    naively: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'another way for the daemons to know one another',
    before: declareSmall({ cluster: { slurm: SlurmVersion.V24_11 } }),
    after: declareSmall({ cluster: { slurm: SlurmVersion.V24_11, options: { AuthType: 'auth/slurm' } } }),
    told: {
      sections: ['security'],
      classes: ['stop-fleet'],
      lines: ['security  Slurm cluster hpc: options.AuthType not set → auth/slurm  [stop-fleet]'],
      plan: [
        'drain every node and wait for the running jobs (cn[001-064])',
        'stop slurmctld (ctl1)',
        'stop slurmd on every node (cn[001-064])',
        'put the key of the new way on every host: no play does',
        'place the files on hpc_controller (ctl1)',
        'start slurmctld (ctl1)',
        'start slurmd on every node (cn[001-064])',
        'resume every node (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'nodes at other switches',
    before: declareSmall(leaves('cn[001-032]', 'cn[033-064]')),
    after: declareSmall(leaves('cn[001-016]', 'cn[017-064]')),
    told: {
      sections: ['other'],
      classes: ['reconfigure'],
      lines: [
        'other  Slurm cluster hpc: topology leaf1: nodes cn[001-032] → cn[001-016], leaf2: nodes cn[033-064] → cn[017-064]  [reconfigure]',
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
    title: 'preemption turned on',
    before: declareSmall(),
    after: declareSmall(options({ PreemptType: 'preempt/partition_prio', PreemptMode: 'REQUEUE' })),
    told: {
      sections: ['contract'],
      classes: ['reconfigure', 'reconfigure'],
      lines: [
        'contract  Slurm cluster hpc: options.PreemptMode not set → REQUEUE  [reconfigure]',
        'contract  Slurm cluster hpc: options.PreemptType not set → preempt/partition_prio  [reconfigure]',
      ],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
];
