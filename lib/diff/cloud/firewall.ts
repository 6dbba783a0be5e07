import { Cidr } from '../../values/cidr';
import { byCodeUnit, isRecord, type Json, type JsonRecord } from '../../values/json';
import type { Breadth } from './breadth';
import type { Resource, Stack } from './stack';

/** One thing that a security group lets through. */
export interface Rule {
  /** Address of the group, or its id as the stack writes it. */
  readonly group: string;
  readonly way: 'in' | 'out';
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** A network, or the address of a group. */
  readonly peer: string;
}

/** What changed for one kind of traffic of one group. */
export interface RuleChange {
  readonly group: string;
  readonly way: 'in' | 'out';
  readonly traffic: string;
  /** The peers before and after; empty where nothing passes. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly breadth: Breadth;
}

/** The rules of a stack, from resources of their own and from blocks of groups. */
export function rulesOf(stack: Stack): Rule[] {
  return [...stack.resources.values()].flatMap((resource) => {
    const { type, values } = resource;
    if (type === 'aws_vpc_security_group_ingress_rule') return rules(values.security_group_id, 'in', values);
    if (type === 'aws_vpc_security_group_egress_rule') return rules(values.security_group_id, 'out', values);
    if (type === 'aws_security_group_rule')
      return rules(values.security_group_id, values.type === 'egress' ? 'out' : 'in', values);
    if (type === 'aws_security_group' || type === 'aws_default_security_group')
      return [...blocks(resource, 'ingress', 'in'), ...blocks(resource, 'egress', 'out')];
    return [];
  });
}

function blocks({ address, values }: Resource, name: string, way: Rule['way']): Rule[] {
  const list = values[name];
  return (Array.isArray(list) ? (list as readonly Json[]) : [list]).flatMap((block) =>
    isRecord(block) ? rules(address, way, block) : [],
  );
}

/** The arguments that name peers, in the spelling of each resource that has rules. */
const PEERS = [
  'cidr_ipv4',
  'cidr_ipv6',
  'referenced_security_group_id',
  'prefix_list_id',
  'cidr_blocks',
  'ipv6_cidr_blocks',
  'source_security_group_id',
  'security_groups',
  'prefix_list_ids',
] as const;

function rules(group: Json | undefined, way: Rule['way'], values: JsonRecord): Rule[] {
  const protocol = String(values.ip_protocol ?? values.protocol ?? '-1');
  const all = protocol === '-1' || protocol === 'all';
  const [from, to] = all ? [0, 65_535] : [Number(values.from_port ?? 0), Number(values.to_port ?? 65_535)];
  const of = addressIn(String(group ?? ''));
  const peers = PEERS.flatMap((name) => [values[name] ?? []].flat() as Json[]).map((peer) => addressIn(String(peer)));
  if (values.self === true) peers.push(of);
  return peers.map((peer) => ({ group: of, way, protocol: all ? '-1' : protocol, from, to, peer }));
}

/** The address in a reference; other text stays as it is. */
const addressIn = (text: string): string => /^\$\{([a-z0-9_]+\.[\w-]+)\.\w+\}$/.exec(text)?.[1] ?? text;

/** What passes now and did not, and the other way round. What exists on one side only cannot be opened or closed. */
export function compareFirewalls(before: Stack, after: Stack): RuleChange[] {
  const [was, is] = [rulesOf(before), rulesOf(after)];
  const opened = is.filter((rule) => !passes(was, rule) && counts(rule, before));
  const closed = was.filter((rule) => !passes(is, rule) && counts(rule, after));
  const keys = [...new Set([...opened, ...closed].map(keyOf))].sort(byCodeUnit);
  return keys.map((key) => {
    const of = (rules: readonly Rule[]) => rules.filter((rule) => keyOf(rule) === key);
    const [first] = [...of(opened), ...of(closed)] as [Rule];
    const peers = (rules: readonly Rule[]) => [...new Set(of(rules).map(({ peer }) => peer))].sort(byCodeUnit);
    const { group, way } = first;
    const breadth = { wider: of(opened).length > 0, narrower: of(closed).length > 0 };
    return { group, way, traffic: trafficOf(first), before: peers(was), after: peers(is), breadth };
  });
}

const keyOf = ({ group, way, protocol, from, to }: Rule): string => JSON.stringify([group, way, protocol, from, to]);

/** A rule between two groups of which one is new, or gone, opens nothing that was there. */
const counts = ({ group, peer }: Rule, { resources }: Stack): boolean =>
  isNetwork(peer) || [group, peer].every((name) => !name.includes('.') || resources.has(name));

/** Whether some rule lets all of another one through. */
const passes = (rules: readonly Rule[], one: Rule): boolean =>
  rules.some(
    (rule) =>
      rule.group === one.group &&
      rule.way === one.way &&
      (rule.protocol === '-1' || rule.protocol === one.protocol) &&
      rule.from <= one.from &&
      rule.to >= one.to &&
      reaches(rule.peer, one.peer),
  );

function reaches(peer: string, other: string): boolean {
  if (peer === other) return true;
  return isNetwork(peer) && isNetwork(other) && Cidr.parse(peer).contains(Cidr.parse(other));
}

export const isNetwork = (peer: string): boolean => /^[0-9a-f.:]+\/\d+$/i.test(peer);

/** Ports that administrators know by name. */
const PORTS: Readonly<Record<number, string>> = {
  22: 'SSH',
  53: 'DNS',
  80: 'HTTP',
  111: 'rpcbind',
  443: 'HTTPS',
  988: 'Lustre',
  2049: 'NFS',
  6817: 'slurmctld',
  6818: 'slurmd',
  6819: 'slurmdbd',
  6820: 'slurmrestd',
};

function trafficOf({ protocol, from, to }: Rule): string {
  if (protocol === '-1') return 'every protocol and port';
  const name = from === to ? PORTS[from] : undefined;
  const ports = from === to ? String(from) : `${from}-${to}`;
  const text = `${protocol.toUpperCase()} ${ports}`;
  return name ? `${name} (${text})` : text;
}
