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
    running: 'running jobs that have files open there fail unless they end first',
    steps: [
      'drain every node and wait for the running jobs',
      'unmount {mount} on every host',
      'play mounts: file systems are mounted as declared',
      'resume every node',
    ],
  },
};

/** Files are looked for at another place: nothing of what is at the old one is there by itself. */
export const ELSEWHERE: Effects = {
  any: {
    class: 'data-loss',
    reason:
      'nothing is copied: users find what stands at the new place, and what they wrote since the last copy is missing',
    running: 'running jobs that have files open at the old place fail, or go on writing there, unless they end first',
    pending: 'pending jobs find other files, or none, unless all is copied before they start',
    steps: [
      'copy {before} to {after} while users work, until little is left to copy',
      'drain every node and wait for the running jobs',
      'freeze it: close the login hosts and make {before} read-only',
      'final sync of {before} to {after}',
      'unmount {mount} on every host',
      'play mounts: file systems are mounted as declared',
      'open the login hosts again',
      'resume every node',
    ],
  },
};

/** Files are where they were, under another path. */
export const OTHER_PATH: Effects = {
  any: {
    class: 'rolling-drain',
    reason: 'job scripts that name the old path find nothing there',
    running: 'running jobs that have files open there fail unless they end first',
    pending: 'pending jobs that name the old path fail when they start',
    steps: [
      'tell users, or leave a link at the old path',
      'drain every node and wait for the running jobs',
      'unmount {mount} on every host',
      'play mounts: file systems are mounted as declared',
      'resume every node',
    ],
  },
};
