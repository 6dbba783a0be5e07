import { Document } from '../../documents/document';
import { slurmConf } from '../../documents/slurm-conf';
import { renderTemplate } from '../../documents/template';
import { text } from '../../documents/text';
import type { Report } from '../../values/problem';
import { Version } from '../../values/version';
import { checkSlurmOptions } from '../slurm/options';
import { accountCommands, type AccountRecords, nameCommands } from './accounts-script';
import type { SlurmDatabase } from './slurm-database';

/** Adds the files of an accounting database below it: slurmdbd.conf, and the script of its QOS, accounts and users. */
export function addDatabaseDocuments(database: SlurmDatabase): void {
  new Document(database, 'slurmdbd.conf', {
    path: 'slurmdbd.conf',
    format: slurmConf,
    content: () => ({ lines: lines(database) }),
    check: (conf, report) => {
      const errors: Report = (problem, at) => problem.severity !== 'warning' && report(problem, at);
      checkSlurmOptions('slurmdbd.conf', conf, Version.parse(database.values.slurm), errors);
    },
    host: { path: '/etc/slurm/slurmdbd.conf', owner: 'slurm', group: 'slurm', mode: 0o600 },
    readers: [{ service: 'slurmdbd', on: 'restart' }],
  });
  new Document(database, 'accounts.sh', {
    path: 'accounts.sh',
    format: text('shell'),
    mode: 0o755,
    when: () => database.clusters.length > 0,
    content: (report) => {
      const records = recordsOf(database);
      const [names, commands] = [nameCommands(records), accountCommands(records)];
      return renderTemplate('slurm/accounts.sh', { owner: database.node.path, names, commands }, report);
    },
    host: { path: '/etc/slurm/accounts.sh', mode: 0o750 },
  });
}

function recordsOf(database: SlurmDatabase): AccountRecords {
  const { federation } = database.values;
  return {
    ...(federation !== undefined && { federation }),
    clusters: database.clusters.map((cluster) => cluster.node.id),
    ...database.below(),
    tracked: database.trackedGres,
  };
}

function lines({ values: v, host, node }: SlurmDatabase) {
  const stated = {
    AuthType: 'auth/munge',
    DbdHost: host,
    SlurmUser: 'slurm',
    LogFile: '/var/log/slurm/slurmdbd.log',
    PidFile: '/run/slurmdbd.pid',
    StorageType: 'accounting_storage/mysql',
    StorageHost: v.storageHost,
    StorageUser: v.storageUser,
    StorageLoc: v.storageName,
    ...(v.privateData.length > 0 && { PrivateData: [...v.privateData].sort().join(',') }),
    ...(v.keepJobsMonths && { PurgeJobAfter: `${v.keepJobsMonths}months` }),
    ...v.options,
  };
  return [
    { comment: `Emitted by hpcdk from '${node.path}'` },
    ...Object.entries(stated).map((entry) => ({ entries: [entry] })),
    ...(v.password ? [{ include: v.password.name }] : []),
  ];
}
