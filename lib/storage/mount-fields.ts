import type { Effects } from '../app/effect';
import { matching } from '../values/codecs';

/** A machine by name or address. */
export const hostName = matching({
  what: 'a host',
  pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/,
  allowed: 'a DNS name or an IPv4 address',
  max: 253,
});

/** One option of mount(8): what stands between two commas of /etc/fstab. */
export const mountOption = matching({
  what: 'a mount option',
  pattern: /^[A-Za-z0-9_.:=/+@-]+$/,
  allowed: 'one option without blanks and commas, such as noatime or rsize=1048576',
});

/** What is mounted changes: machines that have it mounted keep the old one until they mount again. */
export const REMOUNT: Effects = {
  any: {
    class: 'rolling-drain',
    reason: 'a mounted file system keeps its source and options until it is mounted again',
    running: 'jobs that have files open there fail',
    pending: 'jobs find other files, or none',
    steps: ['drain the nodes', 'place the files', 'mount again', 'resume the nodes'],
  },
};
