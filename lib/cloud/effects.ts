import type { Effects } from '../app/effect';

/** What holds data is removed. */
export const DATA_GOES: Effects = {
  any: {
    class: 'data-loss',
    reason: 'terraform destroys it with all that is in it',
    running: 'jobs that have files open there fail',
    steps: ['copy the data', 'terraform apply'],
  },
};

/** What holds data is made anew, empty. */
export const DATA_ANEW: Effects = {
  any: {
    class: 'data-loss',
    reason: 'it cannot be changed: terraform destroys it and makes an empty one',
    running: 'jobs that have files open there fail',
    steps: ['copy the data', 'terraform apply', 'copy the data back'],
  },
};
