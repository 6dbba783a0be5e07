import type { Codec } from '../values/codec';
import { matching, oneOf } from '../values/codecs';
import { record } from '../values/collections';
import { quote } from '../values/problem';
import { regionName } from './region-name';

const MARK = Symbol.for('hpcdk/TerraformState');

/** A bucket that keeps the state, for stacks that several people or a CI apply. */
export interface S3StateProps {
  /** The bucket; it exists before the first `terraform init`, and has versioning on. */
  readonly bucket: string;
  /** Path of the state in the bucket, such as `hpc/aws.tfstate`. */
  readonly key: string;
  /** Region of the bucket. */
  readonly region: string;
  /** A DynamoDB table with the key `LockID`, so that two applies cannot mix. @default - no lock */
  readonly lockTable?: string;
}

const path = matching({
  what: 'a path of a state file',
  pattern: /^(?!\/)[A-Za-z0-9._/-]+$/,
  allowed: 'a relative path of letters, digits and . _ - /',
  max: 512,
});

/** A name of an S3 bucket (S3 user guide, "Bucket naming rules"); dots break TLS and are left out. */
export const bucketName = matching({
  what: 'a name of an S3 bucket',
  pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3)$/,
  allowed:
    '3 to 63 lower-case letters, digits and "-", a letter or digit at both ends, and none of the prefixes that S3 keeps for itself',
});

const settings = record(
  { kind: oneOf(['local', 's3']) },
  {
    path,
    bucket: bucketName,
    key: path,
    region: regionName,
    lockTable: matching({
      what: 'a name of a DynamoDB table',
      pattern: /^[A-Za-z0-9_.-]{3,255}$/,
      allowed: '3 to 255 letters, digits, dots, "_" and "-"',
    }),
  },
);

type Settings = Parameters<typeof settings.parse>[0];

/**
 * Where Terraform keeps its state. It is always written into the stack: without it, the place would depend on the folder
 * that synth ran in.
 */
export class TerraformState {
  /** Says whether `x` is a TerraformState, of this copy of the library or of another. */
  static isTerraformState(x: unknown): x is TerraformState {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /**
   * A file of this machine; for one person. hpcdk never touches it.
   *
   * @param path relative to the folder of the stack
   */
  static local(path = 'terraform.tfstate'): TerraformState {
    return new TerraformState({ kind: 'local', path });
  }

  /** A bucket. */
  static s3(props: S3StateProps): TerraformState {
    return new TerraformState({ kind: 's3', ...props });
  }

  private constructor(readonly settings: Settings) {
    Object.defineProperty(this, MARK, { value: true });
  }
}

/** States in field tables. */
export const terraformState: Codec<TerraformState> = {
  type: settings.type,
  parse: (input, report) => {
    if (TerraformState.isTerraformState(input)) settings.parse(input.settings, report);
    else
      report({ code: 'HPC1001', message: `${quote(input)} is not a TerraformState, such as TerraformState.local()` });
    return input;
  },
  print: (value) => settings.print(value.settings),
};
