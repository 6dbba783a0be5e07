import { Noun } from '../../app/noun';
import type { SlurmConf, SlurmConfLine } from '../../documents/slurm-conf';
import { byCodeUnit } from '../../values/json';
import { Version } from '../../values/version';
import type { SlurmCluster } from '../slurm-cluster';
import {
  contributesToSlurm,
  entriesOf,
  SLURM,
  type SlurmContribution,
  type SlurmOptions,
  type SlurmRecord,
} from './contribution';
import { mergeOptions } from './merge-options';
import type { SlurmFile } from './options';
import { priorityOptions } from './priority';

/** One file of a cluster. */
export interface ClusterFile {
  readonly name: string;
  /** Which part of the option table its keys stand in. */
  readonly table: SlurmFile;
  readonly content: () => SlurmConf;
  readonly when: () => boolean;
}

const always = () => true;
const section = (title: string, lines: readonly SlurmConfLine[]): SlurmConfLine[] =>
  lines.length > 0 ? [{ entries: [] }, { comment: title }, ...lines] : [];

/** What a cluster has unless it says otherwise: daemons as Debian packages them, jobs confined to what they were given. */
const DEFAULTS: SlurmOptions = {
  SlurmUser: 'slurm',
  AuthType: 'auth/munge',
  SlurmdSpoolDir: '/var/spool/slurmd',
  SlurmctldLogFile: '/var/log/slurm/slurmctld.log',
  SlurmdLogFile: '/var/log/slurm/slurmd.log',
  SlurmctldPidFile: '/run/slurmctld.pid',
  SlurmdPidFile: '/run/slurmd.pid',
  ProctrackType: 'proctrack/cgroup',
  TaskPlugin: ['task/cgroup', 'task/affinity'],
  SelectType: 'select/cons_tres',
  SelectTypeParameters: ['CR_Core_Memory'],
  ReturnToService: 1,
};

/** The Slurm files of a cluster, made from what the constructs below it contribute. */
export class SlurmFiles {
  constructor(private readonly cluster: SlurmCluster) {}

  /** Every file that the cluster may have. */
  all(): ClusterFile[] {
    return [
      { name: 'slurm.conf', table: 'slurm.conf', content: () => this.slurmConf(), when: always },
      { name: 'cgroup.conf', table: 'cgroup.conf', content: () => this.cgroupConf(), when: always },
      { name: 'gres.conf', table: 'gres.conf', content: () => this.gresConf(), when: () => this.gres().length > 0 },
      {
        name: 'topology.conf',
        table: 'topology.conf',
        content: () => this.topologyConf(),
        when: () => this.cluster.values.topology !== undefined,
      },
    ];
  }

  private readonly record = (entries: SlurmRecord): SlurmConfLine => {
    const suffixes = Version.parse(this.cluster.values.slurm).satisfies('>= 23.11');
    return { entries: entriesOf(entries, suffixes) };
  };

  /** Of constructs whose values could be read; checks ask for options before it is known that all could. */
  private contributions(): SlurmContribution[] {
    return this.cluster.node
      .findAll()
      .filter((construct) => !Noun.isNoun(construct) || construct.faults.length === 0)
      .filter(contributesToSlurm)
      .map((construct) => construct[SLURM]());
  }

  private slurmConf(): SlurmConf {
    const { cluster } = this;
    const { controller, backupController, slurm } = cluster.values;
    const contributions = this.contributions();
    const hosts = [controller, backupController].filter((host) => host !== undefined);
    return {
      lines: [
        { comment: `Slurm ${slurm}, cluster ${cluster.node.id}: emitted by hpcdk from '${cluster.node.path}'` },
        this.record([['ClusterName', cluster.node.id]]),
        ...hosts.map((host) => this.record([['SlurmctldHost', host.toString()]])),
        ...section(
          'Daemons, limits and plugins',
          Object.entries(this.options()).map((option) => this.record([option])),
        ),
        ...section('Nodes', contributions.flatMap((c) => c.nodes ?? []).map(this.record)),
        ...section('Partitions', contributions.flatMap((c) => c.partitions ?? []).map(this.record)),
      ],
    };
  }

  /** The global keys: defaults, over them what the fields and the contributors say, over them what the site states itself. */
  options(): Readonly<Record<string, string>> {
    const stated = [this.fromFields(), ...this.contributions().map((c) => c.options ?? {})];
    return mergeOptions(DEFAULTS, stated, this.cluster.values.options);
  }

  private fromFields(): SlurmOptions {
    const v = this.cluster.values;
    return {
      StateSaveLocation: v.stateSaveLocation,
      EnforcePartLimits: v.enforcePartLimits,
      ...(v.configless && { SlurmctldParameters: ['enable_configless'] }),
      ...(v.privateData.length > 0 && { PrivateData: [...v.privateData].sort(byCodeUnit) }),
      ...(v.priorityWeights && priorityOptions(v.priorityWeights)),
      ...(v.topology && { TopologyPlugin: 'topology/tree' }),
      ...(v.database && {
        AccountingStorageType: 'accounting_storage/slurmdbd',
        AccountingStorageHost: v.database.host,
        AccountingStoragePort: v.database.port,
        AccountingStorageEnforce: (v.enforce && [...v.enforce].sort(byCodeUnit)) ?? ['associations', 'limits', 'qos'],
        ...(this.cluster.trackedGres.length > 0 && { AccountingStorageTRES: this.cluster.trackedGres }),
        JobAcctGatherType: 'jobacct_gather/cgroup',
        PriorityType: 'priority/multifactor',
      }),
    };
  }

  private cgroupConf(): SlurmConf {
    return {
      lines: [
        { comment: 'Jobs cannot use cores, memory or devices that they were not given' },
        this.record([['ConstrainCores', 'yes']]),
        this.record([['ConstrainRAMSpace', 'yes']]),
        this.record([['ConstrainDevices', 'yes']]),
      ],
    };
  }

  private gres(): SlurmRecord[] {
    return this.contributions().flatMap((c) => c.gres ?? []);
  }

  private gresConf(): SlurmConf {
    return { lines: this.gres().map(this.record) };
  }

  private topologyConf(): SlurmConf {
    return {
      lines: (this.cluster.values.topology ?? [])
        .map(({ name, nodes, switches }) =>
          this.record([
            ['SwitchName', name],
            ['Nodes', nodes],
            ['Switches', switches],
          ]),
        )
        .concat(this.contributions().flatMap(({ switches = [] }) => switches.map(this.record))),
    };
  }
}
