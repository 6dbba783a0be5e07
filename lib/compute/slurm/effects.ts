import type { Effect, Effects } from '../../app/effect';

/** Any change is read by `scontrol reconfigure`; no job notices. */
export const reconfigure = (reason: string, more: Partial<Effect> = {}): Effect => ({
  class: 'reconfigure',
  reason,
  ...more,
});

/** slurmctld reads the key at its start only. Jobs run on, and the queue is kept in StateSaveLocation. */
export const restartController = (reason: string): Effects => ({
  any: { class: 'daemon-restart', reason, steps: ['restart slurmctld'] },
});

/** Every daemon reads the key at its start only. */
export const restartAll = (reason: string): Effects => ({
  any: { class: 'daemon-restart', reason, steps: ['restart slurmctld', 'restart slurmd on every node'] },
});

const NODE_TABLE = 'slurmctld and every slurmd must know the same nodes, and read them at their start';

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

/** Nodes that come, go or change their names (slurm.conf(5), NodeName; release notes of 24.11). */
export const NODE_SET: Effects = {
  increased: ADDITION,
  any: {
    class: 'rolling-drain',
    reason: NODE_TABLE,
    running: 'jobs on nodes that go are killed unless the nodes are drained first',
    pending: 'jobs that ask for nodes that go never start',
    steps: [
      'drain the nodes that go and wait for their jobs',
      'stop slurmctld',
      'place the files',
      'restart slurmd on every node',
      'start slurmctld',
    ],
  },
};

/** What a node claims to have. */
export const NODE_SHAPE: Effects = {
  decreased: {
    class: 'rolling-drain',
    reason: 'slurmctld gives a node no more work than it claims to have',
    running: 'jobs that use more than is left keep running; drain first to be exact',
    pending: 'jobs that ask for more than any node has never start',
    steps: ['drain the nodes', 'restart slurmctld', 'restart slurmd on the nodes', 'resume the nodes'],
  },
  any: {
    class: 'rolling-drain',
    reason: 'a node that registers with less than slurm.conf says is taken out (state INVAL)',
    running: 'jobs run on while the nodes drain',
    pending: 'jobs that ask for what no node has any more never start',
    steps: ['drain the nodes', 'restart slurmctld', 'restart slurmd on the nodes', 'resume the nodes'],
  },
};

/** What a node keeps from jobs: slurmd sets it aside when it starts. */
export const SYSTEM_SHARE: Effects = {
  any: {
    class: 'rolling-drain',
    reason: 'slurmd sets aside what the system keeps at its start only, and jobs get what is left',
    running: 'jobs run on while the nodes drain',
    pending: 'jobs that ask for more of a node than is left never start',
    steps: ['drain the nodes', 'restart slurmctld', 'restart slurmd on the nodes', 'resume the nodes'],
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
      'set the partition to State=DRAIN, and wait for its jobs or move them to another one',
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
  increased: reconfigure(`a higher ${key} refuses nothing that was accepted before`),
  removed: reconfigure(`without ${key} nothing is refused that was accepted before`),
  any: reconfigure(`a lower ${key}, or one where there was none, refuses what was accepted before`, BEYOND),
});

/** Limits on several resources: one that is named for the first time refuses what was accepted before, as a lower one does. */
export const limits = (key: string): Effects => ({
  removed: reconfigure(`without ${key} nothing is refused that was accepted before`),
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
  removed: reconfigure(`the limits of ${source} no longer hold`),
  any: reconfigure(`${source} is another one, with limits of its own`, BEYOND),
});

/** Another Slurm release. */
export const UPGRADE: Effects = {
  decreased: {
    class: 'data-loss',
    reason: 'an older slurmctld cannot read the state that a newer one wrote',
    running: 'running jobs are killed: the older slurmctld knows nothing of them',
    pending: 'pending jobs are lost',
    steps: [
      'let no new jobs in and wait until the queue is empty',
      'stop slurmctld',
      'stop slurmd on every node',
      'install the older release, and put back StateSaveLocation and the database as they were before the upgrade',
      'place the files',
      'start slurmctld',
      'start slurmd on every node',
    ],
  },
  any: {
    class: 'daemon-restart',
    reason:
      'an upgrade: slurmdbd first, then slurmctld, then slurmd; at most the versions apart that the release notes name',
    steps: [
      'back up the database and StateSaveLocation',
      'upgrade slurmdbd',
      'upgrade slurmctld',
      'upgrade slurmd',
      'upgrade the clients',
    ],
  },
};

/** slurmctld on another host. */
export const CONTROLLER_MOVED: Effects = {
  any: {
    class: 'stop-controller',
    reason: 'slurmctld moves to another host: the queue goes with StateSaveLocation or is lost',
    steps: [
      'stop slurmctld',
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
    steps: ['stop slurmctld', 'copy {before} to {after}, owned by SlurmUser', 'place the files', 'start slurmctld'],
  },
};
