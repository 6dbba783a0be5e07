import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, optional, required } from '../app/field';
import { type FaultReport, Noun } from '../app/noun';
import { duration } from '../values/codecs';
import { Duration } from '../values/duration';
import type { AwsCloud } from './aws-cloud';
import { checkId } from './check-id';
import { BUCKET_ANEW, BUCKET_GOES } from './effects';
import { bucketName } from './terraform-state';

/** A bucket (Amazon S3): for a build cache, input data, results. */
export interface BucketProps {
  /** Its name, unique among all buckets of all customers of AWS. */
  readonly name: string;
  /** How long what was overwritten or deleted is kept. @default Duration.days(30) */
  readonly keepOldVersions?: Duration;
  /** When objects are deleted. @default - never */
  readonly expireAfter?: Duration;
}

const fields = {
  name: required(bucketName, { section: 'data', effects: BUCKET_ANEW }),
  keepOldVersions: defaulted(duration, Duration.days(30), {
    section: 'data',
    effects: {
      decreased: { class: 'data-loss', reason: 'old versions that are past the new time are deleted within a day' },
      any: { class: 'none', reason: 'old versions are kept longer' },
    },
  }),
  expireAfter: optional(duration, {
    section: 'data',
    effects: {
      added: { class: 'data-loss', reason: 'objects that are past the time are deleted within a day' },
      decreased: { class: 'data-loss', reason: 'objects that are past the new time are deleted within a day' },
      any: { class: 'none', reason: 'objects are kept longer' },
    },
  }),
} as const satisfies Fields<BucketProps>;

/** A bucket: versioned, encrypted, never public, reached over TLS only. */
export class Bucket extends Noun<typeof fields> {
  static readonly kind = 'Bucket';
  static readonly docs = 'cloud/bucket';
  static readonly fields = fields;
  static readonly lifecycle = { section: 'capacity' as const, added: NO_EFFECT('a new bucket'), removed: BUCKET_GOES };

  constructor(
    readonly cloud: AwsCloud,
    id: string,
    props: BucketProps,
  ) {
    super(cloud, id, Bucket, props);
  }

  /** How programs name it, Spack's mirrors for one: `s3://name`. */
  get url(): string {
    return `s3://${this.values.name}`;
  }

  override check(report: FaultReport<typeof fields>): void {
    checkId(this, report);
    for (const field of ['keepOldVersions', 'expireAfter'] as const) {
      const time = this.values[field];
      if (!time || (time.seconds > 0 && time.seconds % 86_400 === 0)) continue;
      report({ code: 'HPC5052', message: `${time} is not a whole number of days` }, field);
    }
  }
}
