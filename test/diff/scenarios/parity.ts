import { edited } from '../support/edited';
import type { Scenario } from './scenario';

const campus = edited('campus');
const MOUNTS = 'for (const system of [home, apps, scratch]) system.mountOn(hpc);';
const UPGRADED = [
  ["{ host: 'db1', slurm: SlurmVersion.V22_05 }", "{ host: 'db1', slurm: SlurmVersion.V23_11 }"],
  ["'hpc', {\n    slurm: SlurmVersion.V22_05", "'hpc', {\n    slurm: SlurmVersion.V23_11"],
] as const;

/** The campus with one more file system, mounted by some statement. */
const withData = (mount: string) =>
  edited('campus', [
    MOUNTS,
    `${MOUNTS}
  const data = new ExistingNfs(campus, 'data', { server: 'filer.example.edu', export: '/vol/data', path: '/data' });
  ${mount}`,
  ]);
const everywhere = withData('data.mountOn(hpc);');
const onTheFloor = withData('data.mountOn(hpc.floorPools[0]!);');

/** What nodes on the premises and in a cloud have in common, and what they no longer do. */
export const parity: readonly Scenario[] = [
  {
    title: 'a file system on the nodes of the premises only',
    before: campus,
    after: onTheFloor,
    told: {
      sections: ['contract'],
      classes: ['none', 'none'],
      lines: [
        'contract  NFS file system data added  [none]',
        'contract  mount campus.data added  [one-sided]  premises',
      ],
      plan: [
        'hosts get what is declared for them (bm[01-08],cn[001-064],gn[01-08],login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: ['jobs find /data on cn[001-064], not on cloud nodes hpc-burst-[0-31],hpc-burst-gpu-[0-3]'],
    },
  },
  {
    title: 'Slurm upgraded, with the image of the cloud as it was',
    before: campus,
    after: edited('campus', ...UPGRADED),
    told: {
      sections: ['disruption'],
      classes: ['daemon-restart', 'daemon-restart'],
      lines: [
        'disruption  Slurm database accounting: slurm 22.05 → 23.11  [daemon-restart]  premises and cloud',
        'disruption  Slurm cluster hpc: slurm 22.05 → 23.11  [daemon-restart, one-sided]  premises and cloud',
      ],
      plan: [
        'back up StateSaveLocation, and the accounting database if there is one',
        'stop slurmdbd (db1)',
        'install Slurm 23.11 where slurmdbd runs (db1)',
        'stop slurmctld (ctl1)',
        'install Slurm 23.11 where slurmctld runs (ctl1)',
        'place the files on hpc_controller, hpc_login (ctl1,login1)',
        'start slurmdbd (db1)',
        'start slurmctld (ctl1)',
        'install Slurm 23.11 where slurmd runs (bm[01-08],cn[001-064],gn[01-08])',
        'restart slurmd on every node (bm[01-08],cn[001-064],gn[01-08])',
        'install Slurm 23.11 on the login hosts, if there are any',
        'give the cloud nodes back once their jobs have ended: the next ones start as declared (hpc-burst-[0-31],hpc-burst-gpu-[0-3])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'cloud nodes hpc-burst-[0-31],hpc-burst-gpu-[0-3] boot the image that /hpc/images/debian-12-slurm names, with the Slurm that it was built with: make an image with 23.11',
      ],
    },
  },
  {
    title: 'a release for AVX-512, with cloud nodes that have none',
    before: campus,
    after: edited('campus', [
      "targets: [Target.X86_64_V3],\n    core: ['cmake@3.29.6'",
      "targets: [Target.X86_64_V3, Target.X86_64_V4],\n    core: ['cmake@3.29.6'",
    ]),
    told: {
      sections: ['software'],
      classes: ['rebuild-software'],
      lines: ['software  software stack apps-2025.1: targets + x86_64_v4  [rebuild-software, one-sided]  premises'],
      plan: [
        'spack concretize each environment again and keep spack.lock',
        'run install.sh on the build host',
        'place the files on modules_writer (login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'apps-2025.1 for x86_64_v4 does not run on p5.48xlarge: cloud nodes hpc-burst-gpu-[0-3] load what is built for x86_64_v3',
      ],
    },
  },
  {
    title: 'a file system that cloud nodes did not have, and have by now',
    before: onTheFloor,
    after: everywhere,
    told: {
      sections: ['contract'],
      classes: ['rolling-drain', 'none'],
      lines: [
        'contract  mount campus.data removed  [rolling-drain]  premises',
        'contract  mount campus.data added  [none]  premises and cloud',
      ],
      plan: [
        'drain every node and wait for the running jobs (bm[01-08],cn[001-064],gn[01-08])',
        'drain the cloud nodes and wait for the running jobs (hpc-burst-[0-31],hpc-burst-gpu-[0-3])',
        'unmount /data on every host (bm[01-08],cn[001-064],gn[01-08],login1)',
        'terraform shows what it will do to campus-aws, and does it',
        'file systems are mounted as declared (bm[01-08],cn[001-064],gn[01-08],login1)',
        'resume every node (bm[01-08],cn[001-064],gn[01-08])',
        'give the cloud nodes back once their jobs have ended: the next ones start as declared (hpc-burst-[0-31],hpc-burst-gpu-[0-3])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: ['mended: cn[001-064] and cloud nodes hpc-burst-[0-31],hpc-burst-gpu-[0-3] no longer differ in /data'],
    },
  },
  {
    title: 'a package for the nodes of a cluster that bursts',
    before: campus,
    after: edited(
      'campus',
      [
        "  hpc.addPartition('batch', {",
        "  const nodes = new Host(campus, 'nodes', { hosts: 'cn[001-064]' });\n  new Package(nodes, 'htop');\n  hpc.addPartition('batch', {",
      ],
      ['  ExistingNfs,\n', '  ExistingNfs,\n  Host,\n  Package,\n'],
    ),
    told: {
      sections: ['software'],
      classes: ['none'],
      lines: ['software  host nodes added, with 1 construct below it  [one-sided]  premises'],
      plan: [
        'hosts get what is declared for them (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'a play gives cn[001-064] package htop; cloud nodes hpc-burst-[0-31],hpc-burst-gpu-[0-3] have what is in their image (/hpc/images/debian-12-slurm)',
      ],
    },
  },
];
