import { closest } from '../values/closest';
import { type Problem, quote, type Report } from '../values/problem';
import {
  type InstanceDevices,
  instanceCatalogueSource,
  instanceType,
  type InstanceTypeFacts,
  instanceTypeNames,
} from '../values/instance-type';
import { slurmMemoryMib } from './slurm-memory';

/** What every node of a pool has, whichever of the pool's instance types the cloud chooses for it. */
export interface PoolMinimum {
  /** The pool's types, in the order given: an allocation strategy may prefer the first. */
  readonly types: readonly InstanceTypeFacts[];
  readonly arch: InstanceTypeFacts['arch'];
  /** Logical CPUs: `cores` times `threadsPerCore`. */
  readonly cpus: number;
  readonly cores: number;
  readonly threadsPerCore: number;
  /** The least memory of the types, in MiB. */
  readonly memoryMib: number;
  /** What Slurm may promise to jobs, in MiB: the least memory minus the default reserve. */
  readonly slurmMemoryMib: number;
  /** The GPUs: one model, the least count; nothing when the types have none. */
  readonly gpus?: InstanceDevices;
  /** Other accelerators: one model, the least count. */
  readonly accelerators?: InstanceDevices;
  /** EFA interfaces that all the types have; 0 when one of them has none. */
  readonly efaInterfaces: number;
  readonly networkCards: number;
  /** Local NVMe space that all the types have, in GB. */
  readonly nvmeGb: number;
  /** Whether all the types are sold as spot instances. */
  readonly spot: boolean;
  /** Whether all the types may stand in a cluster placement group. */
  readonly clusterPlacement: boolean;
}

/** How the nodes of a pool run. */
export interface PoolOptions {
  /** 1 turns the second thread of each core off at launch. @default - as the types start */
  readonly threadsPerCore?: 1;
}

/**
 * The minimum over the instance types of a pool: what may be declared to Slurm before the cloud has chosen a type.
 *
 * Refused: an empty list, an unknown type, a type named twice, and types that differ in architecture, in threads per
 * core, or in the model of their GPUs or accelerators. After a report the answer is nothing.
 */
export function poolMinimum(
  names: readonly string[],
  report: Report,
  options: PoolOptions = {},
): PoolMinimum | undefined {
  let refused = false;
  const refuse: Report = (problem, at) => {
    refused = true;
    report(problem, at);
  };

  const types = knownTypes(names, refuse);
  if (options.threadsPerCore === 1) types.forEach(({ facts, at }) => checkOneThread(facts, refuse, at));
  const facts = types.map((type) => type.facts);
  const threadsOf = (type: InstanceTypeFacts) => options.threadsPerCore ?? type.threadsPerCore;
  const [first] = facts;
  if (!first) return undefined;

  checkSame(facts, (type) => type.arch, refuse, 'HPC5002', 'architectures', 'make one pool for each architecture');
  checkSame(
    facts,
    (type) => describeDevices(type.gpus),
    refuse,
    'HPC5003',
    'GPU models',
    'make one pool for each GPU model',
  );
  checkSame(
    facts,
    (type) => `${threadsOf(type)} per core`,
    refuse,
    'HPC5004',
    'numbers of threads',
    'run one thread per core, or make one pool for each',
  );
  checkSame(
    facts,
    (type) => describeDevices(type.accelerators),
    refuse,
    'HPC5006',
    'accelerators',
    'make one pool for each accelerator',
  );
  if (refused) return undefined;

  const least = (fact: (type: InstanceTypeFacts) => number) =>
    facts.reduce((min, type) => Math.min(min, fact(type)), Infinity);
  const fewest = (kind: 'gpus' | 'accelerators') =>
    first[kind] && { [kind]: { ...first[kind], count: least((type) => type[kind]?.count ?? 0) } };
  const cores = least((type) => type.cores);
  const memoryMib = least((type) => type.memoryMib);
  return {
    types: facts,
    arch: first.arch,
    cpus: cores * threadsOf(first),
    cores,
    threadsPerCore: threadsOf(first),
    memoryMib,
    slurmMemoryMib: slurmMemoryMib(memoryMib),
    ...fewest('gpus'),
    ...fewest('accelerators'),
    efaInterfaces: least((type) => type.efaInterfaces),
    networkCards: least((type) => type.networkCards),
    nvmeGb: least((type) => type.nvmeGb),
    spot: facts.every((type) => type.spot),
    clusterPlacement: facts.every((type) => type.clusterPlacement),
  };
}

/** The facts of each type with its place in the list; what the catalogue does not know is reported and left out. */
function knownTypes(names: readonly string[], refuse: Report): { facts: InstanceTypeFacts; at: string }[] {
  if (names.length === 0)
    refuse({ code: 'HPC5000', message: 'the pool has no instance types, at least one is needed' });
  const known = new Map<string, { facts: InstanceTypeFacts; at: string }>();
  names.forEach((name, index) => {
    const at = `[${index}]`;
    const facts = instanceType(name);
    if (!facts) refuse(unknownType(name), at);
    else if (known.has(name))
      refuse({ code: 'HPC5007', message: `instance type ${quote(name)} stands in the pool twice` }, at);
    else known.set(name, { facts, at });
  });
  return [...known.values()];
}

function unknownType(name: string): Problem {
  const near = closest(name, instanceTypeNames());
  return {
    code: 'HPC5001',
    message: `instance type ${quote(name)} is not in the catalogue of ${instanceCatalogueSource().date}`,
    fix: near ? `did you mean '${near}'?` : 'refresh the catalogue when the type is newer',
  };
}

function checkOneThread(type: InstanceTypeFacts, refuse: Report, at: string): void {
  if (type.threadsPerCore === 1 || type.canDisableSmt) return;
  const why = type.bareMetal ? 'bare metal takes no CPU options' : 'EC2 does not offer it';
  refuse({ code: 'HPC5005', message: `instance type '${type.name}' cannot run one thread per core: ${why}` }, at);
}

/** Two devices are of one kind when a job cannot tell them apart: by model and by memory. */
const describeDevices = (devices?: InstanceDevices): string =>
  devices ? `${devices.name} of ${devices.memoryMib} MiB` : 'none';

/** Reports one problem when the types differ in a fact, with the types on either side of the first difference. */
function checkSame(
  types: readonly InstanceTypeFacts[],
  fact: (type: InstanceTypeFacts) => string,
  refuse: Report,
  code: string,
  what: string,
  fix: string,
): void {
  const [first] = types;
  const other = first && types.find((type) => fact(type) !== fact(first));
  if (!other) return;
  refuse({
    code,
    message: `the pool mixes ${what}: '${first.name}' has ${fact(first)}, '${other.name}' has ${fact(other)}`,
    fix,
  });
}
