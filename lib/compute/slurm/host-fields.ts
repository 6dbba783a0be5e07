import { defaulted } from '../../app/field';
import type { HostFact } from '../../app/host-fact';
import { oneOf } from '../../values/codecs';

/** Whether the hosts of Slurm get what is declared, or are only compared with it. */
export const ownership = defaulted(oneOf(['owned', 'observed']), 'owned', {
  section: 'disruption',
  effects: {
    any: {
      class: 'daemon-restart',
      reason:
        'the next play takes over hosts that were only observed: packages, files, restarts; hosts that are only observed from now on keep what they have',
    },
  },
});

/** Whether the play brings the programs of Slurm to hosts, or finds them there. */
export const packages = defaulted(oneOf(['distribution', 'none']), 'distribution', {
  section: 'software',
  effects: {
    any: {
      class: 'daemon-restart',
      reason: 'packages that come start their daemons; packages that are no longer asked for stay installed',
    },
  },
});

/** What the play installs before Slurm is configured: packages by family, munge, and the user that the daemons run as. */
export function programs(
  { values }: { readonly values: { readonly packages: 'distribution' | 'none' } },
  names: { readonly debian: string; readonly redhat: string },
): readonly HostFact[] {
  if (values.packages === 'none') return [];
  return [
    { fact: 'package', ...names },
    { fact: 'package', debian: 'munge', redhat: 'munge' },
    { fact: 'user', name: 'slurm', home: '/nonexistent', shell: '/usr/sbin/nologin' },
  ];
}
