import type { Problem } from './problem';
import { quote } from './problem';

const MARK = Symbol.for('hpcdk/SecretRef');

/** Where a secret is kept. */
export type SecretStore = 'file' | 'aws-secrets-manager' | 'aws-ssm';

/**
 * A reference to a secret that lives elsewhere. The secret itself never enters a definition, an output or a diff: what is
 * compared and printed is the reference.
 */
export class SecretRef {
  /** Says whether `x` is a SecretRef, of this copy of the library or of another. */
  static isSecretRef(x: unknown): x is SecretRef {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** A file that is already on the host, e.g. `/etc/munge/munge.key`. */
  static file(path: string): SecretRef {
    return new SecretRef('file', path, /^\/[A-Za-z0-9._/@+-]+$/);
  }

  /** A secret of AWS Secrets Manager, by name. */
  static secretsManager(name: string): SecretRef {
    return new SecretRef('aws-secrets-manager', name, /^[A-Za-z0-9/_+=.@-]{1,512}$/);
  }

  /** A SecureString parameter of AWS Systems Manager, by name. */
  static ssmParameter(name: string): SecretRef {
    return new SecretRef('aws-ssm', name, /^\/[A-Za-z0-9/_.-]{1,1010}$/);
  }

  /** What is wrong with the reference. */
  readonly problem?: Problem;

  private constructor(
    /** Where the secret is kept. */
    readonly store: SecretStore,
    /** Its name there. */
    readonly name: string,
    pattern: RegExp,
  ) {
    Object.defineProperty(this, MARK, { value: true });
    if (typeof name !== 'string' || !pattern.test(name)) {
      // the value is not quoted in full: somebody may have pasted the secret itself
      this.problem = {
        code: 'HPC1120',
        message: `${quote(String(name).slice(0, 4) + '…')} is not the name of a secret in ${store}`,
        fix: 'give the name under which the secret is kept, never the secret itself',
      };
    }
  }

  /** The reference, never the secret: `aws-ssm:/hpc/munge-key`. */
  toString(): string {
    return `${this.store}:${this.name}`;
  }
}
