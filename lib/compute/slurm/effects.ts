import type { Effect, Effects } from '../../app/effect';

/** Any change is read by `scontrol reconfigure`; no job notices. */
export const reconfigure = (reason: string, more: Partial<Effect> = {}): Effect => ({
  class: 'reconfigure',
  reason,
  ...more,
});

/** As `reconfigure`, of what nobody notices: no job script breaks, no job waits longer. */
export const unnoticed = (reason: string): Effect => reconfigure(reason, { harmless: true });

/** slurmctld reads the key at its start only. Jobs run on, and the queue is kept in StateSaveLocation. */
export const restartController = (reason: string): Effects => ({
  any: { class: 'daemon-restart', reason, steps: ['restart slurmctld'] },
});

/** Every daemon reads the key at its start only. */
export const restartAll = (reason: string): Effects => ({
  any: { class: 'daemon-restart', reason, steps: ['restart slurmctld', 'restart slurmd on every node'] },
});

const NODE_TABLE =
  'slurmctld and every slurmd must know the same nodes, and read them at their start; before 24.11 slurmctld ends at an scontrol reconfigure with another number of nodes';

const ADDITION: readonly Effect[] = [
  {
    class: 'daemon-restart',
    reason: NODE_TABLE,
    steps: ['stop slurmctld', 'place the files', 'restart slurmd on every node', 'start slurmctld'],
    when: { slurm: '< 24.11' },
  },
  {
    class: 'reconfigure',
    reason: 'from 24.11 nodes are added by scontrol reconfigure',
    steps: ['scontrol reconfigure'],
  },
];

/** Nodes that come. */
export const NODES_ADDED: Effects = { any: ADDITION };

/** Seen on 22.05 and 24.11; what still runs on such a node runs on until it is stopped. */
const NODES_GONE = {
  running: 'running jobs on nodes that go are killed (NODE_FAIL) unless the nodes are drained first',
  pending: 'pending jobs that name nodes that go end with NODE_FAIL',
} as const;

/** Nodes that come, go or change their names (slurm.conf(5), NodeName; release notes of 24.11). */
export const NODE_SET: Effects = {
  increased: ADDITION,
  any: [
    {
      class: 'rolling-drain',
      reason: NODE_TABLE,
      ...NODES_GONE,
      steps: [
        'drain the nodes that go and wait for their jobs',
        'stop slurmd on the nodes that go',
        'stop slurmctld',
        'place the files',
        'restart slurmd on every node',
        'start slurmctld',
      ],
      when: { slurm: '< 24.11' },
    },
    {
      class: 'rolling-drain',
      reason:
        'slurmctld forgets nodes that slurm.conf no longer names, and from 24.11 reads it by scontrol reconfigure',
      ...NODES_GONE,
      steps: [
        'drain the nodes that go and wait for their jobs',
        'stop slurmd on the nodes that go',
        'place the files',
        'scontrol reconfigure',
      ],
    },
  ],
};

const INVAL = 'a node that registers with less than slurm.conf says is taken out (state INVAL)';

/** Seen on 22.05: other memory, sockets or threads alone leave jobs as they are, another number of cores ends them. */
const CORES = 'running jobs end, and are queued again if they may be, where the number of cores changes under them';

const ANEW = [
  'drain the nodes and wait for their jobs',
  'restart slurmctld',
  'restart slurmd on the nodes',
  'resume the nodes',
] as const;

/** What a node claims to have. */
export const NODE_SHAPE: Effects = {
  increased: {
    class: 'rolling-drain',
    reason: INVAL,
    running: CORES,
    steps: [ANEW[0], 'check what the nodes have $ slurmd -C', ...ANEW.slice(1)],
  },
  decreased: {
    class: 'rolling-drain',
    reason: 'slurmctld gives nodes no more work than slurm.conf says that they can take',
    running: CORES,
    pending: 'pending jobs that ask for more than any node has never start',
    steps: ANEW,
  },
  any: {
    class: 'rolling-drain',
    reason: INVAL,
    running: CORES,
    pending: 'pending jobs that ask for what no node has any more never start',
    steps: [ANEW[0], 'check what the nodes have $ slurmd -C', ...ANEW.slice(1)],
  },
};

/** What nodes of a cloud claim to have: those that run now are of the old kind until they are given back. */
export const CLOUD_SHAPE: Effects = {
  any: {
    class: 'rolling-drain',
    reason: 'nodes that run are of the old kind: one that has less than slurm.conf says is taken out (state INVAL)',
    running: 'running jobs continue on the nodes that they have, which are given back afterwards',
    pending: 'pending jobs that ask for what no node has any more never start',
    steps: ['drain the cloud nodes: each is given back once its jobs have ended', 'restart slurmctld'],
  },
};

/** What jobs ask for by `--constraint` (seen on 22.05). */
export const FEATURES: Effects = {
  increased: unnoticed('jobs can ask for more features'),
  any: reconfigure('slurmctld reads the features of nodes again', {
    pending: 'pending jobs that ask for a feature that no node has any more never start',
  }),
};

/** What a node keeps from jobs: slurmd sets it aside when it starts. */
export const SYSTEM_SHARE: Effects = {
  any: {
    class: 'rolling-drain',
    reason: 'slurmd sets aside what the system keeps at its start only, and jobs get what is left',
    running: 'running jobs continue while the nodes drain',
    pending: 'pending jobs that ask for more of a node than is left never start',
    steps: ANEW,
  },
};

