import { Efs } from '../../lib/cloud/efs';
import { campus } from './campus';
import { all, only, synth } from './support';

const efsOn = (where: 'floor' | 'burst', props = {}) => {
  const made = campus();
  const home = new Efs(made.aws, 'home', { path: '/home', ...props });
  home.mountOn(where === 'floor' ? made.hpc : made.burst[0]!);
  return made.app;
};
const NFS = { from_port: 2049, to_port: 2049, ip_protocol: 'tcp' };

describe('an EFS file system', () => {
  test('is encrypted, backed up, and has a door in each zone', async () => {
    const stack = (await synth(efsOn('burst'))).stack('aws');
    expect(only(stack, 'aws_efs_file_system')).toMatchObject({
      encrypted: true,
      throughput_mode: 'elastic',
      creation_token: 'aws-home',
    });
    expect(only(stack, 'aws_efs_backup_policy').backup_policy).toEqual({ status: 'ENABLED' });
    expect(all(stack, 'aws_efs_mount_target')).toHaveLength(3);
  });

  test('has a name before it exists, by which nodes mount it when they start', async () => {
    const result = await synth(efsOn('burst'));
    expect(only(result.stack('aws'), 'aws_route53_record')).toMatchObject({ name: 'home.aws.internal', type: 'CNAME' });
    expect(result.files.get('sites/campus/slurm/hpc/cloud-init/burst.yaml')).toMatch(
      /mkdir -p \/home\n.*mount -t nfs4 -o 'rw,vers=4\.1,\S+' home\.aws\.internal:\/ \/home\n/,
    );
  });

  test('opens to the premises only when hosts there mount it', async () => {
    const rules = async (where: 'floor' | 'burst') =>
      all((await synth(efsOn(where))).stack('aws'), 'aws_vpc_security_group_ingress_rule').filter(
        ({ from_port }) => from_port === 2049,
      );
    expect(await rules('burst')).toEqual([expect.not.objectContaining({ cidr_ipv4: expect.anything() })]);
    expect(await rules('floor')).toEqual(
      expect.arrayContaining([expect.objectContaining({ ...NFS, cidr_ipv4: '10.0.0.0/12' })]),
    );
  });

  test('without backup is told so', async () => {
    const stack = (await synth(efsOn('burst', { backup: false, throughput: 'bursting' }))).stack('aws');
    expect(only(stack, 'aws_efs_backup_policy').backup_policy).toEqual({ status: 'DISABLED' });
    expect(only(stack, 'aws_efs_file_system').throughput_mode).toBe('bursting');
  });
});
