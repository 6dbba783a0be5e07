import { toolVersion } from '../app/tool-version';
import { capacityOf } from './capacity/capacity';
import { withCapacityNotes } from './capacity/notes';
import { type PriceTable, shippedPrices } from './capacity/price-table';
import { analyseCloud } from './cloud/cloud';
import { type Analyser, compareSides, type Comparison } from './comparison';
import { inOrder, severity } from './entry';
import { fieldEntries } from './field-entries';
import { renderingEntries, sortFiles } from './file-entries';
import { groupAlike } from './group';
import { countJobs } from './jobs/count';
import type { JobExport } from './jobs/job';
import type { LiveExport } from './live/export';
import type { Live } from './live/model';
import { type Diff, DIFF_VERSION, type Entry, type PlanStep, type Summary } from './model';
import { hideNoise } from './noise';
import { analyseParity } from './parity/parity';
import { placesOf } from './place';
import { planRollOut } from './plan/plan';
import { withReach } from './reach';
import { describeSide, type Side } from './side';
import { analyseSlurm } from './slurm/slurm';
import { analyseSoftware } from './software';
import type { PackageKnowledge } from './software/package-entries';

/** What domains know beyond field tables, in the order in which they are asked. */
const analysers: readonly Analyser[] = [analyseSlurm, analyseSoftware, analyseCloud, analyseParity];

/** How two sides are compared. */
export interface DiffOptions extends PackageKnowledge {
  /** Show what noise rules would hide. @default false */
  readonly strict?: boolean;
  /** What runs and waits at the site (`readQueue`). @default - no jobs are counted */
  readonly jobs?: JobExport;
  /** What was submitted there of late (`readHistory`). @default - no submissions are counted */
  readonly history?: JobExport;
  /** What running systems say (`readLive`). @default - nothing is compared with them */
  readonly live?: readonly LiveExport[];
  /** Prices of the cloud (`readPrices`). @default - the list prices that ship with hpcdk */
  readonly prices?: PriceTable;
}

/** Compares two sides: everything that the views show. */
export function diffSides(before: Side, after: Side, options: DiffOptions = {}): Diff {
  const comparison = compareSides(before, after);
  const { byConstruct, unexplained } = sortFiles(comparison);
  const declared = fieldEntries(comparison).map((entry) => ({ ...entry, files: byConstruct.get(entry.path) ?? [] }));
  const found = analysers.reduce<readonly Entry[]>(
    (entries, analyse) => analyse(entries, comparison),
    [...declared, ...renderingEntries(comparison, unexplained)],
  );
  const known = knowledgeOfPackages(found, comparison, options);
  const prices = options.prices ?? shippedPrices();
  const told = withCapacityNotes(known.entries, comparison, prices);
  const capacity = capacityOf(comparison, prices);
  const { shown, hidden } = hideNoise(told, comparison, options.strict ?? false);
  const { entries, jobs } = countJobs(withReach(groupAlike(shown).sort(inOrder), comparison), comparison, options);
  const places = placesOf(entries, comparison);
  const plan = planRollOut([...shown].sort(inOrder), comparison);
  const live = options.live && compareLive(options.live, comparison, plan);
  return {
    format: 'hpcdk-diff',
    version: DIFF_VERSION,
    tool: toolVersion(),
    before: describeSide(before),
    after: describeSide(after),
    summary: summarize(entries, comparison),
    entries,
    ...(places.length > 0 && { places }),
    ...(capacity && { capacity }),
    ...(jobs && { jobs }),
    ...(live && { live }),
    plan,
    hidden,
    notes: [...notesOf(comparison), ...known.notes],
  };
}

/** Loaded late: most comparisons have no exports. */
function compareLive(exports: readonly LiveExport[], comparison: Comparison, plan: readonly PlanStep[]): Live {
  const { liveOf } = require('./live') as typeof import('./live');
  return liveOf(exports, comparison, plan);
}

/** Loaded late: most comparisons are not told of packages. */
function knowledgeOfPackages(entries: readonly Entry[], comparison: Comparison, options: PackageKnowledge) {
  if (!options.packages && !options.advisories) return { entries, notes: [] };
  const { knowledgeNotes, packageEntries } =
    require('./software/package-entries') as typeof import('./software/package-entries');
  return { entries: packageEntries(entries, comparison, options), notes: knowledgeNotes(entries, options) };
}

function summarize(entries: readonly Entry[], { changes }: Comparison): Summary {
  const of = (action: Entry['action']) => entries.filter((entry) => entry.action === action).length;
  const worst = entries.reduce<Entry['effect']['class']>(
    (name, { effect }) => (severity(effect) > severity({ class: name }) ? effect.class : name),
    'none',
  );
  const oneSided = entries.filter(({ marks }) => marks.includes('one-sided')).length;
  return {
    entries: entries.length,
    worst,
    added: of('added'),
    removed: of('removed'),
    changed: of('changed') + of('rendering'),
    moved: of('moved'),
    files: changes.files.length,
    filesOnHosts: changes.files.filter(({ before, after }) => before?.host ?? after?.host).length,
    ...(oneSided > 0 && { oneSided }),
  };
}

/** What limits the comparison. */
function notesOf({ before, after }: Comparison): string[] {
  const notes = [before, after].flatMap(({ label, read }) =>
    read
      ? []
      : [`${label} is a manifest without its output: only what was declared is compared, not the content of files`],
  );
  const [a, b] = [before.manifest.tool, after.manifest.tool];
  if (a !== b) notes.push(`hpcdk ${a} wrote one side and ${b} the other`);
  return notes;
}
