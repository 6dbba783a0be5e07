import {
  Compiler,
  ExistingNfs,
  Hostlist,
  ModuleTree,
  SlurmCluster,
  SlurmDatabase,
  SlurmVersion,
  SoftwareStack,
} from '../../lib';
import { absent, matching } from '../../lib/testing/match';
import { gpuNode, onCluster, onSite, thin } from './support';

describe('the slurm.conf of a cluster', () => {
  test('names cluster and controller, and confines jobs to what they were given', async () => {
    // GIVEN a cluster that says no more than it must
    // WHEN it is synthesised
    const output = await onCluster({});
    // THEN jobs are confined, and nodes fetch their files from slurmctld
    output
      .expectNoDiagnostics()
      .slurmConf('hpc')
      .hasOption('ClusterName', 'hpc')
      .hasOption('SlurmctldHost', 'ctl1')
      .hasOption('ProctrackType', 'proctrack/cgroup')
      .hasOption('TaskPlugin', ['task/cgroup', 'task/affinity'])
      .hasOption('SelectTypeParameters', 'CR_Core_Memory')
      .hasOption('SlurmctldParameters', 'enable_configless')
      .hasOption('EnforcePartLimits', 'ALL')
      .hasOption('AccountingStorageType', absent)
      .hasOption('TopologyPlugin', absent);
    output
      .slurmConf('hpc', 'cgroup.conf')
      .hasOption('ConstrainCores', true)
      .hasOption('ConstrainRAMSpace', true)
      .hasOption('ConstrainDevices', true);
    expect(Object.keys(output.files)).not.toContain('sites/campus/slurm/hpc/gres.conf');
    expect(Object.keys(output.files)).not.toContain('sites/campus/slurm/hpc/topology.conf');
    expect(output.at('sites/campus/slurm/hpc/slurmd.default')).toBe('SLURMD_OPTIONS="--conf-server ctl1:6817"\n');
  });

  test('has a second controller, which nodes ask too', async () => {
    const output = await onCluster({ backupController: 'ctl2', stateSaveLocation: '/shared/slurmctld' });
    output
      .slurmConf('hpc')
      .hasOption('SlurmctldHost', ['ctl1', 'ctl2'])
      .hasOption('StateSaveLocation', '/shared/slurmctld');
    expect(output.at('sites/campus/slurm/hpc/slurmd.default')).toContain('--conf-server ctl1:6817,ctl2:6817');
  });

  test('joins the words of a list from fields and options, and replaces what is only a default', async () => {
    const output = await onCluster({
      privateData: ['jobs', 'usage'],
      options: { SlurmctldParameters: 'idle_on_node_suspend', TaskPlugin: 'task/cgroup', SlurmctldTimeout: '60' },
    });
    output
      .expectNoDiagnostics()
      .slurmConf('hpc')
      .hasOption('PrivateData', 'jobs,usage')
      .hasOption('SlurmctldParameters', 'enable_configless,idle_on_node_suspend')
      .hasOption('TaskPlugin', 'task/cgroup')
      .hasOption('SlurmctldTimeout', 60);
  });

  test('has the files on every node when it is not configless', async () => {
    const output = await onCluster({ configless: false });
    output.slurmConf('hpc').hasOption('SlurmctldParameters', absent);
    expect(Object.keys(output.files)).not.toContain('sites/campus/slurm/hpc/slurmd.default');
    output.ansiblePlaybook('campus').hasTask('copy', { dest: '/etc/slurm/slurm.conf' }, { role: 'slurm_compute' });
  });

  test('puts its hosts into groups by what they do', async () => {
    const output = await onCluster({ login: 'login[1-2]', backupController: 'ctl2' });
    output
      .ansiblePlaybook('campus')
      .hasHosts('hpc_controller', 'ctl[1-2]')
      .hasHosts('hpc_login', 'login[1-2]')
      .hasHosts('hpc_compute', 'cn[001-064]')
      .hasTask('apt', { name: ['slurmctld'] }, { role: 'slurm_controller' })
      .hasTask('copy', { dest: '/etc/slurm/slurm.conf' }, { role: 'slurm_login' });
  });

  test('a site with a build of Slurm of its own gets files and services, and neither packages nor the user slurm', async () => {
    const output = await onSite((site) => {
      const database = new SlurmDatabase(site, 'acct', { host: 'db1', slurm: '22.05', packages: 'none' });
      const hpc = new SlurmCluster(site, 'hpc', {
        slurm: '22.05',
        controller: 'ctl1',
        login: 'login1',
        database,
        packages: 'none',
      });
      hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'cn1', type: thin })] });
    });
    const playbook = output.expectNoDiagnostics().ansiblePlaybook('campus');
    const modules = new Set(playbook.tasks.map(({ module }) => module));
    for (const module of ['apt', 'dnf', 'user', 'group']) expect(modules).not.toContain(`ansible.builtin.${module}`);
    playbook
      .hasTask('copy', { dest: '/etc/slurm/slurm.conf' }, { role: 'slurm_controller' })
      .hasTask('file', { path: '/var/spool/slurmctld', owner: 'slurm' })
      .hasPlay({ name: 'Bring slurmctld to what was placed' })
      .hasPlay({ name: 'Bring slurmdbd to what was placed' });
  });

  test('a key that the declared Slurm does not have is refused at its own place', async () => {
    const output = await onCluster({ options: { SlurmctldTimout: '60' } });
    output.hasDiagnostic({ code: 'HPC4000', field: 'options.SlurmctldTimout', fix: matching(/SlurmctldTimeout/) });
  });

  test('the socket of a munge daemon is no password', async () => {
    (await onCluster({ options: { AccountingStoragePass: '/run/munge/global.socket' } })).expectNoDiagnostics();
  });

  test('a word of a plugin of the site is taken when it is acknowledged', async () => {
    const options = { SlurmctldParameters: 'our_word' };
    (await onCluster({ options })).hasDiagnostic({ code: 'HPC4006', field: 'options.SlurmctldParameters' });
    (await onCluster({ options, acknowledgedWords: ['our_word'] }))
      .expectNoDiagnostics()
      .slurmConf()
      .hasOption('SlurmctldParameters', ['our_word']);
  });
});

