import type { Construct, IConstruct } from 'constructs';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, required } from '../app/field';
import { type FaultReport, Noun } from '../app/noun';
import { Site } from '../app/site';
import { type IBurstCloud, markAsBurstCloud, type PoolReport } from '../compute/burst-cloud';
import type { BurstPool } from '../compute/burst-pool';
import type { NodeShape } from '../compute/node-type';
import { FOLDER } from '../documents/document';
import { cidr, integer, matching, oneOf } from '../values/codecs';
import { list } from '../values/collections';
import type { Cidr } from '../values/cidr';
import type { Json } from '../values/json';
import { checkCloud } from './check-cloud';
import { checkId } from './check-id';
import { checkPool, shapeOf } from './check-pool';
import { firstPath } from './former-paths';
import { addNodeConfig } from './node-config';
import { zonesOf } from './aws-region';
import { regionName } from './region-name';
import { subnetsOf } from './subnet-plan';
import { tags } from './tags';
import type { AddResources } from './terraform-hatch';
import { TerraformState, terraformState } from './terraform-state';

/** A network in AWS, and what stands in it. */
export interface AwsCloudProps {
  /** The region, e.g. `eu-central-1`. */
  readonly region: string;
  /** The network of the cloud: from /16 to /22, apart from the networks on the premises and of other clouds. */
  readonly network: string | Cidr;
  /** In how many zones of the region it has subnets. @default 3 */
  readonly zones?: number;
  /** Networks that are reached over a VPN or Direct Connect; security groups open to these and to nothing else. @default [] */
  readonly onPremises?: readonly (string | Cidr)[];
  /** Addresses of name servers on the premises: nodes then find the controller by its name. @default [] */
  readonly nameServers?: readonly string[];
  /**
   * How nodes reach the APIs of AWS: `nat` through a gateway that reaches the internet too, `endpoints` through private
   * endpoints, with no way to the internet.
   * @default nat
   */
  readonly egress?: 'nat' | 'endpoints';
  /** Tags on everything that can have tags, beside those that hpcdk gives. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
  /** Where Terraform keeps its state. @default TerraformState.local() */
  readonly state?: TerraformState;
}

const REPLACE = {
  class: 'replace',
  reason: 'a network cannot be changed: it is made anew with everything in it',
  running: 'running jobs on nodes of the cloud are killed',
  pending: 'pending jobs wait until the new network is there',
  steps: ['drain the nodes of the cloud', 'move data off its file systems', 'terraform apply'],
} as const;

const address = matching({
  what: 'an IPv4 address',
  pattern: /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.|$)){4}$/,
  allowed: 'four numbers from 0 to 255, e.g. 10.0.0.53',
  max: 15,
});

const fields = {
  region: required(regionName, {
    section: 'data',
    effects: {
      any: {
        ...REPLACE,
        class: 'data-loss',
        reason: 'everything is made anew in another region; file systems and buckets stay behind',
      },
    },
  }),
  network: required(cidr, { section: 'disruption', effects: { any: REPLACE } }),
  zones: defaulted(integer(1, 6), 3, {
    section: 'capacity',
    effects: {
      increased: { class: 'none', reason: 'subnets are added, the others keep their addresses' },
      any: { ...REPLACE, reason: 'the subnets of the last zones are removed with what stands in them' },
    },
  }),
  onPremises: defaulted(list(cidr, { item: 'network' }), [], {
    section: 'security',
    effects: {
      increased: { class: 'none', reason: 'security groups open to more networks' },
      any: {
        class: 'none',
        reason: 'nodes no longer reach the networks that go',
        running: 'running jobs that use services there fail',
      },
    },
  }),
  nameServers: defaulted(list(address, { item: 'name server' }), [], {
    section: 'other',
    effects: NO_EFFECT('nodes ask other name servers from their next look-up on'),
  }),
  egress: defaulted(oneOf(['nat', 'endpoints']), 'nat', {
    section: 'security',
    effects: {
      any: {
        class: 'none',
        reason: 'with nat nodes reach the internet, with endpoints the services of AWS alone',
        running: 'running jobs that fetch data from the internet fail',
      },
    },
  }),
  tags: defaulted(tags, {}, { section: 'other', effects: NO_EFFECT('tags change in place') }),
  state: defaulted(terraformState, TerraformState.local(), {
    section: 'data',
    effects: {
      any: {
        class: 'none',
        reason: 'Terraform looks for its state elsewhere; without the old state it makes everything a second time',
        steps: ['terraform init -migrate-state'],
      },
    },
  }),
} as const satisfies Fields<AwsCloudProps>;

