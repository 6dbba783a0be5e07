import { FsxLustre, type FsxLustreProps } from '../../lib/cloud/fsx-lustre';
import { Size } from '../../lib/values/size';
import { campus } from './campus';
import { all, only, synth } from './support';

const lustre = (props: Partial<FsxLustreProps> = {}, on: 'floor' | 'burst' = 'burst') => {
  const made = campus();
  const scratch = new FsxLustre(made.aws, 'scratch', { path: '/scratch', capacity: Size.gib(2400), ...props });
  scratch.mountOn(on === 'floor' ? made.hpc : made.burst[0]!);
  return made.app;
};

describe('an FSx for Lustre file system', () => {
  test('is persistent by default, in the first zone', async () => {
    const fileSystem = only((await synth(lustre())).stack('aws'), 'aws_fsx_lustre_file_system');
    expect(fileSystem).toMatchObject({
      deployment_type: 'PERSISTENT_2',
      per_unit_storage_throughput: 250,
      storage_capacity: 2400,
      subnet_ids: [expect.stringContaining('node-subnet-1')],
    });
  });

  test('can be scratch, in another zone', async () => {
    const stack = (await synth(lustre({ durability: 'scratch', zone: 'eu-central-1c' }))).stack('aws');
    const fileSystem = only(stack, 'aws_fsx_lustre_file_system');
    expect(fileSystem).toMatchObject({
      deployment_type: 'SCRATCH_2',
      subnet_ids: [expect.stringContaining('node-subnet-3')],
    });
    expect(fileSystem).not.toHaveProperty('per_unit_storage_throughput');
  });

  test('is looked up by nodes when they start, with a right to read that parameter only', async () => {
    const result = await synth(lustre());
    const stack = result.stack('aws');
    expect(only(stack, 'aws_ssm_parameter')).toMatchObject({
      name: '/hpcdk/aws/scratch',
      value: expect.stringContaining('@tcp:/${'),
    });
    expect(only(stack, 'aws_iam_role_policy').policy).toContain('parameter/hpcdk/aws/scratch"]');
    expect(result.files.get('sites/campus/slurm/hpc/cloud-init/burst.yaml')).toContain(
      'source=$(retry parameter /hpcdk/aws/scratch)\n',
    );
  });

  test('opens the ports of LNET to nodes, in both directions', async () => {
    const rules = all((await synth(lustre())).stack('aws'), 'aws_vpc_security_group_ingress_rule');
    const ports = rules.filter(({ from_port }) => from_port === 988 || from_port === 1018);
    expect(ports).toHaveLength(6);
    expect(ports.every((rule) => rule.cidr_ipv4 === undefined)).toBe(true);
  });

  test.each<[string, Partial<FsxLustreProps>, string]>([
    ['a size that is not sold', { capacity: Size.tib(3) }, 'HPC5051 capacity'],
    ['a zone that the cloud does not have', { zone: 'eu-central-1f' }, 'HPC5037 zone'],
    ['a durability that there is none', { durability: 'scrach' as never }, 'HPC1005 durability'],
  ])('refuses %s', async (_what, props, code) => {
    expect((await synth(lustre(props))).codes).toEqual([code]);
  });

  test('cannot be mounted by hosts on the premises: its name is not known before it exists', async () => {
    expect((await synth(lustre({}, 'floor'))).codes).toEqual(['HPC3901 on']);
  });
});
