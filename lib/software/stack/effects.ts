import type { Effect, Effects } from '../../app/effect';

const REBUILD_STEPS = [
  'spack concretize each environment again and keep spack.lock',
  'run install.sh on the build host',
];

/** What is built changes: hashes move, and everything that depends on it is built again. */
export const rebuild = (reason: string, more: Partial<Effect> = {}): Effect => ({
  class: 'rebuild-software',
  reason,
  steps: REBUILD_STEPS,
  ...more,
});

/** An image is built again; who has it keeps what was pulled. */
export const rebuildImage = (reason: string, more: Partial<Effect> = {}): Effect =>
  rebuild(reason, { steps: ['build the image again and push it'], ...more });

/** Roots that come or go: what comes is built beside the others, what goes is missed by the scripts that load it. */
export const ROOTS: Effects = {
  increased: rebuild('the new roots are built; what is installed stays', { harmless: true }),
  decreased: {
    class: 'none',
    reason: 'modules that go are missed by job scripts that load them; the packages stay until spack gc',
    pending: 'pending jobs that load a module that goes fail when they start',
  },
  any: rebuild('roots that change are built again', {
    pending: 'pending jobs that load a module that goes fail when they start',
  }),
};

/** What users load by name changes. */
export const userContract = (reason: string, more: Effects = {}): Effects => ({
  any: { class: 'none', reason, pending: 'pending jobs see the change when they start' },
  ...more,
});

/** Something comes beside what users have, which stays as it is. */
export const beside = (reason: string): Effect => ({ class: 'none', reason, harmless: true });
