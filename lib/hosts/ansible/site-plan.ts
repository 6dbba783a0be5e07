import type { IConstruct } from 'constructs';
import type { App } from '../../app/app';
import {
  type Contribution,
  contributesToHosts,
  HOST_FACTS,
  type HostFact,
  type HostGroup,
  type Phase,
  PHASES,
} from '../../app/host-fact';
import type { TreeReport } from '../../app/policy';
import { Site } from '../../app/site';
import { ownershipOf } from '../../documents/document';
import { byCodeUnit } from '../../values/json';
import { quote } from '../../values/problem';
import { checkFact } from './check-fact';
import { meaningOf, subjectOf } from './fact-subject';
import { SYSCTL_SERVICE } from './placed-file';

/** One fact, with the groups of its role that it holds for. */
export interface PlannedFact<F extends HostFact = HostFact> {
  readonly fact: F;
  readonly phase: Phase;
  /** Names of groups, sorted. */
  readonly groups: readonly string[];
  /** The construct that offered it. */
  readonly owner: IConstruct;
  /** Whether hosts are only compared with it. */
  readonly observed: boolean;
}

/** A role: what constructs contributed under one name. */
export interface PlannedRole {
  readonly name: string;
  /** Names of the groups that have it, sorted. */
  readonly groups: readonly string[];
  readonly facts: readonly PlannedFact[];
}

/** What the hosts of one site get. */
export interface SitePlan {
  readonly site: Site;
  /** Groups by name, in order of their names. */
  readonly groups: ReadonlyMap<string, HostGroup>;
  /** Roles in order of their names. */
  readonly roles: readonly PlannedRole[];
  /** Names of the groups whose hosts are written to, sorted; the others are only compared. */
  readonly written: readonly string[];
}

/** The phase of a fact whose contribution names none. */
const phaseOf: Readonly<Record<HostFact['fact'], Phase>> = {
  user: 'prepare',
  package: 'prepare',
  directory: 'prepare',
  mount: 'prepare',
  limit: 'prepare',
  sysctl: 'prepare',
  port: 'prepare',
  file: 'configure',
  tree: 'configure',
  service: 'start',
  command: 'settle',
};

/** In this order facts of one phase are brought about: a package's user first, so that it gets the declared uid. */
const KINDS = Object.keys(phaseOf);

/** Collects what every construct offers for hosts, by site. Sites without an Ansible project are left out. */
export function planSites(app: App, report: TreeReport): SitePlan[] {
  const gatherers = new Map<Site, Gatherer>();
  for (const construct of app.node.findAll()) {
    if (!contributesToHosts(construct)) continue;
    const site = Site.of(construct);
    for (const contribution of construct[HOST_FACTS]()) {
      if (!site) {
        const message = `'${construct.node.path}' offers facts for hosts, but it stands below no site`;
        report({ code: 'HPC6009', message }, construct);
      } else if (site.values.ansible) {
        let gatherer = gatherers.get(site);
        if (!gatherer) gatherers.set(site, (gatherer = new Gatherer(report)));
        gatherer.add(contribution, construct);
      }
    }
  }
  return [...gatherers].map(([site, gatherer]) => gatherer.plan(site));
}

interface Gathered {
  readonly fact: HostFact;
  readonly phase: Phase;
  readonly groups: Set<string>;
  readonly owner: IConstruct;
  readonly observed: boolean;
  readonly subject: string;
}

/** Gathers the contributions to one site. Equal facts become one fact of several groups. */
class Gatherer {
  private readonly groups = new Map<string, HostGroup>();
  private readonly roles = new Map<string, { groups: Set<string>; facts: Map<string, Gathered> }>();
  private readonly written = new Set<string>();

  constructor(private readonly report: TreeReport) {}

