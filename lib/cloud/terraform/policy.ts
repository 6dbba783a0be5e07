/** One statement of an IAM policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy as IAM reads it. */
export const policy = (statements: readonly Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });

/** The policy by which a service or an account may take a role. */
export const trust = (principal: Readonly<Record<string, string>>): string =>
  policy([{ Principal: principal, Action: 'sts:AssumeRole' }]);
