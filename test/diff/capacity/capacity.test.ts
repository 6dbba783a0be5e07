import type { App } from '../../../lib/app/app';
import { Efs } from '../../../lib/cloud/efs';
import { Site } from '../../../lib/app/site';
import { NodeType } from '../../../lib/compute/node-type';
import { Purchase } from '../../../lib/compute/purchase';
import { SlurmCluster } from '../../../lib/compute/slurm-cluster';
import { shippedPrices } from '../../../lib/diff/capacity/price-table';
import { parseGates } from '../../../lib/diff/gate';
import { SecretRef } from '../../../lib/values/secret-ref';
import { Size } from '../../../lib/values/size';
import { declareCampus } from '../cloud/campus';
import { diffOf } from '../support/sides';

const spot = { purchase: Purchase.spot(), instanceTypes: ['c7i.24xlarge', 'c6i.24xlarge'] };
const pool =
  (max: number, region = 'us-east-1', more = {}) =>
  (app: App) =>
    void declareCampus(app, { burst: { ...spot, max, ...more } }, { region });

describe('a spot pool from 32 to 64 nodes', () => {
  test('says the most that it can cost in a month, at dated prices', async () => {
    const { capacity, entries } = await diffOf(pool(32), pool(64));
    // 4.284 USD is the dearer of the two types
    expect(capacity).toMatchObject({
      cost: {
        before: Math.round(32 * 744 * 4.284 * 100) / 100,
        after: Math.round(64 * 744 * 4.284 * 100) / 100,
        currency: 'USD',
        date: '2026-07-20',
      },
      figures: [
        { what: 'nodes in the cloud, at most', before: '32', after: '64', percent: 100 },
        { what: 'CPUs in the cloud, at most', before: '3,072', after: '6,144', percent: 100 },
        { what: 'memory in the cloud, at most', before: '6,144 GiB', after: '12 TiB', percent: 100 },
      ],
    });
    expect(entries.find(({ kind }) => kind === 'BurstPool')?.notes).toEqual(
      expect.arrayContaining([
        '32 nodes, 3,072 CPUs, 6,144 GiB of memory → 64 nodes, 6,144 CPUs, 12 TiB of memory',
        'it can cost at most 101,993 → 203,987 USD a month: 744 hours at the list prices on demand of 2026-07-20',
        'the quota of the account is not checked',
      ]),
    );
  });

  test('another field of the pool says nothing of it', async () => {
    const { entries } = await diffOf(pool(32), pool(64, 'us-east-1', { key: SecretRef.secretsManager('hpc/key-2') }));
    const key = entries.find(({ field }) => field === 'key');
    expect(key?.notes.join('\n')).toContain('terraform');
    expect(key?.notes.join('\n')).not.toMatch(/32 nodes|It can cost|quota/);
  });

  test('fails a gate on cost, and what has no price is named', async () => {
    const diff = await diffOf(pool(32), pool(64));
    const gates = parseGates('cost>10%,cost>100%');
    if ('code' in gates) throw new Error(gates.message);
    expect(gates.map((gate) => gate.judge(diff).failed)).toEqual([true, false]);
    expect(diff.capacity?.notEstimated).toEqual([
      'NAT gateway of aws',
      'VPN or Direct Connect of aws',
      'traffic of aws',
      'disks of nodes of aws',
    ]);
  });

  test('with prices of spot instances says their range, too', async () => {
    const prices = {
      ...shippedPrices(),
      regions: {
        'us-east-1': {
          instances: { 'c7i.24xlarge': 4, 'c6i.24xlarge': 4 },
          spot: { 'c7i.24xlarge': [1, 2], 'c6i.24xlarge': [0.5, 1] },
        },
      },
    } as const;
    const { capacity } = await diffOf(pool(1), pool(2), { prices });
    expect(capacity?.figures).toContainEqual({
      what: 'spot instances in a month',
      before: '372 to 1,488',
      after: '744 to 2,976',
    });
  });

  test('in a region without prices has none: nothing is made up', async () => {
    const { capacity, entries } = await diffOf(pool(32, 'eu-central-1'), pool(64, 'eu-central-1'));
    expect(capacity?.cost).toBeUndefined();
    expect(capacity?.notEstimated).toContain(
      'burst pool burst (c7i.24xlarge in eu-central-1, c6i.24xlarge in eu-central-1)',
    );
    expect(entries[0]?.notes).toContain(
      'its cost is not estimated: no price of c7i.24xlarge in eu-central-1, c6i.24xlarge in eu-central-1',
    );
  });
});

test('nodes on the premises count apart', async () => {
  const declare = (hosts: string) => (app: App) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1' });
    const type = NodeType.of({
      sockets: 2,
      cores: 32,
      memory: Size.gib(512),
      gres: [{ name: 'gpu', type: 'a100', count: 4 }],
    });
    hpc.addPartition('gpu', { nodes: [hpc.addNodes('gpu', { hosts, type })], default: true });
  };
  const { capacity } = await diffOf(declare('gn[01-08]'), declare('gn[01-10]'));
  expect(capacity).toEqual({
    figures: [
      { what: 'nodes on the premises', before: '8', after: '10', percent: 25 },
      { what: 'CPUs on the premises', before: '512', after: '640', percent: 25 },
      { what: 'GPUs on the premises', before: '32', after: '40', percent: 25 },
      { what: 'memory on the premises', before: '3,928 GiB', after: '4,910 GiB', percent: 25 },
    ],
    notEstimated: [],
  });
});

test('a file system that is paid for by use is named', async () => {
  const { capacity } = await diffOf(pool(4), (app) => {
    const { aws } = declareCampus(app, { burst: { ...spot, max: 4 } }, { region: 'us-east-1' });
    new Efs(aws, 'home', { path: '/x' });
  });
  expect(capacity?.figures).toEqual([]);
  expect(capacity?.notEstimated).toContain('EFS file system home (by use)');
});

test('a change of something else says nothing of capacity', async () => {
  const { capacity } = await diffOf(pool(4), pool(4, 'us-east-1', { weight: 7 }));
  expect(capacity).toBeUndefined();
});

test('more nodes on the premises of a site with a cloud say nothing of what the cloud costs', async () => {
  const { capacity } = await diffOf(pool(4, 'us-east-1'), (app) => {
    const { hpc } = declareCampus(app, { burst: { ...spot, max: 4 } }, { region: 'us-east-1' });
    const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
    hpc.addPartition('more', { nodes: [hpc.addNodes('more', { hosts: 'mn[1-4]', type })] });
  });
  expect(capacity?.figures.map(({ what }) => what)).toEqual([
    'nodes on the premises',
    'CPUs on the premises',
    'memory on the premises',
  ]);
  expect([capacity?.cost, capacity?.notEstimated]).toEqual([undefined, []]);
});

test('types without a price in another order of preference cost nothing more', async () => {
  const types = (...instanceTypes: string[]) => pool(4, 'eu-central-1', { instanceTypes });
  const { capacity } = await diffOf(types('c7i.24xlarge', 'c6i.24xlarge'), types('c6i.24xlarge', 'c7i.24xlarge'));
  expect(capacity).toBeUndefined();
});
