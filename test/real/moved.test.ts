import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../lib/app/app';
import { Bucket } from '../../lib/cloud/bucket';
import { Efs } from '../../lib/cloud/efs';
import { fateOf } from '../../lib/diff/cloud/replacement';
import { compareStacks, resourceOf, withMoves } from '../../lib/diff/cloud/resource-changes';
import { readStack } from '../../lib/diff/cloud/stack';
import { campus } from '../cloud/campus';
import { type StackFile, synth } from '../cloud/support';
import { applicable } from './support/applicable';
import { Moto, moto, motoNeeds } from './support/moto';
import { awsProviderOverride, Terraform, terraformNeeds } from './support/terraform';
import { describeWith, failure } from './support/tools';

const REGION = 'eu-central-1';
const MINUTES = 60_000;

/** A campus whose things have ids of the test's choice. */
async function stackOf(ids: { bucket: string; efs: string; pool: string }, more: (made: Made) => void = () => {}) {
  const made = campus({ [ids.pool]: { prefix: 'hpc-burst' } });
  new Bucket(made.aws, ids.bucket, { name: 'hpc-example-cache' });
  new Efs(made.aws, ids.efs, { path: '/cloud/home' }).mountOn(made.hpc);
  more(made);
  const { stack, codes } = await synth(made.app);
  expect(codes).toEqual([]);
  return stack('aws');
}
type Made = ReturnType<typeof campus>;

const OLD = { bucket: 'cache', efs: 'home', pool: 'burst' };
const NEW = { bucket: 'spack', efs: 'users', pool: 'spot' };
const rename = (app: App) => {
  app.rename('aws/cache', 'aws/spack');
  app.rename('aws/home', 'aws/users');
  app.rename('campus/hpc/nodes/burst', 'campus/hpc/nodes/spot');
};

interface Plan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly previous_address?: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

describeWith([...terraformNeeds, ...motoNeeds], 'an applied stack, and the plan of the next one', () => {
  let folder: string;
  let aws: Moto;
  let terraform: Terraform;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hpcdk-moved-'));
    [aws, terraform] = await Promise.all([moto(), Terraform.open()]);
    await writeFile(join(folder, 'mock_override.tf.json'), awsProviderOverride(aws.endpoint, REGION));
    await place(await stackOf(OLD));
    await ok('init');
    await ok('apply', '-auto-approve', '-parallelism=30');
  }, 8 * MINUTES);
  afterAll(async () => {
    await Promise.all([aws.stop(), terraform.close(), rm(folder, { recursive: true })]);
  });

  const place = (stack: StackFile) => writeFile(join(folder, 'cdk.tf.json'), JSON.stringify(applicable(stack)));
  const ok = async (...args: string[]) => {
    const ran = await terraform.run(folder, args, { timeoutMs: 8 * MINUTES });
    expect(failure(args.join(' '), ran)).toMatch(/exit code 0/);
    return ran.stdout;
  };
  const plan = async (stack: StackFile): Promise<Plan> => {
    await place(stack);
    await ok('plan', '-out=plan');
    return JSON.parse(await ok('show', '-json', 'plan')) as Plan;
  };
  const actions = ({ resource_changes: changes }: Plan) =>
    changes.map(({ change }) => change.actions.join()).filter((action) => action !== 'no-op' && action !== 'read');

  const changed = ({ resource_changes: changes }: Plan) =>
    changes
      .filter(({ change }) => change.actions.includes('update'))
      .map(({ address, previous_address: from }) => from ?? address)
      .sort();

  test(
    'of renames that the definition states: everything moves, nothing is made, changed or destroyed',
    async () => {
      // GIVEN what the mock answers otherwise than it was asked, so that a plan of the same stack has something to change
      const drift = changed(await plan(await stackOf(OLD)));
      const planned = await plan(await stackOf(NEW, ({ app }) => rename(app)));
      // THEN beyond that nothing changes
      expect(changed(planned)).toEqual(drift);
      expect(actions(planned).filter((action) => action !== 'update')).toEqual([]);
      const moved = planned.resource_changes.filter(({ previous_address: from }) => from !== undefined);
      expect(moved.length).toBeGreaterThan(15);
    },
    4 * MINUTES,
  );

  test(
    'of the same ids without a word: terraform destroys and makes anew, as the diff says',
    async () => {
      const planned = actions(await plan(await stackOf(NEW)));
      expect(planned.filter((action) => action === 'delete').length).toBeGreaterThan(15);
      expect(planned.filter((action) => action === 'create').length).toBeGreaterThan(15);
    },
    4 * MINUTES,
  );

  test(
    'of other values: what the diff says of each resource is what terraform plans',
    async () => {
      // GIVEN changes of arguments in place and of some that cannot change
      const after = await stackOf(OLD, ({ aws: cloud }) => {
        cloud.override('resource.aws_vpc.*.enable_dns_hostnames', false);
        cloud.override('resource.aws_iam_role.*.description', 'Other');
        cloud.override('resource.aws_iam_policy.*.description', 'Other');
        cloud.override('resource.aws_efs_file_system.*.creation_token', 'other');
        cloud.override('resource.aws_launch_template.*.user_data', 'eHg=');
        cloud.override('resource.aws_route53_record.*.ttl', 60);
        cloud.override('resource.aws_vpc_dhcp_options.*.domain_name', 'example.edu');
        cloud.override('resource.aws_vpc_security_group_ingress_rule.*.description', 'Other');
      });
      const planned = await plan(after);
      const [was, is] = [await stackOf(OLD), after].map((one) => readStack(JSON.stringify(applicable(one)))!);
      const said = compareStacks(withMoves(was!, is!), is!).map((change) => [
        resourceOf(change).address,
        fateOf(change).fate,
      ]);
      expect(said.length).toBeGreaterThan(8);
      // WHEN both are compared, resource by resource
      const fates = new Map(
        planned.resource_changes.map(({ address, change: { actions: does } }) => [
          address,
          does.includes('delete') ? 'replaced' : does.includes('update') ? 'changed' : 'same',
        ]),
      );
      expect(said).toEqual(said.map(([address]) => [address, fates.get(address as string)]));
    },
    4 * MINUTES,
  );
});
