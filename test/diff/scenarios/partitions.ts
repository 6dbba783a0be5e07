import { declareSmall } from '../support/campus';
import type { Scenario } from './scenario';

const PLACE = 'place the files on hpc_controller (ctl1)';
const RECONFIGURE = 'slurmctld and slurmd read their files again';
const RECORD = 'play the whole site: nothing is left to change, and the manifest is left on hpc_controller[0]';

/** Queues and their limits. */
export const partitions: readonly Scenario[] = [
  {
    title: 'a shorter limit of one partition',
    before: declareSmall(),
    after: declareSmall({ partitions: { batch: 2, long: 7 } }),
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  partition batch: maxTime 7d → 2d  [reconfigure]'],
      plan: [PLACE, RECONFIGURE, RECORD],
    },
  },
];
