export { type Job, type JobExport, type JobGres, type ReadJobsOptions, userHash } from './job';
export { HISTORY_COLUMNS, HISTORY_COMMAND, readHistory } from './read-history';
export { readQueue } from './read-queue';
