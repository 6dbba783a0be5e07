import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkov, checkovNeeds } from './checkov';
import { describeWith } from './tools';

describeWith(checkovNeeds, 'checkov', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hpcdk-checkov-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  const check = async (resource: object) => {
    await writeFile(join(dir, 'cdk.tf.json'), JSON.stringify({ resource }, null, 2));
    return checkov(dir);
  };
  const rule = (cidr: string) => ({
    description: 'ssh',
    from_port: 22,
    to_port: 22,
    protocol: 'tcp',
    cidr_blocks: [cidr],
  });
  const group = (cidr: string) => ({ description: 'login', ingress: [rule(cidr)] });

  test('finds what is open to the world, and only that', async () => {
    const open = await check({ aws_security_group: { login: group('0.0.0.0/0') } });
    const closed = await check({ aws_security_group: { login: group('10.0.0.0/8') } });
    const found = open.filter(({ check }) => !closed.some((other) => other.check === check));
    expect(found.map(({ check, resource }) => `${check} ${resource}`)).toEqual(['CKV_AWS_24 login']);
  });

  test('a folder without Terraform is an error, not a clean bill', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'hpcdk-checkov-'));
    await expect(checkov(empty)).rejects.toThrow('checkov');
    await rm(empty, { recursive: true });
  });
});
