import type { Analyser } from '../comparison';
import { cacheEntries } from './cache-entries';
import { imageEntries } from './image-entries';
import { moduleEntries } from './module-entries';
import { stackEntries } from './stack-entries';

/** What a diff knows of software: what is built again, what users load, and what they pull. */
export const analyseSoftware: Analyser = (entries, comparison) =>
  imageEntries(moduleEntries(stackEntries(cacheEntries(entries), comparison), comparison), comparison);

export { withLocks } from './with-locks';
