import { Document } from '../../documents/document';
import { envFile } from '../../documents/env-file';
import { slurmConf } from '../../documents/slurm-conf';
import type { Report } from '../../values/problem';
import { Version } from '../../values/version';
import type { SlurmCluster } from '../slurm-cluster';
import { checkSlurmOptions } from './options';
import type { SlurmFiles } from './slurm-files';

/** Both daemons take a change of their files by `scontrol reconfigure`; what needs more is said by the fields. */
const READERS = [
  { service: 'slurmctld', on: 'reconfigure' },
  { service: 'slurmd', on: 'reconfigure' },
] as const;

/** The id of the document that tells slurmd where its files come from. */
export const SLURMD_OPTIONS = 'slurmd-options';

/** Adds the files of a cluster below it. */
export function addClusterDocuments(cluster: SlurmCluster, files: SlurmFiles): void {
  for (const file of files.all()) {
    new Document(cluster, file.name, {
      path: file.name,
      format: slurmConf,
      content: file.content,
      when: file.when,
      check: (conf, report) => {
        // what the site states itself was checked at its own place; this is about what others contribute
        const errors: Report = (problem, at) => problem.severity !== 'warning' && report(problem, at);
        const { slurm, acknowledgedWords: acknowledged } = cluster.values;
        checkSlurmOptions(file.table, conf, Version.parse(slurm), errors, { acknowledged });
      },
      host: { path: `/etc/slurm/${file.name}` },
      readers: READERS,
    });
  }
  addSlurmdOptions(cluster);
}

/** Tells slurmd where its files come from; the name of the file is the distribution's. */
function addSlurmdOptions(cluster: SlurmCluster): void {
  new Document(cluster, SLURMD_OPTIONS, {
    path: 'slurmd.default',
    format: envFile,
    content: () => {
      const { controller, backupController } = cluster.values;
      const servers = [controller, backupController].flatMap((host) => (host ? [`${host}:6817`] : []));
      return { SLURMD_OPTIONS: `--conf-server ${servers.join(',')}` };
    },
    when: () => cluster.values.configless && cluster.floorPools.length > 0,
    host: { path: '/etc/default/slurmd' },
    readers: [{ service: 'slurmd', on: 'restart' }],
  });
}
