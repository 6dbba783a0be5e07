import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA as Encryption } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA as Versioning } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { Duration } from '../../values/duration';
import type { Bucket } from '../bucket';
import { idsOf } from '../former-paths';
import type { AwsStack } from './aws-stack';
import type { Network } from './network';
import { policy } from './policy';

const days = (time: Duration): number => time.seconds / 86_400;

/** Adds a bucket that nobody can make public by mistake. */
export function addBucket(stack: AwsStack, _network: Network, bucket: Bucket): void {
  const { name, keepOldVersions, expireAfter } = bucket.values;
  const scope = stack.scopeFor('bucket', idsOf(bucket));
  const resource = new S3Bucket(scope, 'Resource', { bucket: name, tags: { Name: name } });
  const of = { bucket: resource.id };
  new S3BucketOwnershipControls(scope, 'ownership', { ...of, rule: { objectOwnership: 'BucketOwnerEnforced' } });
  const shut = new S3BucketPublicAccessBlock(scope, 'public-access', {
    ...of,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new Encryption(scope, 'encryption', {
    ...of,
    rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms' }, bucketKeyEnabled: true }],
  });
  const versioning = new Versioning(scope, 'versioning', { ...of, versioningConfiguration: { status: 'Enabled' } });
  new S3BucketLifecycleConfiguration(scope, 'lifecycle', {
    ...of,
    rule: [
      {
        id: 'old-versions',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        noncurrentVersionExpiration: [{ noncurrentDays: days(keepOldVersions) }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        ...(expireAfter && { expiration: [{ days: days(expireAfter) }] }),
      },
    ],
    dependsOn: [versioning],
  });
  new S3BucketPolicy(scope, 'policy', {
    ...of,
    policy: policy([
      {
        Sid: 'OverTlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [resource.arn, `${resource.arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]),
    dependsOn: [shut],
  });
}
