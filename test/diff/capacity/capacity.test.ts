import type { App } from '../../../lib/app/app';
import { Efs } from '../../../lib/cloud/efs';
import { FsxLustre, type FsxLustreProps } from '../../../lib/cloud/fsx-lustre';
import { Site } from '../../../lib/app/site';
import { NodeType } from '../../../lib/compute/node-type';
import { Purchase } from '../../../lib/compute/purchase';
import { SlurmCluster } from '../../../lib/compute/slurm-cluster';
import { type PriceTable, shippedPrices } from '../../../lib/diff/capacity/price-table';
import { parseGates } from '../../../lib/diff/gate';
import { capacityLines } from '../../../lib/diff/views/summary';
import { Power } from '../../../lib/values/power';
import { SecretRef } from '../../../lib/values/secret-ref';
import { Size } from '../../../lib/values/size';
import { declareCampus } from '../cloud/campus';
import { declareSmall, type Variant } from '../support/campus';
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

describe('the power of nodes on the premises', () => {
  type Pool = readonly [hosts: string, power?: Power];
  const declare = (pools: readonly Pool[]) => (app: App) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1' });
    const nodes = pools.map(([hosts, power], n) => {
      const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256), ...(power && { power }) });
      return hpc.addNodes(`p${n}`, { hosts, type });
    });
    hpc.addPartition('batch', { nodes, default: true });
  };
  const told = async (before: readonly Pool[], after: readonly Pool[]) => {
    const diff = await diffOf(declare(before), declare(after));
    const lines = diff.capacity ? capacityLines(diff.capacity) : [];
    return { ...diff, lines: lines.filter((line) => /power|not estimated/.test(line)) };
  };

  test('is that of each node by their number, beside what they bring', async () => {
    const { capacity, entries, lines } = await told([['cn[001-064]', Power.w(650)]], [['cn[001-128]', Power.w(650)]]);
    expect(capacity?.power).toEqual({
      before: 41_600,
      after: 83_200,
      alike: { before: 41_600, after: 83_200 },
      unstated: 0,
    });
    expect(lines).toEqual(['power at full load 41.6 kW → 83.2 kW (+100 %)']);
    expect(entries[0]?.notes).toContain(
      '64 nodes, 4,096 CPUs, 15 TiB of memory, 41.6 kW at full load → 128 nodes, 8,192 CPUs, 31 TiB of memory, 83.2 kW at full load',
    );
  });

  test('of nodes whose type states none is not estimated', async () => {
    const cpu: Pool = ['cn[001-008]', Power.w(650)];
    const { capacity, lines } = await told([cpu], [cpu, ['gn[1-4]']]);
    expect(capacity?.power).toMatchObject({ before: 5200, after: 5200, unstated: 4 });
    expect(lines).toEqual([
      'power at full load 5,200 W → 5,200 W (0 %)',
      'not estimated: 1 (power of 4 nodes on the premises)',
    ]);
  });

  test('is stated for the first time, which is no growth, or no longer', async () => {
    const first = await told([['cn[001-064]']], [['cn[001-064]', Power.w(650)]]);
    expect(first.capacity).toEqual({
      figures: [],
      power: { after: 41_600, alike: { before: 0, after: 0 }, unstated: 0 },
      notEstimated: [],
    });
    expect(first.lines).toEqual(['power at full load not stated → 41.6 kW']);
    expect(first.entries).toMatchObject([{ field: 'type.power', section: 'capacity', effect: { class: 'none' } }]);
    expect((await told([['cn[001-064]', Power.w(650)]], [['cn[001-064]']])).lines).toEqual([
      'power at full load 41.6 kW → not stated',
      'not estimated: 1 (power of 64 nodes on the premises)',
    ]);
  });

  test('grows by what both sides say: a type that says it no longer hides nothing', async () => {
    const [node, gpu] = [Power.w(500), Power.kw(2)];
    const { lines } = await told(
      [
        ['cn[001-100]', node],
        ['gn[1-5]', gpu],
      ],
      [['cn[001-120]', node], ['gn[1-5]']],
    );
    expect(lines[0]).toBe('power at full load 60 kW → 60 kW (+20 % where both sides state it)');
  });

  test('of a pool of another name is that of the same nodes', async () => {
    const small = (poolId: string, watts: number, more?: Variant['more']) =>
      declareSmall({ poolId, type: { power: Power.w(watts) }, ...(more && { more }) });
    const { capacity } = await diffOf(
      small('cpu', 500),
      small('thin', 600, ({ app }) => app.rename('campus/hpc/nodes/cpu', 'campus/hpc/nodes/thin')),
    );
    expect(capacity?.power?.alike).toEqual({ before: 32_000, after: 38_400 });
  });

  test('is not spoken of where nobody states it, or where it stays', async () => {
    expect((await told([['cn[001-064]']], [['cn[001-128]']])).capacity?.power).toBeUndefined();
    const node = Power.w(650);
    expect((await told([['cn[1-4]', node]], [['cn[5-8]', node]])).capacity?.power).toBeUndefined();
  });
});