  add({ group, role: name, phase, facts }: Contribution, owner: IConstruct): void {
    this.addGroup(group, owner);
    this.checkName('role', name, owner);
    const observed = ownershipOf(owner) === 'observed';
    if (!observed) this.written.add(group.name);
    let role = this.roles.get(name);
    if (!role) this.roles.set(name, (role = { groups: new Set(), facts: new Map() }));
    role.groups.add(group.name);
    for (const fact of observed ? facts.filter(isComparable) : facts.flatMap(withService)) {
      if (fact.fact === 'file' && !fact.document.exists) continue;
      if (!checkFact(fact, (problem) => this.report(problem, owner))) continue;
      const gate = fact.fact === 'command' && fact.before !== undefined;
      const when = fact.fact === 'service' || gate ? 'start' : (phase ?? phaseOf[fact.fact]);
      const subject = subjectOf(fact);
      // a service belongs to its construct: the slurmctld of two clusters of one site are told apart
      const key = JSON.stringify([
        when,
        subject,
        meaningOf(fact),
        fact.fact === 'service' && owner.node.path,
        observed,
      ]);
      const known = role.facts.get(key);
      if (known) known.groups.add(group.name);
      else role.facts.set(key, { fact, phase: when, groups: new Set([group.name]), owner, observed, subject });
    }
  }

  plan(site: Site): SitePlan {
    const groups = new Map([...this.groups].sort(([a], [b]) => byCodeUnit(a, b)));
    const roles = [...this.roles]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([name, role]) => ({
        name,
        groups: sorted(role.groups),
        facts: [...role.facts.values()].sort(inOrder).map((fact) => ({ ...fact, groups: sorted(fact.groups) })),
      }));
    return { site, groups, roles, written: sorted(this.written) };
  }

  private addGroup(group: HostGroup, owner: IConstruct): void {
    const known = this.groups.get(group.name);
    if (known === group) return;
    this.checkName('group', group.name, owner);
    const message = (text: string) => `the group '${group.name}' ${text}`;
    if (group.hosts.isEmpty) this.report({ code: 'HPC6001', message: message('has no hosts') }, owner);
    else if (known && !known.hosts.equals(group.hosts)) {
      const problem = { code: 'HPC6003', message: message(`has the hosts ${known.hosts} and ${group.hosts}`) };
      this.report(problem, owner);
    } else if (group.hosts.contains(group.name)) {
      this.report({ code: 'HPC6004', message: message('has a host of the same name') }, owner);
    }
    this.groups.set(group.name, known?.controller ? known : group);
  }

  private checkName(what: string, name: string, owner: IConstruct): void {
    if (/^[a-z][a-z0-9_]{0,62}$/.test(name) && !RESERVED.includes(name)) return;
    const message = `${quote(name)} is not the name of a ${what}: it has lower-case letters, digits and "_", starts with a letter, and is none of ${RESERVED.join(', ')}`;
    this.report({ code: 'HPC6002', message }, owner);
  }
}

/** Of what is only observed, files are compared. A block of a file that is not ours has nothing to be compared with. */
const isComparable = (fact: HostFact): boolean =>
  fact.fact === 'tree' || (fact.fact === 'file' && fact.document.host?.ownership !== 'fragment');

/** Kernel parameters are applied by a service, so that a change is applied like any other change of a file. */
const withService = (fact: HostFact): HostFact[] =>
  fact.fact === 'sysctl' ? [fact, { fact: 'service', name: SYSCTL_SERVICE }] : [fact];

const RESERVED: readonly string[] = ['all', 'ungrouped', 'hpcdk', ...PHASES];

const sorted = (names: ReadonlySet<string>): string[] => [...names].sort(byCodeUnit);

/** Kind by kind; within a kind by subject, so that the order of a definition does not matter, but for commands. */
function inOrder(a: Gathered, b: Gathered): number {
  const kinds = KINDS.indexOf(a.fact.fact) - KINDS.indexOf(b.fact.fact);
  return kinds !== 0 || a.fact.fact === 'command' ? kinds : byCodeUnit(a.subject, b.subject);
}
