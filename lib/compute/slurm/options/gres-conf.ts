import type { OptionTable } from '../option';

/** Keys of gres.conf that stand on a line of their own. */
export const gresConfKeys: OptionTable = {
  AutoDetect: {
    type: 'enum',
    values: [
      'nvml',
      'off',
      'rsmi',
      { word: 'oneapi', since: '23.02' },
      { word: 'nrt', since: '23.11' },
      { word: 'nvidia', since: '24.11' },
      { word: 'full', since: '26.05' },
    ],
  },
};

/** Keys of a Name or NodeName line of gres.conf. */
export const gresKeys: OptionTable = {
  NodeName: { type: 'hostlist' },
  AutoDetect: {
    type: 'enum',
    values: [
      'nvml',
      'off',
      'rsmi',
      { word: 'oneapi', since: '23.02' },
      { word: 'nrt', since: '23.11' },
      { word: 'nvidia', since: '24.11' },
      { word: 'full', since: '26.05' },
    ],
  },
  Cores: { type: 'list', change: 'restart slurmctld' },
  Count: { type: 'text' },
  CPUs: { type: 'list', replacement: 'Cores', change: 'restart slurmctld' },
  File: { type: 'path' },
  Files: { type: 'path', replacement: 'File' },
  Flags: {
    type: 'list',
    values: [
      'CountOnly',
      'one_sharing',
      'all_sharing',
      'nvidia_gpu_env',
      'amd_gpu_env',
      'intel_gpu_env',
      'opencl_env',
      'no_gpu_env',
      { word: 'explicit', since: '23.02' },
      { word: 'env_uuid', since: '26.05' },
    ],
  },
  Link: { type: 'list', replacement: 'Links' },
  Links: { type: 'list' },
  MultipleFiles: { type: 'path' },
  Name: { type: 'text' },
  Type: { type: 'text', change: 'restart all' },
};