describe('a cluster that is only observed', () => {
  /** What the play does by itself; the tasks of the role hpcdk are called by others. */
  const modulesOf = (output: Awaited<ReturnType<typeof onCluster>>) => {
    const tasks = output.ansiblePlaybook('campus').tasks.filter(({ role }) => role !== 'hpcdk');
    const called = tasks.map(({ module, args }) =>
      module === 'ansible.builtin.import_role' ? (args as { tasks_from: string }).tasks_from : module,
    );
    return [...new Set(called)].sort();
  };

  test('is compared: no package, user, folder, mount, service, command or manifest comes to its hosts', async () => {
    // GIVEN a cluster that brings every kind of fact, of its own and by others
    const output = await onSite((site) => {
      const database = new SlurmDatabase(site, 'acct', { host: 'db1', slurm: '22.05', ownership: 'observed' });
      const hpc = new SlurmCluster(site, 'hpc', {
        slurm: '22.05',
        controller: 'ctl1',
        login: 'login1',
        database,
        ownership: 'observed',
      });
      const cpu = hpc.addNodes('cpu', { hosts: 'cn[001-064]', type: thin });
      hpc.addPartition('batch', { nodes: [cpu] });
      const nfs = new ExistingNfs(site, 'home', { server: 'filer', export: '/home', path: '/home' });
      nfs.mountOn(hpc);
      nfs.mountOn(cpu, { path: '/there' });
      const gcc = Compiler.gcc('13.3.0', { external: '/usr' });
      const stack = new SoftwareStack(site, 'apps', { release: '2026.1', compilers: [gcc], targets: ['x86_64_v3'], specs: ['zlib@1.3.1'] }); // prettier-ignore
      hpc.provide(new ModuleTree(site, 'modules', { stacks: [stack], spiderCache: '/var/cache/lmod' }));
    });
    // WHEN it is synthesised
    output.expectNoDiagnostics();
    // THEN files are compared, and that is all
    expect(modulesOf(output)).toEqual(['ansible.builtin.import_tasks', 'observe', 'observe_tree']);
    const titles = output.ansiblePlaybook('campus').plays.map(({ name }) => String(name).replace(/ \(.*/, ''));
    expect([...new Set(titles)]).toEqual(['Place files']);
    // AND the manifest says so of each file
    const { host } = output.manifest.files['sites/campus/slurm/hpc/slurm.conf'] ?? {};
    expect(host).toEqual({ path: '/etc/slurm/slurm.conf', ownership: 'observed' });
  });

  test('leaves other clusters of the site as they are', async () => {
    const output = await onCluster({ ownership: 'observed' }, (_, site) => {
      const database = new SlurmDatabase(site, 'acct', { host: 'db1', slurm: '22.05' });
      const other = new SlurmCluster(site, 'other', { slurm: '22.05', controller: 'ctl9', database });
      other.addPartition('batch', { nodes: [other.addNodes('cpu', { hosts: 'x[1-2]', type: thin })] });
    });
    const playbook = output.expectNoDiagnostics().ansiblePlaybook('campus');
    // the roles are those of both; what is done is done where the other one is
    playbook
      .hasTask(
        'apt',
        { name: ['slurmctld', 'munge'] },
        { when: ["'other_controller' in group_names", matching(/Debian/)] },
      )
      .hasTask('import_role', { tasks_from: 'observe' }, { when: "'hpc_controller' in group_names" })
      .hasTask('command', { argv: ['/etc/slurm/accounts.sh', 'names'] }, { role: 'slurm_accounts' })
      .hasPlay({ name: 'Bring slurmctld to what was placed', hosts: 'other_controller' })
      .hasPlay({ name: 'Leave the manifest on the controller', hosts: 'other_controller[0]' })
      .hasPlay({ name: matching(/^Look at the hosts/), hosts: 'acct_slurmdbd:other_compute:other_controller' });
  });

  test('gets no accounts from the database that it reports to', async () => {
    const output = await onSite((site) => {
      const database = new SlurmDatabase(site, 'acct', { host: 'db1', slurm: '22.05' });
      const hpc = new SlurmCluster(site, 'hpc', {
        slurm: '22.05',
        controller: 'ctl1',
        database,
        ownership: 'observed',
      });
      hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'x[1-2]', type: thin })] });
    });
    expect(output.expectNoDiagnostics().ansiblePlaybook('campus').roles).not.toContain('slurm_accounts');
  });
});