/** A network in AWS: subnets, security groups, and what is declared below it. Becomes one Terraform stack. */
export class AwsCloud extends Noun<typeof fields> implements IBurstCloud {
  static readonly kind = 'AwsCloud';
  static readonly docs = 'cloud/aws-cloud';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'capacity' as const,
    added: NO_EFFECT('a new network'),
    removed: {
      any: {
        class: 'data-loss',
        reason:
          'the stack is no longer emitted; what it made stays until terraform destroy, which ends it with its data',
        steps: ['terraform destroy with the last stack that was emitted'],
      },
    },
  } as const;

  /** Says whether `x` is an AwsCloud, of this copy of the library or of another. */
  static isAwsCloud(x: unknown): x is AwsCloud {
    return Noun.isNoun(x) && x.definition.kind === AwsCloud.kind;
  }

  /** The cloud that a construct is declared below. */
  static override of(construct: IConstruct): AwsCloud | undefined {
    return construct.node.scopes.reverse().find(AwsCloud.isAwsCloud);
  }

  /** The pools whose nodes stand here. */
  readonly pools: BurstPool[] = [];
  /** What adds resources of its own, in the order of the definition. */
  readonly additions: AddResources[] = [];
  /** Changes of the finished stack, in the order of the definition. */
  readonly overrides: { readonly path: string; readonly value: Json }[] = [];

  constructor(scope: Construct, id: string, props: AwsCloudProps) {
    super(scope, id, AwsCloud, props);
    markAsBurstCloud(this);
  }

  get [FOLDER](): string {
    return `stacks/${this.stackName}`;
  }

  /** The name of the Terraform stack: the first path of the construct. A cloud that is renamed keeps its stack and state. */
  get stackName(): string {
    return firstPath(this).replaceAll('/', '-');
  }

  /** The names of its zones, e.g. `eu-central-1a`. */
  get zoneNames(): readonly string[] {
    return zonesOf(this.values.region).slice(0, this.values.zones);
  }

  /** The private DNS domain of what stands in the cloud. */
  get domain(): string {
    return `${this.stackName.toLowerCase().replace(/[^a-z0-9-]/g, '-')}.internal`;
  }

  /** The DNS domains of the sites whose clusters have nodes here; nodes look names up in them. */
  get siteDomains(): readonly string[] {
    const domains = this.pools.flatMap((pool) => Site.of(pool)?.values.domain ?? []);
    return [...new Set(domains)].sort();
  }

  /** The subnets: of nodes, and those that have the gateways; one in each zone. */
  get subnets(): { readonly nodes: readonly Cidr[]; readonly gateways: readonly Cidr[] } {
    return subnetsOf(this.values.network, this.values.zones);
  }

  /**
   * Adds resources of your own to the stack, with the classes of `@cdktf/provider-aws`. They are tagged as the others are.
   *
   *     aws.terraform((stack, refs) => { new SqsQueue(stack, 'jobs', { name: 'jobs' }) });
   */
  terraform(add: AddResources): void {
    this.additions.push(add);
  }

  /**
   * Sets a value in the finished stack, after everything else. A path that leads nowhere is an error.
   *
   * @param path names with dots between them, `*` for every one: `resource.aws_nat_gateway.*.connectivity_type`
   * @param value what shall stand there, in the words of Terraform's JSON syntax: `${` starts an expression
   */
  override(path: string, value: Json): void {
    this.overrides.push({ path, value });
  }

  shapeOf(pool: BurstPool): NodeShape | undefined {
    return shapeOf(pool);
  }

  attach(pool: BurstPool): void {
    this.pools.push(pool);
    addNodeConfig(this, pool);
  }

  checkPool(pool: BurstPool, report: PoolReport): void {
    checkPool(this, pool, report);
  }

  override check(report: FaultReport<typeof fields>, alike: readonly AwsCloud[]): void {
    checkId(this, report);
    checkCloud(this, alike, report);
  }
}
