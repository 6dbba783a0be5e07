import type { OptionTable } from '../option';

/** Keys of topology.conf that stand on a line of their own. */
export const topologyConfKeys: OptionTable = {
  BlockLevels: {
    type: 'list',
    since: '23.11',
    until: '24.05',
    fate: 'fatal',
    replacement: 'BlockSizes',
    source: 'RELEASE_NOTES 24.05',
  },
  BlockSizes: { type: 'list', since: '24.05', source: 'topology.conf(5) 24.05' },
};

/** Keys of a SwitchName line. */
export const switchKeys: OptionTable = {
  SwitchName: { type: 'text' },
  LinkSpeed: { type: 'int', bits: 32 },
  Nodes: { type: 'hostlist' },
  Switches: { type: 'hostlist' },
};

/** Keys of a BlockName line. */
export const blockKeys: OptionTable = {
  BlockName: { type: 'text', since: '23.11', source: 'topology.conf(5) 23.11' },
  Nodes: { type: 'hostlist', since: '23.11', source: 'topology.conf(5) 23.11' },
};

/** Keys of a RingName line. */
export const ringKeys: OptionTable = {
  RingName: { type: 'text', since: '26.05', source: 'topology.conf(5) 26.05' },
  Nodes: { type: 'hostlist', since: '26.05', source: 'topology.conf(5) 26.05' },
};
