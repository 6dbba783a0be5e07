import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Diff, diffSides } from '../../lib/diff';
import type { ResourceCounts } from '../../lib/diff/model';
import { fateOf } from '../../lib/diff/cloud/replacement';
import { plannedChanges } from '../../lib/diff/cloud/planned-changes';
import { resourceOf, withMoves } from '../../lib/diff/cloud/resource-changes';
import { readStack } from '../../lib/diff/cloud/stack';
import type { Side } from '../../lib/diff/side';
import type { Declare } from '../../lib/app/definition';
import { byCodeUnit } from '../../lib/values/json';
import type { StackFile } from '../cloud/support';
import { cloud } from '../diff/scenarios/cloud';
import { edited } from '../diff/support/edited';
import { sideOf } from '../diff/support/sides';
import { applicable, LACKING, LACKING_ARGUMENTS } from './support/applicable';
import { type Moto, moto, motoNeeds } from './support/moto';
import { awsProviderOverride, Terraform, terraformNeeds } from './support/terraform';
import { describeWith, failure } from './support/tools';

const REGION = 'eu-central-1';
const MINUTES = 60_000;
const STACK = 'stacks/campus-aws/cdk.tf.json';

/** A scenario of test/diff/scenarios/cloud.ts by its title. */
const scenario = (title: string) => cloud.find((one) => one.title === title)!;
const campus = edited('campus');

/** What somebody does to the campus that is applied. */
const CHANGES: readonly (readonly [title: string, after: Declare])[] = [
  ...['other tags', 'no way to the internet, private endpoints instead', 'a file system of the cloud removed'].map(
    (title) => [title, scenario(title).after] as const,
  ),
  [
    'the network on the premises widened, and a pool of spot nodes twice as large',
    edited(
      'campus',
      ["onPremises: ['192.168.0.0/16']", "onPremises: ['192.168.0.0/16', '10.0.0.0/13']"],
      ['max: 32,', 'max: 64,'],
    ),
  ],
  // all that stands in the network is made anew with it
  [
    'another network in the cloud',
    edited('campus', ['network: `10.${42 + n}.0.0/16`', 'network: `10.${52 + n}.0.0/16`']),
  ],
];

interface Change {
  readonly actions: readonly string[];
}
interface Plan {
  readonly resource_changes: readonly { readonly address: string; readonly mode: string; readonly change: Change }[];
}

/** Terraform waits ten seconds to a minute until each of these is in sync, whatever the mock says. */
const SLOW = [
  'aws_route53_zone',
  'aws_route53_record',
  'aws_route53_resolver_rule_association',
  'aws_s3_bucket_lifecycle_configuration',
];

/** A side whose stack is what the mock can hold, without what is slow. */
async function applicableSide(label: string, declare: Declare): Promise<Side & { readonly stack: string }> {
  const side = await sideOf(label, declare);
  const whole = JSON.parse(side.read!(STACK)) as StackFile;
  const resource = Object.fromEntries(Object.entries(whole.resource).filter(([type]) => !SLOW.includes(type)));
  const stack = JSON.stringify(applicable({ ...whole, resource }));
  return { ...side, stack, read: (path) => (path === STACK ? stack : side.read!(path)) };
}