describe('a cluster is refused', () => {
  test('with an id that is no ClusterName: HPC4120', async () => {
    const output = await onSite((site) => {
      const hpc = new SlurmCluster(site, 'HPC', { slurm: SlurmVersion.V22_05, controller: 'ctl1' });
      hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'cn1', type: thin })] });
    });
    output.hasDiagnostic({
      code: 'HPC4120',
      construct: 'campus/HPC',
      field: absent,
      message: `'HPC' is not a ClusterName: lower-case letters, digits, "_" and "-", at most 40 (slurm.conf(5))`,
    });
  });

  test.each([
    ['controller', 'ctl[1-2]', "'ctl[1-2]' is 2 hosts, slurmctld runs on one"],
    ['backupController', 'ctl[2-3]', "'ctl[2-3]' is 2 hosts, slurmctld runs on one"],
    ['controller', Hostlist.EMPTY, "'' is 0 hosts, slurmctld runs on one"],
  ])('with %s %s: HPC4121', async (field, hosts, message) => {
    (await onCluster({ [field]: hosts })).hasDiagnostic({ code: 'HPC4121', field, message });
  });

  test.each([
    ['ClusterName', 'the id of the cluster'],
    ['slurmctldhost', 'controller and backupController'],
    ['StateSaveLocation', 'stateSaveLocation'],
    ['EnforcePartLimits', 'enforcePartLimits'],
    ['AccountingStorageType', 'database'],
    ['AccountingStorageHost', 'database'],
    ['AccountingStorageEnforce', 'enforce'],
    ['TopologyPlugin', 'topology'],
    ['PrivateData', 'privateData'],
  ])('with the key %s, which a field says: HPC4122', async (key, field) => {
    (await onCluster({ options: { [key]: 'jobs' } })).hasDiagnostic({
      code: 'HPC4122',
      field: `options.${key}`,
      message: `${key} is said by ${field}`,
      fix: 'remove it from options',
    });
  });

  test.each(['JobCompPass', 'accountingstoragepass'])('with a password in %s: HPC4133', async (key) => {
    (await onCluster({ options: { [key]: 'hunter2' } })).hasDiagnostic({ code: 'HPC4133', field: `options.${key}` });
  });

  test('with whole nodes to give out, and cores to count: HPC4136', async () => {
    const linear = { SelectType: 'select/linear' };
    (await onCluster({ options: linear })).hasDiagnostic({
      code: 'HPC4136',
      field: 'options.SelectType',
      message: 'select/linear gives out whole nodes, slurmctld refuses CR_Core_Memory with it',
      fix: "add options: { SelectTypeParameters: 'CR_Memory' }",
    });
    expect((await onCluster({ options: { ...linear, SelectTypeParameters: 'CR_Memory' } })).diagnostics).toEqual([]);
  });

  test('with limits that no database keeps: HPC4123', async () => {
    (await onCluster({ enforce: ['limits'] })).hasDiagnostic({
      code: 'HPC4123',
      field: 'enforce',
      message: 'without a database slurmctld has nothing to enforce',
      fix: 'add database',
    });
  });

  test('with a host in two pools: HPC4124', async () => {
    const output = await onCluster({}, (hpc) => {
      hpc.addNodes('gpu', { hosts: 'gpu[1-8],cn[060-070]', type: gpuNode });
    });
    output.hasDiagnostic({
      code: 'HPC4124',
      construct: 'campus/hpc/nodes/gpu',
      field: 'hosts',
      message: "'cn[060-064]' is in 'cpu' already; a node has one NodeName line",
      fix: 'take it out of one of the two',
    });
  });

  test('without a partition: HPC4125', async () => {
    const output = await onSite((site) => {
      const hpc = new SlurmCluster(site, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1' });
      hpc.addNodes('cpu', { hosts: 'cn1', type: thin });
    });
    output.hasDiagnostic({ code: 'HPC4125', message: 'the cluster has no partition: no job could run' });
  });

  test('twice: what is said of the second one calls it as the definition does', async () => {
    const output = await onCluster({}, (_, site) => {
      const again = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1' });
      again.addNodes('gpu', { hosts: Hostlist.EMPTY, type: gpuNode });
    });
    output.hasDiagnostic({
      code: 'HPC2502',
      construct: 'campus/hpc',
      message: "'hpc' is declared twice below 'campus'",
    });
    output.hasDiagnostic({ code: 'HPC4102', construct: 'campus/hpc/nodes/gpu' });
    expect(JSON.stringify(output.diagnostics)).not.toContain('~2');
  });

  test('with two default partitions: HPC4126', async () => {
    const output = await onCluster({}, (hpc) => {
      const nodes = hpc.floorPools;
      hpc.addPartition('short', { nodes, default: true });
      hpc.addPartition('long', { nodes, default: true });
    });
    output.hasDiagnostic({
      code: 'HPC4126',
      message: "'short' and 'long' are default partitions both; Slurm takes the last one",
    });
  });

  test('with an unknown Slurm release', async () => {
    (await onCluster({ slurm: '22.50' as never })).hasDiagnostic({
      code: 'HPC1005',
      field: 'slurm',
      fix: "did you mean '22.05'?",
    });
  });
});

test('every fault of a cluster is told at once', async () => {
  const output = await onCluster({ controller: 'ctl[1-2]', enforce: ['qos'], options: { ClusterName: 'x' } }, (hpc) => {
    hpc.addNodes('again', { hosts: 'cn001', type: thin });
  });
  expect(output.diagnostics.map(({ code }) => code)).toEqual(['HPC4124', 'HPC4121', 'HPC4123', 'HPC4122']);
});

test('a pool of 100,000 hosts is one line, like one of 10', async () => {
  const output = await onCluster({ slurm: SlurmVersion.V24_11 }, (hpc) => {
    hpc.addPartition('all', { nodes: [hpc.addNodes('big', { hosts: 'x[000000-099999]', type: thin })] });
  });
  const conf = output.expectNoErrors().slurmConf();
  expect(conf.records('NodeName')).toHaveLength(2);
  conf.hasNode('x[000000-099999]').hasPartition('all', { Nodes: 'x[000000-099999]' });
  expect(output.at('sites/campus/slurm/hpc/slurm.conf').length).toBeLessThan(3000);
});
