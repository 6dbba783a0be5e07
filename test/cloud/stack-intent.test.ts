import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from '../../lib/app/app';
import type { Definition } from '../../lib/app/definition';
import { documentsRenderer } from '../../lib/app/documents-renderer';
import { NO_EFFECT } from '../../lib/app/effects';
import { Noun } from '../../lib/app/noun';
import { synthesize } from '../../lib/app/synthesize';
import { AwsCloud, type AwsCloudProps } from '../../lib/cloud/aws-cloud';
import { Bucket } from '../../lib/cloud/bucket';
import { stackIntent } from '../../lib/cloud/stack-intent';
import { TERRAFORM } from '../../lib/cloud/terraform-hatch';
import { terraformRenderer } from '../../lib/cloud/terraform-renderer';
import { campus } from './campus';

/** A memo in memory that counts. */
class CountingMemo {
  readonly kept = new Map<string, string>();
  hits = 0;

  get(intent: string): string | undefined {
    const text = this.kept.get(intent);
    if (text !== undefined) this.hits += 1;
    return text;
  }

  set(intent: string, text: string): void {
    this.kept.set(intent, text);
  }
}

const root = join(__dirname, '../..');
const clouds = readdirSync(join(root, 'stacks'))
  .filter((file) => file.endsWith('.ts') && readFileSync(join(root, 'stacks', file), 'utf8').includes('new AwsCloud('))
  .map((file) => file.slice(0, -'.ts'.length));

describe('what was rendered once', () => {
  test('there are stacks to look at', () => expect(clouds).toEqual(expect.arrayContaining(['campus', 'cloud-only'])));

  test.each(clouds)('comes back byte for byte: %s', async (name) => {
    const { default: definition } = (await import(`../../stacks/${name}`)) as { default: Definition };
    const memo = new CountingMemo();
    const content = async (options = {}) => {
      const { files } = await definition.synthesize({ projectDir: root, ...options });
      return [...files].map(([path, file]) => [path, file.content, file.mode, file.format, file.owner.node.path]);
    };
    const fresh = await content();
    expect(await content({ memo })).toEqual(fresh);
    expect([memo.kept.size, memo.hits]).toEqual([1, 0]);
    expect(await content({ memo })).toEqual(fresh);
    expect([memo.kept.size, memo.hits]).toEqual([1, 1]);
  });

  test('is not kept when something was told of it', async () => {
    const memo = new CountingMemo();
    const app = new App({ projectDir: root, renderers: [documentsRenderer, terraformRenderer], memo });
    new AwsCloud(app, 'aws', { region: 'eu-central-1', network: '10.42.0.0/16' }).override(
      'resource.aws_nothing.x.y',
      1,
    );
    expect((await synthesize(app)).diagnostics.map(({ code }) => code)).toEqual(['HPC5044']);
    expect(memo.kept.size).toBe(0);
  });
});

const fields = {};
class Foreign extends Noun<typeof fields> {
  static readonly kind = 'acme.Foreign';
  static readonly fields = fields;
  static readonly lifecycle = { added: NO_EFFECT('new'), removed: NO_EFFECT('gone') };
}

describe('an intent', () => {
  const declared = (props: Partial<AwsCloudProps> = {}, more: (app: App, aws: AwsCloud) => void = () => undefined) => {
    const app = new App({ projectDir: root, renderers: [] });
    const aws = new AwsCloud(app, 'aws', { region: 'eu-central-1', network: '10.42.0.0/16', ...props });
    more(app, aws);
    return stackIntent(app, [aws]);
  };
  const plain = declared();

  test('is the same for the same definition', () => expect(declared()).toBe(plain));

  test.each<[string, Parameters<typeof declared>]>([
    ['a field', [{ zones: 2 }]],
    ['a tag', [{ tags: { owner: 'x' } }]],
    ['a construct', [{}, (_, aws) => void new Bucket(aws, 'cache', { name: 'hpc-cache' })]],
    ['an override', [{}, (_, aws) => aws.override('provider.aws.0.region', 'x')]],
    ['a rename', [{}, (app) => app.rename('old', 'aws')]],
  ])('is another one with %s', (_, args) => {
    expect(declared(...args)).toEqual(expect.any(String));
    expect(declared(...args)).not.toBe(plain);
  });

  test('knows what the nodes of a pool do at their first boot', () => {
    const { app, aws } = campus({ burst: {} });
    expect(stackIntent(app, [aws])).toContain('hpcdk-join');
  });

  test.each<[string, (app: App, aws: AwsCloud) => void]>([
    ['resources of the definition', (_, aws) => aws.terraform(() => undefined)],
    ['an aspect', (app) => app.addAspect({ visit: () => undefined })],
    ['a kind of another package', (app) => void new Foreign(app, 'x', Foreign, {})],
    [
      'a construct that adds resources',
      (_, aws) => void Object.assign(new Bucket(aws, 'b', { name: 'hpc-b' }), { [TERRAFORM]: () => undefined }),
    ],
    ['a class that is made from ours', (_, aws) => void new (class extends Bucket {})(aws, 'b', { name: 'hpc-b' })],
  ])('does not stand for %s', (_, more) => expect(declared({}, more)).toBeUndefined());
});
