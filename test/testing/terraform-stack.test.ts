import { absent, exactly, matching } from '../../lib/testing/match';
import { TerraformStack } from '../../lib/testing/terraform-stack';

const stack = TerraformStack.parse(
  JSON.stringify({
    terraform: { required_version: '>= 1.5' },
    resource: {
      aws_launch_template: {
        cpu: {
          name: 'cpu',
          instance_type: 'c7i.24xlarge',
          metadata_options: { http_tokens: 'required' },
          tags: { pool: 'cpu' },
        },
        gpu: { name: 'gpu', instance_type: 'p5.48xlarge', block_device_mappings: [{ ebs: { encrypted: true } }] },
      },
      aws_iam_policy: {
        fetch: { policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: ['ssm:GetParameter'] }] }) },
      },
    },
    data: { aws_ami: { debian: { owners: ['136693071363'] } } },
    output: { bucket: { value: '${aws_s3_bucket.cache.id}' } },
  }),
);

test('resources are found by what they have, policies by their value, blocks with or without a list', () => {
  stack
    .hasResource('aws_launch_template', { name: 'gpu', block_device_mappings: { ebs: { encrypted: true } } })
    .hasResource('aws_launch_template', { block_device_mappings: [{ ebs: { encrypted: true } }] })
    .hasResource('aws_launch_template', { tags: exactly({ pool: 'cpu' }), user_data: absent })
    .hasResource('aws_iam_policy', { policy: { Statement: [{ Action: ['ssm:GetParameter'] }] } })
    .hasData('aws_ami', { owners: ['136693071363'] })
    .hasResourceCount('aws_launch_template', 2)
    .hasResourceCount('aws_instance', 0)
    .hasOutput('bucket', { value: matching(/aws_s3_bucket/), sensitive: absent })
    .has({ terraform: { required_version: matching(/1\.5/) } });
  expect(stack.resourceCount()).toBe(3);
  expect(Object.keys(stack.resources('aws_launch_template'))).toEqual(['cpu', 'gpu']);
});

test.each<[() => unknown, string]>([
  [
    () => stack.hasResource('aws_launch_template', { name: 'gpu', instance_type: 'g6.xlarge' }),
    "no aws_launch_template matches; the closest is 'gpu': instance_type is 'p5.48xlarge', wanted 'g6.xlarge'",
  ],
  [
    () => stack.hasResource('aws_iam_policy', { policy: { Statement: { Action: ['s3:*'] } } }),
    "policy.Statement.Action is ['ssm:GetParameter'], wanted 's3:*' among them",
  ],
  [() => stack.hasResource('aws_instance'), 'there is no aws_instance'],
  [() => stack.hasResourceCount('aws_launch_template', 1), 'aws_launch_template: there are 2, wanted 1: cpu, gpu'],
  [() => stack.hasOutput('buckets'), "there is no output 'buckets'; did you mean 'bucket'?"],
  [() => stack.hasOutput('bucket', { sensitive: true }), 'sensitive is not set, wanted true'],
  [() => stack.hasData('aws_ami', { owners: ['self'] }), "wanted 'self' among them"],
  [() => TerraformStack.parse('{', 'cdk.tf.json'), 'cdk.tf.json: '],
])('a failure shows the closest', (check, text) => expect(check).toThrow(text));
