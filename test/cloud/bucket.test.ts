import { Bucket, type BucketProps } from '../../lib/cloud/bucket';
import { Duration } from '../../lib/values/duration';
import { campus } from './campus';
import { only, synth } from './support';

const bucket = (props: Partial<BucketProps> = {}) => {
  const { app, aws } = campus({});
  return { app, bucket: new Bucket(aws, 'cache', { name: 'hpc-example-cache', ...props }) };
};

describe('a bucket', () => {
  test('is versioned, encrypted, private, and refuses connections without TLS', async () => {
    const made = bucket();
    expect(made.bucket.url).toBe('s3://hpc-example-cache');
    const stack = (await synth(made.app)).stack('aws');
    expect(only(stack, 'aws_s3_bucket').bucket).toBe('hpc-example-cache');
    expect(only(stack, 'aws_s3_bucket_versioning').versioning_configuration).toEqual({ status: 'Enabled' });
    expect(only(stack, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration').rule).toMatchObject([
      { apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' } },
    ]);
    expect(JSON.parse(String(only(stack, 'aws_s3_bucket_policy').policy))).toMatchObject({
      Statement: [{ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    });
  });

  test('keeps old versions for a month and objects for ever, unless it is told otherwise', async () => {
    const rule = async (props: Partial<BucketProps>) =>
      (
        only((await synth(bucket(props).app)).stack('aws'), 'aws_s3_bucket_lifecycle_configuration').rule as object[]
      )[0];
    expect(await rule({})).toMatchObject({ noncurrent_version_expiration: [{ noncurrent_days: 30 }] });
    expect(await rule({})).not.toHaveProperty('expiration');
    expect(await rule({ expireAfter: Duration.days(90) })).toMatchObject({ expiration: [{ days: 90 }] });
  });

  test.each<[string, Partial<BucketProps>, string]>([
    ['a name with upper-case letters', { name: 'HPC-Cache' }, 'HPC1002 name'],
    ['a name that S3 keeps for itself', { name: 'xn--cache' }, 'HPC1002 name'],
    ['a time of hours', { keepOldVersions: Duration.hours(12) }, 'HPC5052 keepOldVersions'],
    ['a time without an end', { expireAfter: Duration.UNLIMITED }, 'HPC5052 expireAfter'],
  ])('refuses %s', async (_what, props, code) => {
    expect((await synth(bucket(props).app)).codes).toEqual([code]);
  });
});
