import { always } from '../app/effects';

/** What a change for a group of hosts does there. */
export const HOSTS_CHANGED = always({
  class: 'none',
  reason: 'hosts that join get what is declared for the group, hosts that leave keep what they have',
});

/** A package more or less. */
export const PACKAGE_CHANGED = always({
  class: 'none',
  reason: 'the package is installed beside what runs; one that is declared no more stays installed',
});

/** An account that changes. */
export const ACCOUNT_CHANGED = always({
  class: 'none',
  reason: 'files that the old uid owns keep it, and processes of the user go on until they end',
  steps: ['change the owner of the files that the user had'],
});

/** A service that is declared or renamed. */
export const SERVICE_CHANGED = always({
  class: 'daemon-restart',
  reason: 'the service is enabled and started; one that is declared no more goes on running',
});
