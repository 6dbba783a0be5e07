import { NodeType, Power, Size, SlurmVersion } from '../../../lib/index';
import { declareSmall, type Small } from '../support/campus';
import type { Scenario } from './scenario';

const newest = { slurm: SlurmVersion.V24_11 } as const;
const drawing = { type: { power: Power.w(650) } };
const gpus = (type: string, count = 4) => ({ type: { gres: [{ name: 'gpu', type, count }] } });
const withGpus = ({ hpc }: Small): void => {
  const nodes = hpc.addNodes('gpu', {
    hosts: 'gn[01-08]',
    type: NodeType.of({
      sockets: 2,
      cores: 32,
      memory: Size.gib(512),
      gres: [{ name: 'gpu', type: 'a100', count: 4 }],
    }),
  });
  hpc.addPartition('gpu', { nodes: [nodes] });
};

/** Machines that come, go and change. */
export const nodes: readonly Scenario[] = [
  {
    title: 'zero padding lost in the names of the nodes',
    before: declareSmall(),
    after: declareSmall({ hosts: 'cn[1-64]' }),
    told: {
      sections: ['disruption'],
      classes: ['stop-fleet'],
      lines: ['disruption  node pool cpu: hosts cn[001-064] → cn[1-64]  [stop-fleet]'],
      plan: [
        'drain the nodes that go and wait for their jobs (cn[001-064])',
        'stop slurmd on the nodes that go (cn[001-064])',
        'stop slurmctld (ctl1)',
        'place the files on hpc_controller (ctl1)',
        'start slurmctld (ctl1)',
        'play the whole site: it sets up cn[1-64]; elsewhere it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'a typing slip? cn[001-064] and cn[1-64] are different machines',
        '64 hosts removed: cn[001-064]; 64 hosts added: cn[1-64]',
        'jobs on nodes that go are killed (NODE_FAIL) unless the nodes are drained first',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
    naively: { running: 'killed', pending: 'waits' },
  },
  {
    title: 'nodes added on 22.05',
    before: declareSmall(),
    after: declareSmall({ hosts: 'cn[001-072]' }),
    told: {
      sections: ['capacity'],
      classes: ['daemon-restart'],
      lines: ['capacity  node pool cpu: hosts cn[001-064] → cn[001-072]  [daemon-restart]'],
      plan: [
        'stop slurmctld (ctl1)',
        'place the files on hpc_controller (ctl1)',
        'restart slurmd on every node (cn[001-064])',
        'start slurmctld (ctl1)',
        'play the whole site: it sets up cn[065-072]; elsewhere it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'nodes added on 24.11',
    before: declareSmall({ cluster: newest }),
    after: declareSmall({ cluster: newest, hosts: 'cn[001-072]' }),
    told: {
      sections: ['capacity'],
      classes: ['reconfigure'],
      lines: ['capacity  node pool cpu: hosts cn[001-064] → cn[001-072]  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it sets up cn[065-072]; elsewhere it changes no more files, and ctl1 records what is deployed',
      ],
      says: ['from 24.11 nodes are added by scontrol reconfigure'],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'twice as many nodes, which are known to draw 650 W',
    before: declareSmall(drawing),
    after: declareSmall({ ...drawing, hosts: 'cn[001-128]' }),
    told: {
      sections: ['capacity'],
      classes: ['daemon-restart'],
      lines: ['capacity  node pool cpu: hosts cn[001-064] → cn[001-128]  [daemon-restart]'],
      plan: [
        'stop slurmctld (ctl1)',
        'place the files on hpc_controller (ctl1)',
        'restart slurmd on every node (cn[001-064])',
        'start slurmctld (ctl1)',
        'play the whole site: it sets up cn[065-128]; elsewhere it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        '64 nodes, 4,096 CPUs, 15 TiB of memory, 41.6 kW at full load → 128 nodes, 8,192 CPUs, 31 TiB of memory, 83.2 kW at full load',
      ],
    },
  },
  {
    title: 'what a node draws was measured',
    before: declareSmall(),
    after: declareSmall(drawing),
    told: {
      sections: ['capacity'],
      classes: ['none'],
      lines: ['capacity  node pool cpu: type.power not set → 650W  [none]'],
      plan: [],
      says: ['no host gets it'],
    },
  },
  {
    title: 'nodes removed',
    before: declareSmall(),
    after: declareSmall({ hosts: 'cn[001-032]' }),
    told: {
      sections: ['capacity'],
      classes: ['rolling-drain'],
      lines: ['capacity  node pool cpu: hosts cn[001-064] → cn[001-032]  [rolling-drain]'],
      plan: [
        'drain the nodes that go and wait for their jobs (cn[033-064])',
        'stop slurmd on the nodes that go (cn[033-064])',
        'stop slurmctld (ctl1)',
        'place the files on hpc_controller (ctl1)',
        'restart slurmd on every node (cn[001-032])',
        'start slurmctld (ctl1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
    naively: { running: 'killed', pending: 'waits' },
  },
  {
    title: 'a pool of GPU nodes with its partition',
    before: declareSmall(),
    after: declareSmall({ more: withGpus }),
    told: {
      sections: ['contract', 'capacity'],
      classes: ['reconfigure', 'daemon-restart'],
      lines: ['contract  partition gpu added  [reconfigure]', 'capacity  node pool gpu added  [daemon-restart]'],
      plan: [
        'stop slurmctld (ctl1)',
        'place the files on hpc_controller (ctl1)',
        'restart slurmd on every node (cn[001-064])',
        'start slurmctld (ctl1)',
        'play the whole site: it sets up gn[01-08]; elsewhere it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'less memory in every node',
    before: declareSmall(),
    after: declareSmall({ memory: 192 }),
    told: {
      sections: ['capacity'],
      classes: ['rolling-drain'],
      lines: ['capacity  node pool cpu: type memory 245GiB → 184GiB  [rolling-drain]'],
      plan: [
        'drain the nodes and wait for their jobs (cn[001-064])',
        'place the files on hpc_controller (ctl1)',
        'restart slurmctld (ctl1)',
        'restart slurmd on the nodes (cn[001-064])',
        'resume the nodes (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'more memory in every node',
    before: declareSmall(),
    after: declareSmall({ memory: 512 }),
    told: {
      sections: ['capacity'],
      classes: ['rolling-drain'],
      lines: ['capacity  node pool cpu: type memory 245GiB → 491GiB  [rolling-drain]'],
      plan: [
        'drain the nodes and wait for their jobs (cn[001-064])',
        'check what the nodes have (cn[001-064])',
        'place the files on hpc_controller (ctl1)',
        'restart slurmctld (ctl1)',
        'restart slurmd on the nodes (cn[001-064])',
        'resume the nodes (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'hyperthreading turned off',
    before: declareSmall({ type: { threads: 2 } }),
    after: declareSmall({ type: { threads: 1 } }),
    told: {
      sections: ['capacity'],
      classes: ['rolling-drain'],
      lines: ['capacity  node pool cpu: type threads 2 → 1  [rolling-drain]'],
      plan: [
        'drain the nodes and wait for their jobs (cn[001-064])',
        'place the files on hpc_controller (ctl1)',
        'restart slurmctld (ctl1)',
        'restart slurmd on the nodes (cn[001-064])',
        'resume the nodes (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: ['a job in batch or long can have 64 CPUs of one node, before 128 CPUs'],
    },
  },
  {
    title: 'GPUs of another type',
    before: declareSmall(gpus('a100')),
    after: declareSmall(gpus('h100')),
    told: {
      sections: ['capacity'],
      classes: ['rolling-drain'],
      lines: ['capacity  node pool cpu: type gres: - gpu:a100:4, + gpu:h100:4  [rolling-drain]'],
      plan: [
        'drain the nodes and wait for their jobs (cn[001-064])',
        'check what the nodes have (cn[001-064])',
        'place the files on hpc_controller (ctl1)',
        'restart slurmctld (ctl1)',
        'restart slurmd on the nodes (cn[001-064])',
        'resume the nodes (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'features removed',
    before: declareSmall({ pool: { features: ['icelake', 'avx512'] } }),
    after: declareSmall({ pool: { features: ['icelake'] } }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  node pool cpu: features - avx512  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'cores kept for the system',
    before: declareSmall(),
    after: declareSmall({ pool: { systemCores: 2 } }),
    told: {
      sections: ['capacity'],
      classes: ['rolling-drain'],
      lines: ['capacity  node pool cpu: systemCores 0 → 2  [rolling-drain]'],
      plan: [
        'drain the nodes and wait for their jobs (cn[001-064])',
        'place the files on hpc_controller (ctl1)',
        'restart slurmctld (ctl1)',
        'restart slurmd on the nodes (cn[001-064])',
        'resume the nodes (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
];
