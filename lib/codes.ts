import { appCodes } from './app/codes';
import { outputCodes } from './app/output/codes';
import { cliCodes } from './cli/codes';
import { cloudCodes } from './cloud/codes';
import { burstCodes } from './compute/burst-codes';
import { clusterCodes } from './compute/cluster-codes';
import { computeCodes } from './compute/codes';
import { diffCodes } from './diff/codes';
import { documentCodes } from './documents/codes';
import { softwareCodes } from './software/codes';
import { hostCodes } from './hosts/codes';
import { byCodeUnit } from './values/json';
import { storageCodes } from './storage/codes';
import { type CodeEntry, valueCodes } from './values/codes';

/** The catalogues of all folders. */
export const catalogues = [
  valueCodes,
  documentCodes,
  appCodes,
  outputCodes,
  computeCodes,
  clusterCodes,
  burstCodes,
  storageCodes,
  cloudCodes,
  hostCodes,
  softwareCodes,
  diffCodes,
  cliCodes,
] as const;

/** Every code with its page, in order: what `hpcdk explain` and docs/codes.md show. */
export const codes: Readonly<Record<string, CodeEntry>> = Object.fromEntries(
  catalogues.flatMap((catalogue) => Object.entries<CodeEntry>(catalogue)).sort(([a], [b]) => byCodeUnit(a, b)),
);
