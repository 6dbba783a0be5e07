import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Moto, moto, motoNeeds } from './moto';
import { awsProviderOverride, Terraform, terraformNeeds } from './terraform';
import { describeWith, failure } from './tools';

describeWith([...terraformNeeds, ...motoNeeds], 'terraform against a mock AWS API', () => {
  let dir: string;
  let aws: Moto;
  let terraform: Terraform;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hpcdk-stack-'));
    [aws, terraform] = await Promise.all([moto(), Terraform.open()]);
  });
  afterAll(async () => {
    await Promise.all([aws.stop(), terraform.close(), rm(dir, { recursive: true })]);
  });

  test('a stack is validated, planned, applied and destroyed, with nothing left', async () => {
    // GIVEN a stack of three resources for the real cloud, and the override beside it
    const stack = {
      terraform: {
        backend: { local: { path: 'terraform.tfstate' } },
        required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } },
      },
      provider: { aws: [{ region: 'eu-central-1', default_tags: [{ tags: { site: 'test' } }] }] },
      resource: {
        aws_vpc: { net: { cidr_block: '10.42.0.0/16' } },
        aws_subnet: { a: { vpc_id: '${aws_vpc.net.id}', cidr_block: '10.42.1.0/24' } },
        aws_s3_bucket: { cache: { bucket: 'hpcdk-test-cache' } },
      },
      output: { vpc: { value: '${aws_vpc.net.id}' } },
    };
    await writeFile(join(dir, 'cdk.tf.json'), JSON.stringify(stack));
    await writeFile(join(dir, 'mock_override.tf.json'), awsProviderOverride(aws.endpoint, 'eu-central-1'));
    const ok = async (...args: string[]) => {
      const result = await terraform.run(dir, args);
      expect(failure(args.join(' '), result)).toContain('exit code 0');
      return result.stdout;
    };
    // WHEN terraform goes through its whole life
    await ok('init');
    await ok('validate');
    expect(await ok('plan', '-out=plan')).toContain('3 to add, 0 to change, 0 to destroy');
    const before = await aws.inventory('eu-central-1');
    await ok('apply', 'plan');
    const applied = await aws.inventory('eu-central-1');
    const added = applied.filter((one) => !before.includes(one)).join(' ');
    expect(added).toMatch(/hpcdk-test-cache.*subnet-.*vpc-/);
    expect(JSON.parse(await ok('output', '-json'))).toMatchObject({ vpc: { value: expect.stringMatching(/^vpc-/) } });
    expect(await ok('plan', '-detailed-exitcode')).toContain('No changes');
    expect(await ok('destroy', '-auto-approve')).toContain('Destroy complete! Resources: 3 destroyed');
    // THEN nothing is left
    expect(await aws.inventory('eu-central-1')).toEqual(before);
  });

  test('an invalid stack is refused', async () => {
    await writeFile(join(dir, 'bad.tf.json'), JSON.stringify({ resource: { aws_vpc: { bad: { cidr: 'x' } } } }));
    const result = await terraform.run(dir, ['validate']);
    await rm(join(dir, 'bad.tf.json'));
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('cidr');
  });
});
