import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packageRoot } from './package-root';

/** Devices of one model in an instance. */
export interface InstanceDevices {
  /**
   * The model as a GRES type: lower case with underscores, e.g. `h100`, `rtx_pro_server_6000`. A share of a GPU is a
   * model of its own, e.g. `l4_1of8`.
   */
  readonly name: string;
  /** Who makes it, as the cloud writes it, e.g. `NVIDIA`. */
  readonly manufacturer: string;
  /** How many of them the instance has. */
  readonly count: number;
  /** Memory of each one, in MiB. */
  readonly memoryMib: number;
}

/** What an instance of one type has, from EC2's DescribeInstanceTypes. */
export interface InstanceTypeFacts {
  /** The type, e.g. `c7i.24xlarge`. */
  readonly name: string;
  /** Logical CPUs: `cores` times `threadsPerCore`. */
  readonly vcpus: number;
  /** Physical cores. */
  readonly cores: number;
  /** Threads per core as the instance starts when no CPU options are given: 1 or 2. */
  readonly threadsPerCore: number;
  /** Whether a launch template may ask for one thread per core. */
  readonly canDisableSmt: boolean;
  /** Memory of the type in MiB; the operating system sees less, see `slurmMemoryMib`. */
  readonly memoryMib: number;
  /** The architecture, in the words of both EC2 and Terraform. */
  readonly arch: 'x86_64' | 'arm64';
  /** The GPUs, or nothing. */
  readonly gpus?: InstanceDevices;
  /** Accelerators that are no GPU (AWS Trainium), or nothing. */
  readonly accelerators?: InstanceDevices;
  /** The network's speed in EC2's words, e.g. `Up to 12.5 Gigabit`. */
  readonly network: string;
  /** Network cards; an instance with several reaches its full speed only with an interface on each. */
  readonly networkCards: number;
  /** Elastic Fabric Adapter interfaces at most; 0 when the type has no EFA. */
  readonly efaInterfaces: number;
  /** NVMe disks inside the host that live as long as the instance, in GB altogether; 0 for none. */
  readonly nvmeGb: number;
  /** Whether the instance is a whole host without a hypervisor. */
  readonly bareMetal: boolean;
  /** Whether the type is sold as a spot instance. */
  readonly spot: boolean;
  /** Whether the type may stand in a placement group of the `cluster` strategy. */
  readonly clusterPlacement: boolean;
}

/** Where the catalogue comes from. */
export interface InstanceCatalogueSource {
  /** The API call that gave the facts. */
  readonly call: string;
  /** Who answered it. */
  readonly source: string;
  /** Day of the answer, YYYY-MM-DD. */
  readonly date: string;
}

/** A fact that is zero or false is left out of the file. */
type Optional =
  'canDisableSmt' | 'networkCards' | 'efaInterfaces' | 'nvmeGb' | 'bareMetal' | 'spot' | 'clusterPlacement';
type Row = Omit<InstanceTypeFacts, 'name' | Optional> & Partial<Pick<InstanceTypeFacts, Optional>>;
type Catalogue = InstanceCatalogueSource & { readonly types: Readonly<Record<string, Row>> };

let loaded: Catalogue | undefined;

/** The catalogue, read on first use: a definition without a cloud never pays for it. */
function catalogue(): Catalogue {
  const path = join(packageRoot(), 'data', 'aws', 'instance-types.json');
  return (loaded ??= JSON.parse(readFileSync(path, 'utf8')) as Catalogue);
}

/** The facts of an instance type, or nothing when the catalogue does not know it. */
export function instanceType(name: string): InstanceTypeFacts | undefined {
  const { types } = catalogue();
  if (!Object.hasOwn(types, name)) return undefined;
  return {
    name,
    canDisableSmt: false,
    networkCards: 1,
    efaInterfaces: 0,
    nvmeGb: 0,
    bareMetal: false,
    spot: false,
    clusterPlacement: false,
    ...(types[name] as Row),
  };
}

/** Every instance type of the catalogue, in code-unit order. */
export function instanceTypeNames(): readonly string[] {
  return Object.keys(catalogue().types);
}

/** Where and when the facts of the catalogue were read. */
export function instanceCatalogueSource(): InstanceCatalogueSource {
  const { call, source, date } = catalogue();
  return { call, source, date };
}
