import type { Columns } from 'hpcdk';

/** Columns of accounts.csv. */
export const ACCOUNTS = {
  name: 'text',
  'parent?': 'text',
  'share?': 'integer',
  description: 'text',
} as const satisfies Columns;

/** Columns of nodes.csv. */
export const NODES = {
  cluster: 'text',
  name: 'text',
  hosts: 'text',
  sockets: 'integer',
  cores_per_socket: 'integer',
  memory: 'size',
  'gpus?': 'integer',
  'gpu_cores?': 'text',
  features: 'words',
} as const satisfies Columns;

/** Columns of partitions.csv. */
export const PARTITIONS = {
  cluster: 'text',
  name: 'text',
  'nodes?': 'words',
  default_time: 'duration',
  max_time: 'duration',
  max_nodes: 'integer',
  priority_tier: 'integer',
  default: 'boolean',
} as const satisfies Columns;

/** Columns of software.csv. */
export const SOFTWARE = {
  category: 'text',
  name: 'text',
  version: 'text',
  architectures: 'words',
  'spack?': 'text',
} as const satisfies Columns;
