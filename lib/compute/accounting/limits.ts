import type { Codec } from '../../values/codec';
import { duration, integer } from '../../values/codecs';
import type { Duration } from '../../values/duration';
import { optional } from '../../app/field';
import { limit, limits } from '../slurm/effects';
import { type Tres, tres, tresText } from './tres';

/** Limits that a QOS or an account sets (sacctmgr(1)). A limit that is left out is lifted. */
export interface LimitProps {
  /** Longest time of a job. @default - no limit */
  readonly maxWall?: Duration;
  /** Most jobs of one user that run at once. @default - no limit */
  readonly maxJobs?: number;
  /** Most jobs of one user that run or wait. @default - no limit */
  readonly maxSubmitJobs?: number;
  /** Most resources of one job. @default {} */
  readonly maxTresPerJob?: Tres;
  /** Most resources of all running jobs together. @default {} */
  readonly grpTres?: Tres;
  /** Most jobs that run at once, of all users together. @default - no limit */
  readonly grpJobs?: number;
}

const set = <In, Out>(codec: Codec<In, Out>, key: string) =>
  optional(codec, { section: 'contract', effects: limit(key) });
const setTres = (key: string) => optional(tres, { section: 'contract', effects: limits(key) });

/** The field table of the limits. */
export const limitFields = {
  maxWall: set(duration, 'MaxWall'),
  maxJobs: set(integer(0), 'MaxJobs'),
  maxSubmitJobs: set(integer(0), 'MaxSubmitJobs'),
  maxTresPerJob: setTres('MaxTRES'),
  grpTres: setTres('GrpTRES'),
  grpJobs: set(integer(0), 'GrpJobs'),
};

/** A setting of sacctmgr; -1 lifts a limit that the definition no longer states. */
export type Setting = readonly [key: string, value: string];

/** A number, or the value that lifts the limit. */
export const orLift = (value: number | undefined): string => (value === undefined ? '-1' : String(value));

/** Amounts, or the values that lift every limit on what the cluster tracks. */
export const tresOrLift = (limits: Tres | undefined, tracked: readonly string[]): string =>
  tresText({ ...Object.fromEntries(tracked.map((name) => [name, -1])), ...limits });
