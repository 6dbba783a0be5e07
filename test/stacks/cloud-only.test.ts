import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../lib/testing/synthesize';
import definition from '../../stacks/cloud-only';

const root = join(__dirname, '../..');

describe('stacks/cloud-only.ts', () => {
  test('declares one stack of Terraform and nothing for a site', async () => {
    const output = (await synthesize(definition, { projectDir: root })).expectNoDiagnostics();
    expect(Object.keys(output.files)).toContain('stacks/summer-school/cdk.tf.json');
    expect(Object.keys(output.files).filter((path) => path.startsWith('sites/'))).toEqual([]);
    output
      .terraformStack('summer-school')
      .hasResource('aws_vpc', { cidr_block: '10.80.0.0/20' })
      .hasResourceCount('aws_subnet', 4)
      .hasResourceCount('aws_launch_template', 0)
      .hasResource('aws_efs_file_system', { encrypted: true, tags: { owner: 'training@institute.example' } })
      .hasResourceCount('aws_efs_mount_target', 2)
      .hasResource('aws_s3_bucket', { bucket: 'institute-summer-school-results' })
      .hasResource('aws_budgets_budget', { limit_amount: '800', limit_unit: 'USD' });
  });

  test('is short', () => {
    expect(readFileSync(join(root, 'stacks/cloud-only.ts'), 'utf8').split('\n').length).toBeLessThan(20);
  });
});
