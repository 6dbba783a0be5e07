import { contributesToHosts, type Contribution } from '../../lib/app/host-fact';
import { ExistingLustre } from '../../lib/storage/existing-lustre';
import { ExistingNfs, type ExistingNfsProps } from '../../lib/storage/existing-nfs';
import { Mount } from '../../lib/storage/mount';
import { HOST_FACTS } from '../../lib/app/host-fact';
import { campus } from '../cloud/campus';
import { synth } from '../cloud/support';

const nfs: ExistingNfsProps = { server: 'filer', export: '/export/home', path: '/home' };
const factsOf = (mount: Mount): Contribution[] => (contributesToHosts(mount) ? [...mount[HOST_FACTS]()] : []);

describe('an NFS export of an existing filer', () => {
  test('is mounted where users log in and where jobs run', async () => {
    // GIVEN a cluster with login nodes WHEN its homes come from a filer
    const { app, site, hpc } = campus({}, { cluster: { login: 'login[1-2]' } });
    const mount = new ExistingNfs(site, 'home', nfs).mountOn(hpc);
    // THEN both kinds of hosts get the package and the line of /etc/fstab
    expect((await synth(app)).codes).toEqual([]);
    const facts = factsOf(mount);
    expect(facts.map(({ group }) => [group.name, group.hosts.toString()])).toEqual([
      ['hpc_login', 'login[1-2]'],
      ['hpc_compute', 'cn[001-064]'],
    ]);
    expect(facts[0]?.facts).toEqual([
      { fact: 'package', debian: 'nfs-common', redhat: 'nfs-utils' },
      {
        fact: 'mount',
        source: 'filer:/export/home',
        path: '/home',
        type: 'nfs4',
        options: ['rw', 'vers=4.2', 'hard', '_netdev'],
      },
    ]);
  });

  test('can be mounted on one pool only, elsewhere and for reading', () => {
    const { site, cpu } = campus({});
    const mount = new ExistingNfs(site, 'apps', { ...nfs, version: '3', options: [] }).mountOn(cpu, {
      path: '/apps',
      readOnly: true,
    });
    expect(factsOf(mount)).toMatchObject([
      {
        group: { name: 'hpc_nodes_cpu' },
        facts: [{}, { path: '/apps', type: 'nfs', options: ['ro', 'vers=3', '_netdev'] }],
      },
    ]);
  });

  test('of a cluster inside of one of a pool is mounted after it, in the cloud as by a play', async () => {
    const { app, site, hpc, burst } = campus();
    new ExistingNfs(site, 'inner', { ...nfs, path: '/data/inner' }).mountOn(hpc);
    new ExistingNfs(site, 'outer', { ...nfs, path: '/data' }).mountOn(burst[0]!);
    const script = (await synth(app)).files.get('sites/campus/slurm/hpc/cloud-init/burst.yaml') ?? '';
    expect([...script.matchAll(/^ *retry mount .* (\S+)$/gm)].map(([, path]) => path)).toEqual([
      '/data',
      '/data/inner',
    ]);
  });

  test('mounted on a cluster is mounted by its burst nodes as well, when they start', async () => {
    const { app, site, hpc, burst } = campus();
    new ExistingNfs(site, 'home', { ...nfs, server: 'filer.hpc.example.edu' }).mountOn(hpc);
    new ExistingNfs(site, 'data', { ...nfs, path: '/data' }).mountOn(burst[0]!, { readOnly: true });
    const script = (await synth(app)).files.get('sites/campus/slurm/hpc/cloud-init/burst.yaml');
    expect(script).toContain("mount -t nfs4 -o 'rw,vers=4.2,hard' filer.hpc.example.edu:/export/home /home\n");
    expect(script).toContain("mount -t nfs4 -o 'ro,vers=4.2,hard' filer:/export/home /data\n");
  });

  test.each<[string, Partial<ExistingNfsProps>, string]>([
    ['a blank in the server', { server: 'my filer' }, 'HPC1002 server'],
    ['a relative export', { export: 'home' }, 'HPC1002 export'],
    ['several options in one', { options: ['hard,noatime'] }, 'HPC1002 options[0]'],
    ['a version that there is none', { version: '4.3' as never }, 'HPC1005 version'],
  ])('refuses %s', async (_what, more, code) => {
    const { app, site } = campus({});
    new ExistingNfs(site, 'home', { ...nfs, ...more });
    expect((await synth(app)).codes).toEqual([code]);
  });

  test('refuses what cannot mount, and two file systems at one path', async () => {
    const { app, site, hpc } = campus({});
    const home = new ExistingNfs(site, 'home', nfs);
    home.mountOn(hpc);
    home.mountOn('hpc' as never);
    new ExistingNfs(site, 'other', nfs).mountOn(hpc);
    expect((await synth(app)).codes.sort()).toEqual(['HPC1001 on', 'HPC3900 path']);
  });
});

describe('a Lustre file system of somebody else', () => {
  test('is mounted from its management servers', () => {
    const { site, hpc } = campus({});
    const lustre = new ExistingLustre(site, 'work', { mgs: ['mgs1@o2ib', 'mgs2@o2ib'], name: 'work', path: '/work' });
    expect(factsOf(lustre.mountOn(hpc))).toMatchObject([
      {
        facts: [
          { fact: 'mount', source: 'mgs1@o2ib:mgs2@o2ib:/work', type: 'lustre', options: ['rw', 'flock', '_netdev'] },
        ],
      },
    ]);
  });

  test('refuses a name that Lustre cannot have, and servers without a network', async () => {
    const { app, site } = campus({});
    new ExistingLustre(site, 'work', { mgs: ['mgs1'], name: 'workworkwork', path: '/work' });
    expect((await synth(app)).codes).toEqual(['HPC1002 mgs[0]', 'HPC1002 name']);
  });
});