describeWith(
  [...terraformNeeds, ...motoNeeds],
  `what the diff says of resources is what terraform plans (on both sides without what the mock lacks: ${[...LACKING, ...LACKING_ARGUMENTS].join(', ')}; nor what is slow: ${SLOW.join(', ')})`,
  () => {
    let folder: string;
    let aws: Moto;
    let terraform: Terraform;
    let before: Awaited<ReturnType<typeof applicableSide>>;
    let bucket: Awaited<ReturnType<typeof applicableSide>>;
    /** What a plan of the same stack changes, because the mock answers otherwise than it was asked. */
    let drift: ReadonlyMap<string, Change>;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hpcdk-planned-'));
      [aws, terraform] = await Promise.all([moto(), Terraform.open()]);
      await writeFile(join(folder, 'mock_override.tf.json'), awsProviderOverride(aws.endpoint, REGION));
      before = await applicableSide('before', campus);
      bucket = await applicableSide('before', scenario('a bucket removed').before);
      // one apply serves all: the campus with one bucket more, which the first test removes
      await place(bucket.stack);
      await ok('init');
      await ok('apply', '-auto-approve', '-parallelism=30');
      drift = await planned(bucket.stack);
    }, 8 * MINUTES);
    afterAll(async () => {
      await Promise.all([aws.stop(), terraform.close(), rm(folder, { recursive: true })]);
    });

    const place = (stack: string) => writeFile(join(folder, 'cdk.tf.json'), stack);
    const ok = async (...args: string[]) => {
      const ran = await terraform.run(folder, args, { timeoutMs: 8 * MINUTES });
      expect(failure(args.join(' '), ran)).toMatch(/exit code 0/);
      return ran.stdout;
    };

    /** What terraform plans; the state is what it has just written itself, so it need not ask for it again. */
    async function planned(stack: string): Promise<Map<string, Change>> {
      await place(stack);
      await ok('plan', '-refresh=false', '-out=plan');
      const { resource_changes: all } = JSON.parse(await ok('show', '-json', 'plan')) as Plan;
      const found = all.filter(({ mode, change }) => mode === 'managed' && change.actions.join() !== 'no-op');
      return new Map(found.map(({ address, change }) => [address, change]));
    }

    /** The same without what is planned for an unchanged stack, value by value. */
    const withoutDrift = (changes: ReadonlyMap<string, Change>) =>
      [...changes]
        .filter(([address, change]) => JSON.stringify(change) !== JSON.stringify(drift.get(address)))
        .map(([address, { actions }]) => `${actionOf(actions)} ${address}`)
        .sort(byCodeUnit);

    const actionOf = (actions: readonly string[]) =>
      actions.length > 1
        ? 'replaced'
        : { create: 'added', delete: 'removed', update: 'changed' }[actions[0] as 'create'];

    /** What the diff says of each resource, without what only moves. */
    const said = (was: string, is: string) => {
      const [old, now] = [readStack(was)!, readStack(is)!];
      return plannedChanges(withMoves(old, now), now)
        .map((change) => `${fateOf(change).fate} ${resourceOf(change).address}`)
        .filter((line) => !/^\w+ data\./.test(line))
        .sort(byCodeUnit);
    };

    const countsOf = (diff: Diff) => diff.places?.find(({ path }) => path === 'campus-aws')?.resources;
    const counted = (lines: readonly string[]): ResourceCounts => {
      const of = (action: string) => lines.filter((line) => line.startsWith(`${action} `)).length;
      return {
        added: of('added'),
        changed: of('changed'),
        replaced: of('replaced'),
        perhaps: 0,
        removed: of('removed'),
        moved: 0,
      };
    };

    test('a bucket removed', async () => {
      const lines = withoutDrift(await planned(before.stack));
      expect(lines.length).toBeGreaterThan(0);
      expect(said(bucket.stack, before.stack)).toEqual(lines);
      expect(countsOf(diffSides(bucket, before))).toEqual(counted(lines));
      await keepsWhatIsInTheBucket(lines);
      // the campus is what stands from here on: terraform forgets the bucket, so that no drift has to be applied with it
      const gone = lines.map((line) => line.split(' ')[1] as string);
      await ok('state', 'rm', ...gone);
    });

    /** Terraform removes a bucket when nothing is in it, and not before. */
    async function keepsWhatIsInTheBucket(lines: readonly string[]): Promise<void> {
      const address = /removed (aws_s3_bucket\.\S+)/.exec(lines.join('\n'))![1] as string;
      const { bucket: name } = JSON.parse(bucket.stack).resource.aws_s3_bucket[address.split('.')[1] as string];
      const remove = ['apply', '-auto-approve', '-refresh=false', `-target=${address}`];
      const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/s3/aws4_request, SignedHeaders=host, Signature=x`;
      const request = (method: string, path: string, body?: string) =>
        fetch(`${aws.endpoint}/${name}${path}`, { method, body, headers: { authorization } });
      await request('DELETE', '?policy'); // the mock does not read its conditions
      expect((await request('PUT', '/results.csv', 'of a year')).status).toBe(200);
      const refused = await terraform.run(folder, remove, { timeoutMs: 2 * MINUTES });
      expect(failure('apply', refused)).toMatch(/BucketNotEmpty/);
      expect(await (await request('GET', '/results.csv')).text()).toBe('of a year');
    }

    test.each(CHANGES)('%s', async (_title, declare) => {
      const after = await applicableSide('after', declare);
      const lines = withoutDrift(await planned(after.stack));
      expect(lines.length).toBeGreaterThan(0);
      expect(said(before.stack, after.stack)).toEqual(lines);
      expect(countsOf(diffSides(before, after))).toEqual(counted(lines));
    });
  },
);
