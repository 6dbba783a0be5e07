import { always } from '../app/effects';

/** What a change for a group of hosts does there. */
export const HOSTS_CHANGED = always({
  class: 'none',
  reason: 'hosts that join get what is declared for the group, hosts that leave keep what they have',
});

/** A package of another name. */
export const PACKAGE_CHANGED = always({
  class: 'none',
  reason: 'the package is installed beside what runs; the old one stays installed',
});

/** A package more or less. */
export const PACKAGE_ADDED = always({ class: 'none', reason: 'the package is installed beside what runs' });
export const PACKAGE_REMOVED = always({
  class: 'none',
  reason: 'it stays installed where it is: the play removes no package',
});

/** An account that changes. */
export const ACCOUNT_CHANGED = always({
  class: 'none',
  reason: 'files that the old uid owns keep it, and processes of the user go on until they end',
  steps: ['change the owner of the files that the user had'],
});

/** A service of another name. */
export const SERVICE_CHANGED = always({
  class: 'daemon-restart',
  reason: 'the service is enabled and started; the old one goes on running',
});

/** A service more or less. */
export const SERVICE_ADDED = always({ class: 'daemon-restart', reason: 'the service is enabled and started' });
export const SERVICE_REMOVED = always({
  class: 'none',
  reason: 'it goes on running where it runs: the play stops no service',
});
