import type { PriceTable } from '../../../lib/diff/capacity/price-table';
import { edited } from '../support/edited';
import type { Scenario } from './scenario';

const campus = edited('campus');
const RULE = 'resource.aws_vpc_security_group_ingress_rule.network-main_nodes-in-192-168-0-0-16_1D8DE980.cidr_ipv4';

/** A region that the table of prices has. */
const PRICED = ["region: 'eu-central-1'", "region: 'us-east-1'"] as const;

/** The campus with a Lustre file system of this size in its cloud. */
const withLustre = (size: string) =>
  edited(
    'campus',
    ['  ExistingNfs,\n', '  ExistingNfs,\n  FsxLustre,\n'],
    [
      '  const cache = new Bucket(aws',
      `  new FsxLustre(aws, 'work', { path: '/work', capacity: ${size} });\n  const cache = new Bucket(aws`,
    ],
  );
const lustrePrices: PriceTable = {
  date: '2026-11-01',
  currency: 'EUR',
  source: 'the contract of the site',
  regions: { 'eu-central-1': { instances: {}, storage: { FsxLustre: { 'persistent-250': 0.24 } } } },
};

/** What stands in a cloud. */
export const cloud: readonly Scenario[] = [
  {
    title: 'the port of slurmd open to the internet',
    before: campus,
    after: edited('campus', [
      '  const cache = new Bucket(aws',
      `  aws.override('${RULE}', '0.0.0.0/0');\n  const cache = new Bucket(aws`,
    ]),
    told: {
      sections: ['security'],
      classes: ['none'],
      lines: [
        'security  Security group campus-aws-nodes: slurmd (TCP 6818) in from 192.168.0.0/16 → 0.0.0.0/0  [opens more]  cloud',
      ],
      plan: ['terraform shows what it will do to campus-aws, and does it'],
    },
  },
  {
    title: 'a pool of spot nodes twice as large',
    before: edited('campus', PRICED),
    after: edited('campus', PRICED, ['max: 32,', 'max: 64,']),
    told: {
      sections: ['capacity'],
      classes: ['daemon-restart'],
      lines: ['capacity  burst pool burst: max 32 → 64  [daemon-restart]  premises and cloud'],
      plan: [
        'terraform shows what it will do to campus-aws, and does it',
        'stop slurmctld (ctl1)',
        'place the files on hpc_controller, hpc_login (ctl1,login1)',
        'restart slurmd on every node (bm[01-08],cn[001-064],gn[01-08])',
        'start slurmctld (ctl1)',
        'give the cloud nodes back once their jobs have ended: the next ones start as declared (hpc-burst-[0-31],hpc-burst-gpu-[0-3])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        '32 nodes, 3,072 CPUs, 6,144 GiB of memory → 64 nodes, 6,144 CPUs, 12 TiB of memory',
        'it can cost at most 115,193 → 230,385 USD a month: 744 hours at the list prices on demand of 2026-07-20',
        'the quota of the account is not checked',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a Lustre file system of the cloud twice as large, at prices of the site',
    before: withLustre('Size.gib(4800)'),
    after: withLustre('Size.gib(9600)'),
    options: { prices: lustrePrices },
    told: {
      sections: ['capacity'],
      classes: ['none'],
      lines: ['capacity  FSx for Lustre file system work: capacity 4800GiB → 9600GiB  [none]  cloud'],
      plan: ['terraform shows what it will do to campus-aws, and does it'],
      says: [
        '4,800 GiB, 1,172 MB/s → 9,600 GiB, 2,344 MB/s',
        'its size costs 1,152 → 2,304 EUR a month at the prices of 2026-11-01',
      ],
    },
  },
  {
    title: 'a file system of the cloud removed',
    before: campus,
    after: edited('campus', ["  new Efs(aws, 'cloud-home', { path: '/cloud/home' }).mountOn(hpc);\n", '']),
    told: {
      sections: ['data', 'security', 'contract'],
      classes: ['data-loss', 'none', 'rolling-drain'],
      lines: [
        'data      EFS file system cloud-home removed  [data-loss]  premises and cloud',
        'security  EFS file system cloud-home: - NFS (TCP 2049) in from 192.168.0.0/16, group campus-aws-nodes  [none]  cloud',
        'contract  mount campus-aws.cloud-home removed  [rolling-drain]  premises and cloud',
      ],
      plan: [
        'copy the data to another file system while users work, until little is left to copy',
        'drain every node and wait for the running jobs (bm[01-08],cn[001-064],gn[01-08])',
        'drain the cloud nodes and wait for the running jobs (hpc-burst-[0-31],hpc-burst-gpu-[0-3])',
        'close the login hosts, and copy what is left',
        'unmount /cloud/home on every host (bm[01-08],cn[001-064],gn[01-08],login1)',
        'terraform shows what it will do to campus-aws, and does it',
        'open the login hosts again',
        'file systems are mounted as declared (bm[01-08],cn[001-064],gn[01-08],login1)',
        'resume every node (bm[01-08],cn[001-064],gn[01-08])',
        'give the cloud nodes back once their jobs have ended: the next ones start as declared (hpc-burst-[0-31],hpc-burst-gpu-[0-3])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a bucket removed',
    before: edited('campus', [
      '  const burst = hpc',
      "  new Bucket(aws, 'results', { name: 'campus-hpc-example-edu-results' });\n  const burst = hpc",
    ]),
    after: campus,
    told: {
      sections: ['data'],
      classes: ['data-loss'],
      lines: ['data  bucket results removed  [data-loss]  cloud'],
      plan: [
        'copy the objects that are needed',
        'empty the bucket, old versions of objects too',
        'terraform shows what it will do to campus-aws, and does it',
      ],
    },
  },
  {
    title: 'the network on the premises widened',
    before: campus,
    after: edited('campus', ["onPremises: ['192.168.0.0/16']", "onPremises: ['192.168.0.0/16', '10.0.0.0/13']"]),
    told: {
      sections: ['security'],
      classes: ['none'],
      lines: ['security  AWS cloud campus-aws: onPremises + 10.0.0.0/13  [opens more]  cloud'],
      plan: ['terraform shows what it will do to campus-aws, and does it'],
    },
  },
  {
    title: 'another instance type',
    before: campus,
    after: edited('campus', [
      "instanceTypes: ['c7i.24xlarge', 'c6i.24xlarge', 'm7i.24xlarge']",
      "instanceTypes: ['c7i.24xlarge', 'c6i.24xlarge', 'c6i.16xlarge']",
    ]),
    told: {
      sections: ['security', 'capacity'],
      classes: ['none', 'rolling-drain'],
      lines: [
        'security  IAM of burst pool burst: Allow ec2:CreateFleet, ec2:RunInstances: if StringEquals ec2:InstanceType - m7i.24xlarge + c6i.16xlarge  [opens more]  cloud',
        'capacity  burst pool burst: instanceTypes + c6i.16xlarge, - m7i.24xlarge  [rolling-drain]  premises and cloud',
      ],
      plan: [
        'drain the cloud nodes: each is given back once its jobs have ended (hpc-burst-[0-31])',
        'terraform shows what it will do to campus-aws, and does it',
        'place the files on hpc_controller, hpc_login (ctl1,login1)',
        'restart slurmctld (ctl1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'from spot to on-demand',
    before: campus,
    after: edited('campus', ['Purchase.spotThenOnDemand()', 'Purchase.onDemand()']),
    told: {
      sections: ['security', 'capacity'],
      classes: ['none', 'reconfigure'],
      lines: [
        'security  IAM of burst pool burst: Allow iam:CreateServiceLinkedRole: if StringEquals iam:AWSServiceName - spot.amazonaws.com  [none]  cloud',
        'capacity  burst pool burst: purchase market spot-then-on-demand → on-demand  [reconfigure]  premises and cloud',
      ],
      plan: [
        'terraform shows what it will do to campus-aws, and does it',
        'place the files on hpc_controller, hpc_login (ctl1,login1)',
        'slurmctld and slurmd read their files again',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
    fate: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'no way to the internet, private endpoints instead',
    before: campus,
    after: edited('campus', ["region: 'eu-central-1',", "region: 'eu-central-1',\n    egress: 'endpoints',"]),
    told: {
      sections: ['security'],
      classes: ['none'],
      lines: ['security  AWS cloud campus-aws: egress nat → endpoints  [none]  cloud'],
      plan: ['terraform shows what it will do to campus-aws, and does it'],
    },
  },
  {
    title: 'other tags',
    before: campus,
    after: edited('campus', ["'cost-centre': '4711'", "'cost-centre': '4712'"]),
    told: {
      sections: ['other'],
      classes: ['none'],
      lines: ['other  AWS cloud campus-aws: tags cost-centre 4711 → 4712  [none]  cloud'],
      plan: ['terraform shows what it will do to campus-aws, and does it'],
    },
  },
  {
    title: 'a larger budget',
    before: campus,
    after: edited('campus', ['Money.of(5000,', 'Money.of(8000,']),
    told: {
      sections: ['capacity'],
      classes: ['none'],
      lines: ['capacity  budget monthly: limit 5000 USD → 8000 USD  [none]  cloud'],
      plan: ['terraform shows what it will do to campus-aws, and does it'],
    },
  },
];
