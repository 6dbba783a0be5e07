import fc from '../fast-check';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isTaggable } from '../../lib/cloud/terraform/tag-resource';
import { terraform as escaped } from '../../lib/documents/escape';
import { collect, hostile } from '../documents/hostile';
import { packageRoot } from '../../lib/values/package-root';
import campus from '../../stacks/campus';
import cloudOnly from '../../stacks/cloud-only';
import { everything } from '../cloud/everything';
import { type StackFile, synth } from '../cloud/support';
import { applicable, LACKING, LACKING_ARGUMENTS } from './support/applicable';
import { Moto, moto, motoNeeds } from './support/moto';
import { awsProviderOverride, Terraform, terraformNeeds } from './support/terraform';
import { describeWith, failure } from './support/tools';

const REGION = 'eu-central-1';
const MINUTES = 60_000;

describeWith([...terraformNeeds, ...motoNeeds], 'the stack of a cloud, read by terraform', () => {
  let folder: string;
  let aws: Moto;
  let terraform: Terraform;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hpcdk-cloud-'));
    [aws, terraform] = await Promise.all([moto(), Terraform.open()]);
  });
  afterAll(async () => {
    await Promise.all([aws.stop(), terraform.close(), rm(folder, { recursive: true })]);
  });

  /** Writes a stack into a folder of its own; gives a terraform that must succeed there. */
  async function place(name: string, stack: object, mocked = true) {
    const dir = join(folder, name);
    await mkdir(dirname(join(dir, 'x')), { recursive: true });
    await writeFile(join(dir, 'cdk.tf.json'), JSON.stringify(stack));
    if (mocked) await writeFile(join(dir, 'mock_override.tf.json'), awsProviderOverride(aws.endpoint, REGION));
    return async (...args: string[]) => {
      const ran = await terraform.run(dir, args, { timeoutMs: 8 * MINUTES });
      expect(failure(args.join(' '), ran)).toMatch(/exit code 0/);
      return ran.stdout;
    };
  }
  const stack = async () => (await synth(everything().app)).stack('aws');

  test(
    'is valid, and all of it can be planned',
    async () => {
      // GIVEN one of everything
      const whole = await stack();
      const ok = await place('plan', whole);
      await ok('init');
      await ok('validate');
      // WHEN it is planned THEN each resource is made once
      const count = Object.values(whole.resource).flatMap(Object.keys).length;
      expect(await ok('plan')).toContain(`${count} to add, 0 to change, 0 to destroy`);
      // and each type that the provider can tag carries our tags
      const schema = JSON.parse(await ok('providers', 'schema', '-json')) as {
        provider_schemas: Record<string, { resource_schemas: Record<string, { block: { attributes: object } }> }>;
      };
      const types = Object.values(schema.provider_schemas)[0]!.resource_schemas;
      for (const [type, resources] of Object.entries(whole.resource)) {
        expect([type, isTaggable(type)]).toEqual([type, 'tags' in types[type]!.block.attributes]);
        if (!isTaggable(type)) continue;
        for (const { tags } of Object.values(resources)) {
          expect(tags).toMatchObject({ 'hpcdk:cloud': 'aws', 'cost-centre': 'Süd 4711 / a=b+c:d@e' });
        }
      }
      // and the table of types without tags is the provider's own
      const untagged = Object.keys(types).filter((type) => !isTaggable(type));
      const odd = ['aws_inspector_resource_group']; // its tags mean other resources
      expect(untagged).toEqual(
        Object.keys(types).filter((type) => odd.includes(type) || !('tags' in types[type]!.block.attributes)),
      );
    },
    4 * MINUTES,
  );

  test(
    'of stacks/cloud-only.ts can be planned',
    async () => {
      const { files } = await cloudOnly.synthesize({ projectDir: packageRoot() });
      const whole = JSON.parse(files.get('stacks/summer-school/cdk.tf.json')?.content ?? '') as StackFile;
      const ok = await place('cloud-only', whole);
      await ok('init');
      const count = Object.values(whole.resource).flatMap(Object.keys).length;
      expect(await ok('plan')).toContain(`${count} to add, 0 to change, 0 to destroy`);
    },
    4 * MINUTES,
  );

  test(
    `of the reference campus is applied and destroyed with nothing left (planned only, for the mock lacks them: ${[...LACKING, ...LACKING_ARGUMENTS].join(', ')})`,
    async () => {
      const { files, diagnostics } = await campus.synthesize({ projectDir: packageRoot() });
      expect(diagnostics).toEqual([]);
      const whole = JSON.parse(files.get('stacks/campus-aws/cdk.tf.json')?.content ?? '') as StackFile;
      const count = Object.values(whole.resource).flatMap(Object.keys).length;
      const planned = await place('campus', whole);
      await planned('init');
      expect(await planned('plan')).toContain(`${count} to add, 0 to change, 0 to destroy`);
      const ok = await place('apply', applicable(whole));
      await ok('init');
      const before = await aws.inventory(REGION);
      await ok('apply', '-auto-approve', '-parallelism=30');
      const added = (await aws.inventory(REGION)).filter((one) => !before.includes(one));
      expect(added.filter((one) => one.startsWith('lt-'))).toHaveLength(2);
      await ok('destroy', '-auto-approve', '-parallelism=30');
      expect(await aws.inventory(REGION)).toEqual(before);
    },
    10 * MINUTES,
  );

  test(
    'has text of users come back unchanged, whatever is in it',
    async () => {
      // GIVEN hostile texts, each escaped as the stack escapes the values of a definition
      const texts = fc
        .sample(hostile, { numRuns: 300, seed: 42 })
        .concat([
          '${aws_vpc.x.id}',
          '%{ if true }x%{ endif }',
          '$${a}',
          '%%{b}',
          '$$${c}',
          '\\${d}',
          '${',
          '"${"',
          '$',
          '%',
          '$${',
        ])
        .filter((text) => !/\0|\p{Surrogate}/u.test(text));
      const { report, problems } = collect();
      const output = Object.fromEntries(
        texts.flatMap((text, index) => {
          const before = problems.length;
          const value = escaped(text, report);
          return problems.length > before ? [] : [[`t${index}`, { value }]];
        }),
      );
      expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['HPC2047']));
      const ok = await place('text', { output }, false);
      // WHEN terraform evaluates them
      await ok('apply', '-auto-approve');
      const read = JSON.parse(await ok('output', '-json')) as Record<string, { value: string }>;
      // THEN they are the same, and nearly all could be carried
      expect(Object.keys(read).length).toBeGreaterThan(texts.length * 0.9);
      for (const [id, { value }] of Object.entries(read)) expect(value).toBe(texts[Number(id.slice(1))]);
    },
    2 * MINUTES,
  );
});
