import { Duration, Size } from '../../lib';
import { absent, matching } from '../../lib/testing/match';
import { synthesize } from '../../lib/testing/synthesize';
import type { TestOutput } from '../../lib/testing/test-output';
import campus from '../../stacks/campus';

describe('the reference campus', () => {
  let output: TestOutput;
  beforeAll(async () => {
    output = (await synthesize(campus)).expectNoDiagnostics();
  });

  test('has 64 CPU nodes, 8 with much memory and 8 with typed GPUs, in four partitions with their limits', () => {
    const slurm = output.slurmConf('hpc');
    slurm
      .hasNode('cn[001-064]', { Sockets: 2, CoresPerSocket: 32, RealMemory: Size.mib(257576) })
      .hasNode('bm[01-08]', { RealMemory: Size.mib(2063840) })
      .hasNode('gn[01-08]', { Gres: 'gpu:a100:4', CoreSpecCount: 2 })
      .hasPartition('batch', { Nodes: 'cn[001-064]', Default: 'YES', MaxTime: Duration.days(14) })
      .hasPartition('debug', { MaxTime: Duration.minutes(30), QOS: 'debug' })
      .hasPartition('bigmem', { Nodes: 'bm[01-08]', MaxTime: Duration.days(7) })
      .hasPartition('gpu', { Nodes: 'gn[01-08]', Default: absent, AllowQos: matching(/\bgpu\b/) });
    output.slurmConf('hpc', 'topology.conf').hasRecord('SwitchName', { SwitchName: 'spine', Switches: 'leaf[1-3]' });
    output.slurmConf('hpc', 'gres.conf').hasRecord('NodeName', { NodeName: 'gn[01-08]', Type: 'a100' });
  });

  test("keeps the site's own words in lists that the cloud needs too, and powers no node on the floor down", () => {
    output
      .slurmConf('hpc')
      .hasOption('PrivateData', 'jobs,usage,cloud')
      .hasOption('SuspendTime', 'INFINITE')
      .hasPartition('cloud', { Nodes: 'hpc-burst-[0-31]', SuspendTime: '600' })
      .hasPartition('batch', { SuspendTime: absent });
  });

  test('has a cloud of two pools as templates, with a network in three zones and tags on everything', () => {
    const aws = output.terraformStack('campus-aws');
    aws
      .hasResourceCount('aws_launch_template', 2)
      .hasResourceCount('aws_instance', 0)
      .hasResourceCount('aws_subnet', 6)
      .hasResourceCount('aws_placement_group', 1)
      .hasResource('aws_vpc', { cidr_block: '10.42.0.0/16', tags: { owner: 'research-computing' } })
      .hasResource('aws_budgets_budget', { limit_amount: '5000' })
      .hasResource('aws_s3_bucket', { bucket: 'campus-hpc-example-edu-spack' })
      .hasResource('aws_efs_file_system', { encrypted: true });
  });

  test('has at least 30 roots for two compilers, two MPIs and two targets, beside an older release', () => {
    const folders = Object.keys(output.files).filter((path) =>
      /\/apps-2026\.1\/x86_64_v3\/[^/]+\/spack\.yaml$/.test(path),
    );
    expect(folders.map((path) => path.split('/').at(-2)).sort()).toEqual([
      'core',
      'gcc-13.3.0',
      'gcc-13.3.0-mpich-4.2.3',
      'gcc-13.3.0-openmpi-5.0.8',
      'llvm-20.1.8',
      'llvm-20.1.8-mpich-4.2.3',
      'llvm-20.1.8-openmpi-5.0.8',
    ]);
    const roots = ['core', 'gcc-13.3.0', 'gcc-13.3.0-openmpi-5.0.8'].flatMap(
      (level) => output.spackEnv(`apps-2026.1/x86_64_v3/${level}`).specs,
    );
    expect(roots.length).toBeGreaterThanOrEqual(30);
    output.spackEnv('apps-2025.1/x86_64_v3/gcc-12.3.0-openmpi-4.1.6').hasSpec('gromacs@2024.3 +mpi ~cuda');
  });

  test('has modules with a default, an alias, a hidden one, a notice and families', () => {
    const tree = output.moduleTree('sites/campus/modules/modules/tree/x86_64_v3/2026.1');
    tree.hasAlias('clang', 'llvm/20.1.8').hasModule('metis/5.1.0', { hidden: true });
    tree.hasModule('gromacs/2025.3').hasModule('openmpi/5.0.8', { family: 'mpi' });
    expect(
      output.at('sites/campus/modules/modules/tree/x86_64_v3/2025.1/MPI/gcc/12.3.0/openmpi/4.1.6/gromacs/2024.3.lua'),
    ).toContain('load release/2026.1 and gromacs/2025.3');
  });

  test('has three images, each as a Containerfile and a definition file', () => {
    const images = Object.keys(output.files).filter((path) => path.startsWith('sites/campus/containers/'));
    for (const name of ['gromacs', 'lammps', 'python']) {
      expect(
        images
          .filter((path) => path.includes(`/${name}/`))
          .map((path) => path.split('/').at(-1))
          .sort(),
      ).toEqual(['Containerfile', `${name}.def`, 'spack.yaml']);
    }
  });

  test('mounts what others own, and starts daemons in a safe order', () => {
    const play = output.ansiblePlaybook();
    play.hasHosts('hpc_compute', 'cn[001-064],bm[01-08],gn[01-08]');
    play.hasPlaysInOrder(
      'Bring slurmdbd to what was placed',
      'Bring slurmctld to what was placed',
      'Bring slurmd to what was placed',
    );
    for (const path of ['/home', '/apps', '/scratch']) play.hasTask('ansible.posix.mount', { path });
  });
});
