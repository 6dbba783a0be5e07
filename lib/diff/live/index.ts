export type { LiveExport } from './export';
export { liveOf } from './live';
export { readLive, type ReadLiveOptions } from './read-live';