describe('Lustre in the cloud', () => {
  const lustre =
    (gib: number, more: Partial<FsxLustreProps> = {}) =>
    (app: App) => {
      const { aws } = declareCampus(app, {}, { region: 'us-east-1' });
      new FsxLustre(aws, 'work', { path: '/work', capacity: Size.gib(gib), ...more });
    };
  const prices: PriceTable = {
    ...shippedPrices(),
    regions: { 'us-east-1': { instances: {}, storage: { FsxLustre: { 'persistent-250': 0.25, scratch: 0.125 } } } },
  };

  test('says its size, and what all clients together get of it', async () => {
    const { capacity, entries } = await diffOf(lustre(4800), lustre(9600, { throughput: '500' }));
    expect(capacity?.figures).toEqual([
      { what: 'Lustre in the cloud', before: '4,800 GiB', after: '9,600 GiB', percent: 100 },
      // 4.6875 TiB at 250 MB/s each, 9.375 TiB at 500
      { what: 'throughput of Lustre in the cloud', before: '1,172 MB/s', after: '4,688 MB/s', percent: 300 },
    ]);
    expect(capacity?.cost).toBeUndefined();
    expect(capacity?.notEstimated).toContain('FSx for Lustre file system work (persistent-500 in us-east-1)');
    expect(entries.map(({ field, notes }) => [field, notes.slice(0, 2)])).toEqual(
      ['capacity', 'throughput'].map((field) => [
        field,
        [
          '4,800 GiB, 1,172 MB/s → 9,600 GiB, 4,688 MB/s',
          'its cost is not estimated: no price of persistent-500 in us-east-1',
        ],
      ]),
    );
  });

  test('costs what its size costs, where a table of the site has the price; backups are paid for by use', async () => {
    const { capacity, entries } = await diffOf(lustre(1200), lustre(2400), { prices });
    expect(capacity?.cost).toMatchObject({ before: 300, after: 600, currency: 'USD' });
    expect(capacity?.notEstimated).toContain('backups of FSx for Lustre file system work (by use)');
    expect(entries[0]?.notes).toContain('its size costs 300 → 600 USD a month at the prices of 2026-07-20');
  });

  test('a scratch one gives 200 MB/s for each TiB, whatever is said of throughput, and has no backups', async () => {
    const { capacity, entries } = await diffOf(lustre(1200), lustre(1200, { durability: 'scratch' }), { prices });
    expect(capacity?.figures).toEqual([
      { what: 'throughput of Lustre in the cloud', before: '293 MB/s', after: '234 MB/s', percent: -20 },
    ]);
    expect(capacity?.cost).toMatchObject({ before: 300, after: 150 });
    expect(capacity?.notEstimated.join()).not.toContain('backups');
    expect(entries[0]?.notes[0]).toBe('1,200 GiB, 293 MB/s → 1,200 GiB, 234 MB/s');
  });

  test('another path of it says nothing of capacity', async () => {
    const { capacity, entries } = await diffOf(lustre(1200), lustre(1200, { path: '/fast' }), { prices });
    expect([capacity, entries[0]?.notes.join().includes('GiB')]).toEqual([undefined, false]);
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
