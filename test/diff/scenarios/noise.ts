import type { Side } from '../../../lib/diff/side';
import { declareSmall, type Small } from '../support/campus';
import { Duration } from '../../../lib/index';
import type { Scenario } from './scenario';

/** The manifest without its files, as a controller keeps it. */
const manifestOnly = ({ label, manifest }: Side): Side => ({ label, manifest, sources: {} });

/** A side that another version of hpcdk wrote. */
const writtenBy = (tool: string, side: Side): Side => ({ ...side, manifest: { ...side.manifest, tool } });

/** As if nobody had written a value: it is the default of the library that wrote this side. */
function unwritten(side: Side, path: string, field: string): Side {
  const construct = side.manifest.constructs[path];
  if (!construct) throw new Error(`there is no ${path}`);
  const defaults = [...construct.defaults, field];
  const constructs = { ...side.manifest.constructs, [path]: { ...construct, defaults } };
  return { ...side, manifest: { ...side.manifest, constructs } };
}

const renamed = ({ app }: Small): void => app.rename('campus/hpc/nodes/cpu', 'campus/hpc/nodes/thin');

/** What looks like a change and is none, or is one that nobody wrote. */
export const noise: readonly Scenario[] = [
  {
    title: 'reordered and respelt',
    before: declareSmall({
      cluster: { privateData: ['jobs', 'usage'] },
      partitions: { batch: { maxTime: Duration.days(7), allowQos: ['normal', 'long'] }, long: 7 },
    }),
    after: declareSmall({
      cluster: { privateData: ['usage', 'jobs'] },
      partitions: { batch: { allowQos: ['long', 'normal'], maxTime: Duration.hours(168) }, long: 7 },
      hosts: 'cn[001-032,033-064]',
    }),
    told: { sections: [], classes: [], lines: [], plan: [] },
  },
  {
    title: 'partitions declared in another order',
    before: declareSmall({ partitions: { batch: 7, long: 7 } }),
    after: declareSmall({ partitions: { long: 7, batch: 7 } }),
    told: { sections: [], classes: [], lines: [], plan: [] },
  },
  {
    title: 'a construct renamed',
    before: declareSmall(),
    after: declareSmall({ poolId: 'thin', more: renamed }),
    told: { sections: ['state'], classes: ['none'], lines: ['state  node pool cpu renamed to thin  [none]'], plan: [] },
  },
  {
    title: 'another default of the library',
    before: declareSmall(),
    after: declareSmall({ cluster: { enforcePartLimits: 'NO' } }),
    sides: (before, after) => [before, unwritten(after, 'campus/hpc', 'enforcePartLimits')],
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  Slurm cluster hpc: enforcePartLimits ALL → NO  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'another version of hpcdk',
    before: declareSmall(),
    after: declareSmall(),
    sides: (before, after) => [writtenBy('0.1.0', before), writtenBy('0.2.0', after)],
    told: { sections: [], classes: [], lines: [], plan: [] },
  },
  {
    title: 'only the manifests',
    before: declareSmall(),
    after: declareSmall({ partitions: { batch: 2, long: 7 } }),
    sides: (before, after) => [manifestOnly(before), manifestOnly(after)],
    told: {
      sections: ['contract'],
      classes: ['reconfigure'],
      lines: ['contract  partition batch: maxTime 7d → 2d  [reconfigure]'],
      plan: [
        'place the files on hpc_controller (ctl1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
];
