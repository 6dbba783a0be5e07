import { readLive } from '../../../lib/diff/live';
import { AwsCloud, Bucket } from '../../../lib/index';
import { edited } from '../support/edited';
import { sideOf } from '../support/sides';
import { linesOf, liveBetween } from './support';

const STACK = 'stacks/summer-school/cdk.tf.json';
const BUCKET = 'aws_s3_bucket.bucket-results_2FFFC4B5';
const REMOVED: readonly [string, string] = ["new Bucket(aws, 'results', {", 'void ({'];

interface Resource {
  readonly address: string;
  readonly change: Readonly<Record<string, unknown>>;
}

/** A plan that leaves every resource of the stack as it is, but for some. */
async function planOf(some: readonly Resource[] = [], more: object = {}): Promise<string> {
  const { read } = await sideOf('a', edited('cloud-only'));
  const { resource } = JSON.parse(read!(STACK)) as { readonly resource: Readonly<Record<string, object>> };
  const all = Object.entries(resource).flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`));
  const named = new Map(some.map((one) => [one.address, one]));
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    novelty: { a: 1 },
    resource_changes: [
      { address: 'data.aws_region.current', mode: 'data', change: { actions: ['read'] } },
      ...[...new Set([...all, ...named.keys()])].map((address) => ({
        mode: 'managed',
        ...(named.get(address) ?? { address, change: { actions: ['no-op'] } }),
      })),
    ],
    ...more,
  });
}

const sides = async (...edits: Parameters<typeof edited> extends [string, ...infer R] ? R : never) =>
  [await sideOf('before', edited('cloud-only')), await sideOf('after', edited('cloud-only', ...edits))] as const;

const drift = (change: object, address = BUCKET) => ({
  resource_drift: [{ address, mode: 'managed', change: { actions: ['update'], ...change } }],
});

describe('what terraform says', () => {
  test('GIVEN a plan that changes nothing, as the diff says THEN they agree', async () => {
    const [system] = liveBetween(...(await sides()), await planOf()).live!.systems;
    expect(system).toMatchObject({ kind: 'terraform', name: 'summer-school', version: '1.11.4', findings: [] });
    expect(system?.notes).toEqual(['terraform plans what this diff says: no resource changes']);
  });

  test('GIVEN a tag changed outside THEN it is drift with both values, and terraform sets it back', async () => {
    const tags = { owner: 'training@institute.example', Name: 'x' };
    const change = {
      before: { tags, tags_all: tags, arn: 'a' },
      after: { tags: { ...tags, owner: 'ada' }, tags_all: { ...tags, owner: 'ada' }, arn: 'b' },
    };
    const update = { address: BUCKET, change: { actions: ['update'] } };
    const [system] = liveBetween(...(await sides()), await planOf([update], drift(change))).live!.systems;
    expect(linesOf(system)).toEqual([
      `drift: ${BUCKET} was changed outside terraform: tags.owner training@institute.example → ada; terraform sets it back`,
    ]);
  });

  test('GIVEN what AWS adds by itself THEN it is no drift, and is counted', async () => {
    const change = { before: { policy: '' }, after: { policy: '{}' } };
    const [system] = liveBetween(...(await sides()), await planOf([], drift(change))).live!.systems;
    expect(system?.findings).toEqual([]);
    expect(system?.notes).toEqual([
      'terraform plans what this diff says: no resource changes',
      `since terraform looked last, 1 resource changed in what the stack does not state: ${BUCKET} (policy)`,
    ]);
  });

  test('GIVEN a resource that was removed outside THEN terraform makes it anew', async () => {
    const add = { address: BUCKET, change: { actions: ['create'] } };
    const [system] = liveBetween(...(await sides()), await planOf([add], drift({ actions: ['delete'] }))).live!.systems;
    expect(linesOf(system)).toEqual([`drift: ${BUCKET} was removed outside terraform; terraform makes it anew`]);
  });

  test('GIVEN values that are sensitive, secret, long or not known THEN none of them is shown', async () => {
    const secrets = ['hunter2', 'pa55', 'tok3n', 'dr0wssap'] as const;
    const values = (n: number) => ({
      bucket: `${secrets[0]}${n}`,
      tags: {
        key: `${secrets[1]}${n}`,
        'db-password': `${secrets[2]}${n}`,
        long: `${secrets[3]}${n}`.repeat(60),
        plain: `p${n}`,
      },
    });
    const masks = { before_sensitive: { bucket: true }, after_sensitive: {}, after_unknown: { tags: { key: true } } };
    const text = await planOf([], drift({ before: values(1), after: values(2), ...masks }));
    const { live } = liveBetween(...(await sides()), text);
    expect(linesOf(live!.systems[0])).toEqual([
      `drift: ${BUCKET} was changed outside terraform: bucket (value not shown), tags.db-password (value not shown), tags.key (value not shown), tags.long (value not shown), tags.plain p1 → p2; terraform leaves it as it is`,
    ]);
    for (const secret of secrets) expect(JSON.stringify([live, readLive(text, { file: 'x' })])).not.toContain(secret);
    const whole = { before: { tags: { a: secrets[0] } }, after: { tags: { a: 'x' } }, before_sensitive: true };
    expect(JSON.stringify(readLive(await planOf([], drift(whole)), { file: 'x' }))).not.toContain(secrets[0]);
  });

  test('GIVEN a bucket that goes WHEN the plan says so THEN they agree; WHEN it does not THEN each address is told', async () => {
    const both = await sides(REMOVED);
    const said = liveBetween(...both, await planOf()).live!.systems[0]!;
    expect(said.notes).toEqual([]);
    expect(said.findings.map(({ title }) => title)).toContain(
      `${BUCKET}: left as it is by the plan of terraform; removed by this diff`,
    );
    const removals = said.findings.map(({ subject: address }) => ({ address, change: { actions: ['delete'] } }));
    const agreed = liveBetween(...both, await planOf(removals)).live!.systems[0]!;
    expect(agreed.findings).toEqual([]);
    expect(agreed.notes).toEqual([`terraform plans what this diff says: ${removals.length} removed`]);
  });

  test('GIVEN a replacement that the diff does not know of THEN it is told', async () => {
    const replaced = { address: BUCKET, change: { actions: ['delete', 'create'] } };
    const text = await planOf([replaced], { errored: true });
    const [system] = liveBetween(...(await sides()), text).live!.systems;
    expect(linesOf(system)).toEqual([
      `plan: ${BUCKET}: replaced by the plan of terraform; left as it is by this diff; terraform does what its plan says: look at it there`,
    ]);
    expect(system?.notes).toEqual(['planning ended in an error: what terraform did not come to is not compared']);
  });

  test('GIVEN a plan of another stack that shares some names THEN it is not compared', async () => {
    const others = Array.from({ length: 20 }, (_, n) => ({
      address: `aws_vpc.other-${n}`,
      change: { actions: ['create'] },
    }));
    expect(liveBetween(...(await sides()), await planOf(others)).live?.systems).toEqual([]);
  });

  test('GIVEN two stacks that are alike THEN the tag of the cloud tells them apart, and without it that is said', async () => {
    const side = await sideOf('a', (app) => {
      for (const [n, name] of ['east', 'west'].entries()) {
        const aws = new AwsCloud(app, name, { region: 'eu-central-1', network: `10.${80 + n}.0.0/20`, zones: 2 });
        new Bucket(aws, 'results', { name: `institute-${name}` });
      }
    });
    const { resource } = JSON.parse(side.read!('stacks/east/cdk.tf.json')) as {
      readonly resource: Record<string, object>;
    };
    const addresses = Object.entries(resource).flatMap(([type, byId]) =>
      Object.keys(byId).map((id) => `${type}.${id}`),
    );
    const changes = addresses.map((address) => ({ address, mode: 'managed', change: { actions: ['no-op'] } }));
    const plan = { format_version: '1.2', resource_changes: changes };
    const tags = { constant_value: { 'hpcdk:cloud': 'west' } };
    const provider_config = { aws: { expressions: { default_tags: [{ tags }] } } };
    const tagged = JSON.stringify({ ...plan, configuration: { provider_config } });
    expect(liveBetween(side, side, tagged).live?.systems).toMatchObject([{ name: 'west', findings: [] }]);
    const text = JSON.stringify(plan);
    expect(liveBetween(side, side, text).live).toEqual({
      systems: [],
      notes: ['live-1 fits east and west alike: export the plan of one stack'],
    });
  });

  test('GIVEN a plan of another stack THEN it is not compared', async () => {
    const text = JSON.stringify({
      format_version: '1.0',
      resource_changes: [{ address: 'aws_vpc.x', mode: 'managed', change: { actions: ['create'] } }],
    });
    expect(liveBetween(...(await sides()), text).live).toEqual({
      systems: [],
      notes: ['live-1 is a plan of none of the stacks that are compared'],
    });
  });
});
