import { byCodeUnit, isRecord, type Json, type JsonRecord } from '../../values/json';
import type { Resource } from './stack';

/** A statement of an IAM policy in one form, whoever wrote it. */
export interface IamStatement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** Each as a set of patterns; `not` where the statement is about all the others. */
  readonly actions: Patterns;
  readonly resources: Patterns;
  /** Empty in policies of identities. */
  readonly principals: Patterns;
  /** Values by operator and key: `StringEquals aws:RequestedRegion`. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
}

/** Patterns of names, or all that none of them matches. */
export interface Patterns {
  readonly not: boolean;
  readonly values: readonly string[];
}

/** The statements that a resource, or a data source, has: its policies, those of who may take it, and inline ones. */
export function statementsOf({ type, values }: Resource): IamStatement[] {
  if (type === 'data.aws_iam_policy_document') return list(values.statement).flatMap(fromDataSource);
  const inline = list(values.inline_policy).flatMap((one) => (isRecord(one) ? [one.policy] : []));
  return [values.policy, values.assume_role_policy, ...inline].flatMap(fromText);
}

const list = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];

const texts = (value: Json | undefined): string[] => [...new Set(list(value).map(String))].sort(byCodeUnit);

function fromText(text: Json | undefined): IamStatement[] {
  if (typeof text !== 'string' || !text.startsWith('{')) return [];
  try {
    const policy = JSON.parse(text) as Json;
    return isRecord(policy) ? list(policy.Statement).flatMap(fromPolicy) : [];
  } catch {
    return [];
  }
}

/** A statement as IAM writes it. */
function fromPolicy(statement: Json): IamStatement[] {
  if (!isRecord(statement)) return [];
  const conditions = Object.entries(isRecord(statement.Condition) ? statement.Condition : {}).flatMap(
    ([operator, keys]) =>
      Object.entries(isRecord(keys) ? keys : {}).map(([key, value]) => [`${operator} ${key}`, texts(value)] as const),
  );
  return [
    {
      ...(typeof statement.Sid === 'string' && { sid: statement.Sid }),
      effect: statement.Effect === 'Deny' ? 'Deny' : 'Allow',
      actions: patterns(statement, 'Action', texts),
      resources: patterns(statement, 'Resource', texts),
      principals: patterns(statement, 'Principal', principals),
      conditions: new Map(conditions),
    },
  ];
}

function patterns(statement: JsonRecord, name: string, read: (value: Json | undefined) => string[]): Patterns {
  const not = statement[`Not${name}`] !== undefined;
  return { not, values: read(statement[not ? `Not${name}` : name]) };
}

const principals = (value: Json | undefined): string[] =>
  isRecord(value)
    ? Object.entries(value)
        .flatMap(([kind, names]) => texts(names).map((name) => (name === '*' ? '*' : `${kind} ${name}`)))
        .sort(byCodeUnit)
    : texts(value);

/** A statement as Terraform's data source writes it. */
function fromDataSource(block: Json): IamStatement[] {
  if (!isRecord(block)) return [];
  const parts = (name: string): Patterns => {
    const not = block[`not_${name}`] !== undefined;
    return { not, values: texts(block[not ? `not_${name}` : name]) };
  };
  const who = (name: string): string[] =>
    list(block[name]).flatMap((one) =>
      isRecord(one) ? texts(one.identifiers).map((id) => (id === '*' ? '*' : `${String(one.type)} ${id}`)) : [],
    );
  const not = block.not_principals !== undefined;
  const conditions = list(block.condition).flatMap((one) =>
    isRecord(one) ? [[`${String(one.test)} ${String(one.variable)}`, texts(one.values)] as const] : [],
  );
  return [
    {
      ...(typeof block.sid === 'string' && { sid: block.sid }),
      effect: block.effect === 'Deny' ? 'Deny' : 'Allow',
      actions: parts('actions'),
      resources: parts('resources'),
      principals: { not, values: who(not ? 'not_principals' : 'principals') },
      conditions: new Map(conditions),
    },
  ];
}