/** A queue that goes: its jobs go with it (slurm.conf(5), PARTITION CONFIGURATION; seen on 22.05 and 24.11). */
export const PARTITION_GONE: Effects = {
  any: {
    class: 'rolling-drain',
    reason: 'slurmctld drops a partition that slurm.conf no longer names, and every job in it',
    running: 'running jobs of the partition are killed (NODE_FAIL) unless it is empty by then',
    pending: 'pending jobs of the partition end with NODE_FAIL; new submissions to it are refused',
    steps: [
      'set the partition to State=DRAIN, and wait for its jobs or move them to another one $ scontrol update partitionname={name} state=drain',
      'place the files',
      'scontrol reconfigure',
    ],
  },
};

const BEYOND = {
  running: 'running jobs keep the limit that they started with',
  pending: 'pending jobs beyond it wait for ever',
} as const;

/**
 * A limit for which more is harmless and less leaves jobs behind.
 *
 * @param key the key that sets it, as Slurm spells it
 */
export const limit = (key: string): Effects => ({
  increased: unnoticed(`a higher ${key} refuses nothing that was accepted before`),
  removed: unnoticed(`without ${key} nothing is refused that was accepted before`),
  any: reconfigure(`a lower ${key}, or one where there was none, refuses what was accepted before`, BEYOND),
});

/** Limits on several resources: one that is named for the first time refuses what was accepted before, as a lower one does. */
export const limits = (key: string): Effects => ({
  removed: unnoticed(`without ${key} nothing is refused that was accepted before`),
  any: reconfigure(
    `${key} has other amounts: lower ones, and those of resources that it did not name, refuse jobs`,
    BEYOND,
  ),
});

/**
 * Limits that come whole from somewhere, so that nobody knows which of them are higher and which lower.
 *
 * @param source what they come from, in the singular: `the QOS of the partition`
 */
export const limitsOf = (source: string): Effects => ({
  removed: unnoticed(`the limits of ${source} no longer hold`),
  any: reconfigure(`${source} is another one, with limits of its own`, BEYOND),
});

/** A list of those who may: a longer one hurts nobody, and without one all may. */
export const allowed = (what: string, lost: string): Effects => ({
  increased: unnoticed(`${what} that could be used before still can`),
  removed: unnoticed(`without the list any of the ${what} can be used`),
  any: reconfigure(`${what} that the list does not name are refused`, NOT_ALLOWED(lost)),
});

/** A list of those who may not: a shorter one hurts nobody. */
export const denied = (what: string, lost: string): Effects => ({
  decreased: unnoticed(`${what} that could be used before still can`),
  removed: unnoticed(`without the list any of the ${what} can be used`),
  any: reconfigure(`${what} that the list names are refused`, NOT_ALLOWED(lost)),
});

/** Seen on 22.05: with EnforcePartLimits=NO new jobs are taken and wait as well. */
const NOT_ALLOWED = (lost: string) => ({
  running: 'running jobs continue',
  pending: `pending jobs ${lost} wait for ever`,
});

/** The order of the quick start guide of Slurm, "Upgrades". */
const UPGRADED: readonly string[] = [
  'back up StateSaveLocation, and the accounting database if there is one',
  'stop slurmdbd',
  'install Slurm {after} where slurmdbd runs',
  'stop slurmctld',
  'install Slurm {after} where slurmctld runs',
  'place the files',
  'start slurmdbd',
  'start slurmctld',
  'install Slurm {after} where slurmd runs',
  'restart slurmd on every node',
  'install Slurm {after} on the login hosts, if there are any',
];

/** Another Slurm release. */
export const UPGRADE: Effects = {
  decreased: {
    class: 'data-loss',
    reason: 'an older slurmctld refuses the state that a newer one wrote; with -i it starts, and throws the queue away',
    running: 'running jobs are killed: the older slurmctld knows nothing of them',
    pending: 'pending jobs are lost',
    steps: [
      'let no new jobs in and wait until the queue is empty',
      'stop slurmctld',
      'stop slurmd on every node',
      'install Slurm {after}, and put back StateSaveLocation and the database as they were before the upgrade',
      'place the files',
      'start slurmctld',
      'start slurmd on every node',
    ],
  },
  any: {
    class: 'daemon-restart',
    reason: 'slurmdbd is upgraded first, then slurmctld, then slurmd and the commands',
    steps: UPGRADED,
  },
};

/** slurmctld on another host. */
export const CONTROLLER_MOVED: Effects = {
  any: {
    class: 'stop-controller',
    reason: 'slurmctld moves to another host: the queue goes with StateSaveLocation or is lost',
    steps: [
      'stop slurmctld for good',
      'copy StateSaveLocation to the new host, owned by SlurmUser',
      'place the files',
      'start slurmctld',
      'restart slurmd on every node',
    ],
  },
};

/** The queue at another place. */
export const QUEUE_MOVED: Effects = {
  any: {
    class: 'data-loss',
    reason: 'slurmctld starts with an empty queue when nothing is at the new place',
    running: 'running jobs are killed unless the old queue is copied first, as the steps say',
    pending: 'pending jobs are lost unless the old queue is copied first',
    steps: [
      'stop slurmctld',
      'copy {before} to {after}, owned by SlurmUser $ mkdir -p {after} && cp -a {before}/. {after}/',
      'place the files',
      'start slurmctld',
    ],
  },
};
