import type { Codec } from '../values/codec';
import { absolutePath } from '../values/codecs';
import { record } from '../values/collections';
import type { Duration } from '../values/duration';
import { Hostlist } from '../values/hostlist';
import { Version } from '../values/version';
import type { INodes } from './nodes';
import type { SlurmOptions, SlurmRecord } from './slurm/contribution';

/** The programs on the controller that start and end nodes (slurm.conf(5), ResumeProgram). slurmctld runs them as SlurmUser. */
export interface PowerSavingProps {
  /** Starts the nodes of a hostlist, its only argument. */
  readonly resumeProgram: string;
  /** Ends the nodes of a hostlist, its only argument. */
  readonly suspendProgram: string;
  /** Told of nodes that did not come up in time. @default - the program that ends nodes */
  readonly resumeFailProgram?: string;
}

/** Programs of power saving in field tables. */
export const powerSaving: Codec<PowerSavingProps> = record(
  { resumeProgram: absolutePath, suspendProgram: absolutePath },
  { resumeFailProgram: absolutePath },
);

/** When nodes that come and go are given back, and how long they may take. */
export interface PowerTimers {
  /** How long a node is kept without work. */
  readonly idle: Duration;
  /** How long a node may take from the request until slurmd registers. */
  readonly boot: Duration;
  /** How long a node may take to go. */
  readonly shutdown: Duration;
}

/**
 * The global keys for nodes that come and go. The global SuspendTime stays INFINITE: a time there powers down the nodes on
 * the floor as well. What 23.11 made the default, and rejects or ignores since, is stated for older releases only.
 */
export function powerOptions(programs: PowerSavingProps, slurm: string): SlurmOptions {
  const before = (release: string) => Version.parse(slurm).satisfies(`< ${release}`);
  return {
    SuspendTime: 'INFINITE',
    ResumeProgram: programs.resumeProgram,
    SuspendProgram: programs.suspendProgram,
    ResumeFailProgram: programs.resumeFailProgram ?? programs.suspendProgram,
    SlurmctldParameters: ['idle_on_node_suspend', ...(before('23.11') ? ['cloud_reg_addrs'] : [])],
    ...(before('23.02') && { PrivateData: ['cloud'] }),
    // No fan-out through nodes whose addresses the others do not know.
    ...(before('23.11') && { CommunicationParameters: ['NoAddrCache'], TreeWidth: 65533 }),
  };
}

const longest = (times: readonly Duration[]): number => Math.max(...times.map(({ seconds }) => seconds));

/** The timers of a partition: the longest of its pools', as Slurm does with a node in several partitions. */
export function powerTimers(pools: readonly INodes[]): SlurmRecord {
  const timers = pools.flatMap(({ power }) => (power ? [power] : []));
  if (timers.length === 0) return [];
  return [
    ['SuspendTime', longest(timers.map(({ idle }) => idle))],
    ['ResumeTimeout', longest(timers.map(({ boot }) => boot))],
    ['SuspendTimeout', longest(timers.map(({ shutdown }) => shutdown))],
  ];
}

/** The nodes on the floor of a partition that has nodes of both kinds: its timers must not power them down. */
export function keptOn(pools: readonly INodes[]): SlurmOptions {
  const floor = pools.filter(({ power }) => !power);
  if (floor.length === 0 || floor.length === pools.length) return {};
  return { SuspendExcNodes: [Hostlist.union(floor.map(({ hosts }) => hosts)).toString()] };
}
