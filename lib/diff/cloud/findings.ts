import { byCodeUnit, isRecord, type Json } from '../../values/json';
import type { EntryItem } from '../model';
import { type Breadth, together } from './breadth';
import { compareFirewalls, type RuleChange } from './firewall';
import { compareStatements } from './iam';
import { type IamStatement, statementsOf } from './iam-statement';
import { readable, type Resource, type Stack } from './stack';

/** One change of what is let through or allowed. */
export interface Finding {
  /** What of the resource it is about. */
  readonly about: 'firewall' | 'policy' | 'safeguard';
  /** The security group, or the resource that has the policy. */
  readonly resource: Pick<Resource, 'address' | 'type' | 'path'>;
  readonly breadth: Breadth;
  readonly items: readonly EntryItem[];
  /** Networks and groups that come or go, of a firewall. */
  readonly peers?: readonly string[];
  /** Names of the arguments that are safeguards. */
  readonly arguments?: readonly string[];
}

/** Everything in which two stacks differ that is about who reaches what. */
export const findingsOf = (before: Stack, after: Stack): Finding[] => [
  ...firewallFindings(before, after),
  ...iamFindings(before, after),
  ...guardFindings(before, after),
];

function firewallFindings(before: Stack, after: Stack): Finding[] {
  const changes = compareFirewalls(before, after);
  const groups = [...new Set(changes.map(({ group }) => group))];
  return groups.map((group) => {
    const own = changes.filter((change) => change.group === group);
    return {
      about: 'firewall',
      resource: find(group, before, after),
      breadth: together(own.map(({ breadth }) => breadth)),
      items: own.map((change) => ruleItem(change, before, after)),
      peers: [...new Set(own.flatMap((one) => differing(one.before, one.after)))].sort(byCodeUnit),
    };
  });
}

const find = (address: string, before: Stack, after: Stack): Finding['resource'] =>
  after.resources.get(address) ??
  before.resources.get(address) ?? { address, type: address.split('.')[0] as string, path: '' };

const differing = (a: readonly string[], b: readonly string[]): string[] => [
  ...a.filter((one) => !b.includes(one)),
  ...b.filter((one) => !a.includes(one)),
];

/** `slurmd (TCP 6818) in: from 192.168.0.0/16 → 0.0.0.0/0`. */
function ruleItem({ way, traffic, before: was, after: is }: RuleChange, before: Stack, after: Stack): EntryItem {
  const text = (peers: readonly string[]) =>
    peers.map((peer) => (peer.startsWith('aws_') ? groupName(peer, before, after) : peer)).join(', ');
  const word = way === 'in' ? 'from' : 'to';
  if (was.length === 0) return { direction: 'added', text: `${traffic} ${way} ${word} ${text(is)}` };
  if (is.length === 0) return { direction: 'removed', text: `${traffic} ${way} ${word} ${text(was)}` };
  return { direction: 'changed', text: `${traffic} ${way} ${word} ${text(was)} → ${text(is)}` };
}

/** The name that a security group has in AWS. */
export function groupName(address: string, before: Stack, after: Stack): string {
  const group = after.resources.get(address) ?? before.resources.get(address);
  return typeof group?.values.name === 'string' ? `group ${group.values.name}` : address;
}

/** Resources that give a policy to somebody. */
const ATTACHMENT = /^aws_iam_(role|user|group)_policy_attachment$|^aws_iam_policy_attachment$/;

function iamFindings(before: Stack, after: Stack): Finding[] {
  const addresses = [...new Set([...before.resources.keys(), ...after.resources.keys()])].sort(byCodeUnit);
  return addresses.flatMap((address): Finding[] => {
    const [was, is] = [before.resources.get(address), after.resources.get(address)];
    if (was && is && JSON.stringify(was.values) === JSON.stringify(is.values)) return [];
    const resource = (is ?? was) as Resource;
    const [old, now] = [grants(was, before), grants(is, after)];
    // A denial about what is new, or gone, takes nothing from anybody.
    const stays = hasSubject(resource, before) && hasSubject(resource, after);
    const counted = (all: readonly IamStatement[]) => (stays ? all : all.filter(({ effect }) => effect === 'Allow'));
    const { breadth, items } = compareStatements(counted(old), counted(now));
    return items.length > 0 ? [{ about: 'policy', resource, breadth, items }] : [];
  });
}

