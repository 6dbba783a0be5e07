import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffSides } from '../../lib/diff';
import { readLive } from '../../lib/diff/live';
import type { Side } from '../../lib/diff/side';
import type { StackFile } from '../cloud/support';
import { type Edit, edited } from '../diff/support/edited';
import { sideOf } from '../diff/support/sides';
import { type Moto, moto, motoNeeds } from './support/moto';
import { awsProviderOverride, Terraform, terraformNeeds } from './support/terraform';
import { describeWith, failure } from './support/tools';

const REGION = 'eu-central-1';
const MINUTES = 60_000;
const STACK = 'stacks/summer-school/cdk.tf.json';
const NAME = 'institute-summer-school-results';
const BUCKET = 'aws_s3_bucket.bucket-results_2FFFC4B5';

/** What the mock answers as it was asked, and at once: a bucket with what belongs to it, but for its life cycle. */
const isTried = (type: string) => type.startsWith('aws_s3_') && type !== 'aws_s3_bucket_lifecycle_configuration';

/** A side whose stack is what the mock can hold. */
async function applicableSide(label: string, ...edits: readonly Edit[]): Promise<Side & { readonly stack: string }> {
  const side = await sideOf(label, edited('cloud-only', ...edits));
  const whole = JSON.parse(side.read!(STACK)) as StackFile & { readonly output?: object };
  const { output: _output, ...kept } = whole;
  const resource = Object.fromEntries(Object.entries(whole.resource).filter(([type]) => isTried(type)));
  const stack = JSON.stringify({ ...kept, resource });
  return { ...side, stack, read: (path) => (path === STACK ? stack : side.read!(path)) };
}

describeWith([...terraformNeeds, ...motoNeeds], 'what terraform found and plans', () => {
  let folder: string;
  let aws: Moto;
  let terraform: Terraform;
  let before: Awaited<ReturnType<typeof applicableSide>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hpcdk-live-'));
    [aws, terraform] = await Promise.all([moto(), Terraform.open()]);
    await writeFile(join(folder, 'mock_override.tf.json'), awsProviderOverride(aws.endpoint, REGION));
    before = await applicableSide('before');
    await place(before.stack);
    await ok('init');
    await ok('apply', '-auto-approve');
  }, 8 * MINUTES);
  afterAll(async () => {
    await Promise.all([aws.stop(), terraform.close(), rm(folder, { recursive: true })]);
  });

  const place = (stack: string) => writeFile(join(folder, 'cdk.tf.json'), stack);
  const ok = async (...args: string[]) => {
    const ran = await terraform.run(folder, args, { timeoutMs: 4 * MINUTES });
    expect(failure(args.join(' '), ran)).toMatch(/exit code 0/);
    return ran.stdout;
  };

  /** What terraform shows of its plan for a stack, once it has looked at what there is. */
  async function planOf({ stack }: { readonly stack: string }): Promise<string> {
    await place(stack);
    await ok('plan', '-out=plan');
    return ok('show', '-json', 'plan');
  }

  function told(after: Side, plan: string) {
    const found = readLive(plan, { file: 'plan.json' });
    expect(found.problems).toEqual([]);
    const system = diffSides(before, after, { live: [found] }).live!.systems[0]!;
    return { ...system, lines: system.findings.map(({ what, title, then }) => `${what}: ${title}; ${then}`) };
  }

  test(
    'nothing, when nothing was changed',
    async () => {
      const system = told(before, await planOf(before));
      expect(system).toMatchObject({ kind: 'terraform', name: 'summer-school', lines: [] });
      expect(system.compared).toBeGreaterThan(4);
      expect(system.notes[0]).toBe('terraform plans what this diff says: no resource changes');
    },
    4 * MINUTES,
  );

  test(
    'a tag that was changed outside is drift, and a plan is what the diff says',
    async () => {
      const another = "new Bucket(aws, 'exams', { name: 'institute-summer-school-exams' });\n  new Budget(";
      const after = await applicableSide('after', ['new Budget(', another]);
      const tags = { Name: NAME, owner: 'ada', 'hpcdk:cloud': 'summer-school' };
      const items = Object.entries(tags).map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`);
      const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/s3/aws4_request, SignedHeaders=host, Signature=x`;
      const changed = await fetch(`${aws.endpoint}/${NAME}?tagging`, {
        method: 'PUT',
        headers: { authorization },
        body: `<Tagging><TagSet>${items.join('')}</TagSet></Tagging>`,
      });
      expect(changed.ok).toBe(true);

      const system = told(after, await planOf(after));
      expect(system.lines).toEqual([
        `drift: ${BUCKET} was changed outside terraform: tags.owner training@institute.example → ada; terraform sets it back`,
      ]);
      expect(system.notes[0]).toMatch(/^terraform plans what this diff says: \d added$/);
    },
    4 * MINUTES,
  );

  test(
    'a plan of something else is told by the addresses that differ',
    async () => {
      const other = await applicableSide('after', ["{ name: 'institute-summer-school-results'", "{ name: 'another'"]);
      const system = told(other, await planOf(before));
      expect(system.findings.map(({ title }) => title)).toContain(
        `${BUCKET}: changed by the plan of terraform; replaced by this diff`,
      );
    },
    4 * MINUTES,
  );
});
