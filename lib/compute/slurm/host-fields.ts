import { defaulted } from '../../app/field';
import { oneOf } from '../../values/codecs';

/** Whether the hosts of Slurm get what is declared, or are only compared with it. */
export const ownership = defaulted(oneOf(['owned', 'observed']), 'owned', {
  section: 'disruption',
  effects: {
    any: {
      class: 'daemon-restart',
      reason:
        'the next play takes over hosts that were only observed: packages, files, restarts; hosts that are only observed from now on keep what they have',
    },
  },
});