/** Whether the bucket that a policy is about stands on a side. */
function hasSubject({ values }: Resource, { resources }: Stack): boolean {
  const address = /^\$\{([^}]+)\.\w+\}$/.exec(String(values.bucket ?? ''))?.[1];
  return address === undefined || resources.has(address);
}

/** What a resource allows: its statements, and policies of others that it attaches. */
function grants(resource: Resource | undefined, stack: Stack): IamStatement[] {
  if (!resource) return [];
  const { type, values } = resource;
  const attached = ATTACHMENT.test(type) ? [values.policy_arn] : [values.managed_policy_arns ?? []].flat();
  return [
    ...statementsOf(resource).map((one) => named(one, stack)),
    // A policy of the same stack is judged by its statements.
    ...(attached as Json[])
      .map(String)
      .filter((arn) => !arn.startsWith('${aws_iam_policy.'))
      .map((arn) => attachment(readable(arn, stack))),
  ];
}

const attachment = (arn: string): IamStatement => ({
  effect: 'Allow',
  actions: { not: false, values: [`all that the policy ${arn} allows`] },
  resources: { not: false, values: [] },
  principals: { not: false, values: [] },
  conditions: new Map(),
});

/** A statement with the names of resources in the place of references. */
function named(statement: IamStatement, stack: Stack): IamStatement {
  const patterns = ({ not, values }: IamStatement['actions']) => ({
    not,
    values: values.map((one) => readable(one, stack)),
  });
  return {
    ...statement,
    resources: patterns(statement.resources),
    principals: patterns(statement.principals),
    conditions: new Map(
      [...statement.conditions].map(([key, values]) => [key, values.map((one) => readable(one, stack))]),
    ),
  };
}

/** Arguments that keep something shut, with the value that does. */
const GUARDS: readonly (readonly [type: RegExp, path: readonly string[], safe: Json])[] = [
  [/^aws_s3_(bucket|account)_public_access_block$/, ['block_public_acls'], true],
  [/^aws_s3_(bucket|account)_public_access_block$/, ['block_public_policy'], true],
  [/^aws_s3_(bucket|account)_public_access_block$/, ['ignore_public_acls'], true],
  [/^aws_s3_(bucket|account)_public_access_block$/, ['restrict_public_buckets'], true],
  [/^aws_subnet$/, ['map_public_ip_on_launch'], false],
  [/^aws_(launch_template|instance)$/, ['metadata_options', 'http_tokens'], 'required'],
  [/^aws_(instance|launch_configuration)$/, ['associate_public_ip_address'], false],
  [
    /^aws_(db_instance|rds_cluster_instance|redshift_cluster|dms_replication_instance)$/,
    ['publicly_accessible'],
    false,
  ],
  [/^aws_(efs_file_system|ebs_volume)$/, ['encrypted'], true],
  [/^aws_(db_instance|rds_cluster)$/, ['storage_encrypted'], true],
];

function guardFindings(before: Stack, after: Stack): Finding[] {
  return [...before.resources.values()].flatMap((was): Finding[] => {
    const is = after.resources.get(was.address);
    const guards = GUARDS.filter(([type]) => type.test(was.type));
    if (guards.length === 0 || (!is && !(/public_access_block/.test(was.type) && hasSubject(was, after)))) return [];
    const found = guards.flatMap(([, path, safe]) => {
      const [a, b] = [at(was.values, path), is && at(is.values, path)];
      if (a === b || (a !== safe && b !== safe)) return [];
      const text = `${path.join('.')} ${String(a ?? 'unset')} → ${String(b ?? (is ? 'unset' : 'gone'))}`;
      const item: EntryItem = { direction: 'changed', text };
      return [{ item, name: path[0] as string, wider: a === safe, narrower: b === safe }];
    });
    if (found.length === 0) return [];
    return [
      {
        about: 'safeguard',
        resource: is ?? was,
        breadth: together(found),
        items: found.map(({ item }) => item),
        arguments: found.map(({ name }) => name),
      },
    ];
  });
}

/** The value at a path; blocks stand in lists of one. */
function at(values: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => {
    const record = Array.isArray(value) ? (value as readonly Json[])[0] : value;
    return isRecord(record) ? record[name] : undefined;
  }, values);
}
