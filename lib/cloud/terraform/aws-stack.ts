import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { type App, LocalBackend, S3Backend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Site } from '../../app/site';
import type { TreeReport } from '../../app/policy';
import type { Noun } from '../../app/noun';
import { terraform } from '../../documents/escape';
import type { AwsCloud } from '../aws-cloud';
import { partitionOf } from '../aws-region';
import { firstId } from '../former-paths';
import { TAG } from '../tags';

const AWS_STACK = Symbol.for('hpcdk/AwsStack');

/** Tags of one resource. */
export type Tags = Readonly<Record<string, string>>;

/** The Terraform stack of a cloud: provider and backend; the other files of this folder fill it. */
export class AwsStack extends TerraformStack {
  /** Says whether `x` is the stack of a cloud. */
  static isAwsStack(x: unknown): x is AwsStack {
    return typeof x === 'object' && x !== null && AWS_STACK in x;
  }

  private readonly identity: DataAwsCallerIdentity;
  private readonly tagsOfScopes = new Map<string, Tags>();
  /** Former paths of scopes and resources, by the path of today. */
  readonly former = new Map<string, readonly string[]>();

  constructor(
    app: App,
    readonly cloud: AwsCloud,
    readonly report: TreeReport,
  ) {
    super(app, cloud.stackName);
    Object.defineProperty(this, AWS_STACK, { value: true });
    const { region, state } = cloud.values;
    new AwsProvider(this, 'aws', { region, defaultTags: [{ tags: { ...this.cloudTags } }] });
    const { kind, path, bucket, key, region: stateRegion, lockTable } = state.settings;
    if (kind === 'local') new LocalBackend(this, { path: path ?? 'terraform.tfstate' });
    else
      new S3Backend(this, {
        bucket: bucket ?? '',
        key: key ?? '',
        region: stateRegion,
        encrypt: true,
        dynamodbTable: lockTable,
      });
    this.identity = new DataAwsCallerIdentity(this, 'account', {});
  }

  /** cdktf resolves every token once more to find references to other stacks, a quarter of its work: alone it has none. */
  override prepareStack(): void {
    if (this.node.root.node.children.filter(TerraformStack.isStack).length > 1) super.prepareStack();
  }

  get accountId(): string {
    return this.identity.accountId;
  }

  /** The tags of what belongs to no pool. */
  get cloudTags(): Tags {
    const site = Site.of(this.cloud);
    const { tags } = this.cloud.values;
    return {
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, this.text(value)])),
      ...(site && { [TAG.site]: firstId(site) }),
      [TAG.cloud]: firstId(this.cloud),
    };
  }

  /** The tags of a resource, by the place of the resource in the stack. */
  tagsOf(path: string): Tags {
    return { ...this.cloudTags, ...this.tagsOfScopes.get(path.split('/')[1] ?? '') };
  }

  /**
   * A scope for the resources of one noun, which are tagged alike. Its id is part of every address.
   *
   * @param names of the noun, from its first one to that of today; Terraform is told how addresses changed
   */
  scopeFor(kind: string, names: readonly string[], tags: Tags = {}): Construct {
    const ids = names.map((name) => `${kind}-${name}`);
    const id = ids.at(-1) as string;
    this.tagsOfScopes.set(id, tags);
    this.noteMove(ids);
    return new Construct(this, id);
  }

  /** Notes the paths below the stack that a resource, or a scope of some, had: the last one is that of today. */
  noteMove(paths: readonly string[]): void {
    if (paths.length > 1) this.former.set(paths.at(-1) as string, paths.slice(0, -1));
  }

  /** Text of a user as Terraform takes it for text: `${` in it is no expression. */
  text(value: string, at: Noun = this.cloud): string {
    return terraform(value, (problem) => this.report(problem, at));
  }

  /** An ARN in the account and region of the cloud. */
  arn(service: string, resource: string, place: { region?: string; account?: string } = {}): string {
    const { region } = this.cloud.values;
    return `arn:${partitionOf(region)}:${service}:${place.region ?? region}:${place.account ?? this.accountId}:${resource}`;
  }
}
