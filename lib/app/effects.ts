import type { Effect, Effects } from './effect';

/** A change that no host and no job notices. */
export const NO_EFFECT = (reason: string): Effects => ({ any: { class: 'none', reason, harmless: true } });

/** A change that one class of effect describes in every direction. */
export const always = (effect: Effect): Effects => ({ any: effect });
