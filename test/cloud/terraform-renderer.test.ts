import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Annotations, AssetType, Aspects, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import fc from '../fast-check';
import { Site } from '../../lib/app/site';
import { AwsCloud } from '../../lib/cloud/aws-cloud';
import { type AddResources, TERRAFORM } from '../../lib/cloud/terraform-hatch';
import { SlurmCluster } from '../../lib/compute/slurm-cluster';
import { ExistingNfs } from '../../lib/storage/existing-nfs';
import { hostile } from '../documents/hostile';
import { campus, poolProps, powerSaving } from './campus';
import { all, newApp, only, synth } from './support';

function cloud(tags: Record<string, string> = {}) {
  const app = newApp();
  return { app, aws: new AwsCloud(app, 'aws', { region: 'eu-central-1', network: '10.42.0.0/16', tags }) };
}

describe('resources of your own', () => {
  test('stand in the stack, tagged as the others are, with references to what is ours', async () => {
    // GIVEN a queue that knows the network
    const { app, aws } = cloud();
    aws.terraform(
      (stack, refs) =>
        void new SqsQueue(stack, 'jobs', { name: 'jobs', tags: { net: refs.vpcId, zone: refs.subnetIds[2]! } }),
    );
    // WHEN it is rendered
    const stack = (await synth(app)).stack('aws');
    // THEN its address is its id, and it carries both tags
    expect(stack.resource.aws_sqs_queue?.jobs?.tags).toEqual({
      net: expect.stringMatching(/^\$\{aws_vpc\.\S+\.id\}$/),
      zone: expect.stringMatching(/^\$\{aws_subnet\.\S+node-subnet-3\S+\.id\}$/),
      'hpcdk:cloud': 'aws',
    });
  });

  test('come from constructs of other packages, too', async () => {
    const { app, aws } = cloud();
    class Queue extends Construct {
      [TERRAFORM]: AddResources = (stack) => void new SqsQueue(stack, this.node.id, { name: this.node.id });
    }
    new Queue(aws, 'tasks');
    expect(only((await synth(app)).stack('aws'), 'aws_sqs_queue').name).toBe('tasks');
  });

  test('that throw are told at the cloud, and the way to take stack traces is given back', async () => {
    const { captureStackTrace } = Error;
    const { app, aws } = cloud();
    aws.terraform(() => {
      throw new Error('no queue\n  today');
    });
    const { diagnostics, files } = await synth(app);
    expect(diagnostics).toMatchObject([
      { code: 'HPC5041', message: "resources of 'aws' could not be added: no queue; today", construct: 'aws' },
    ]);
    expect(files.size).toBe(0);
    expect(Error.captureStackTrace).toBe(captureStackTrace);
  });

  test('that cdktf refuses, or warns of, are told in the words of cdktf', async () => {
    const { app, aws } = cloud();
    aws.terraform((stack) => {
      const queue = new SqsQueue(stack, 'jobs', {});
      Annotations.of(queue).addError('no name');
      Aspects.of(stack).add({ visit: (node) => void (node === queue && Annotations.of(node).addWarning('a remark')) });
    });
    const { diagnostics } = await synth(app);
    expect(diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['HPC5042', 'error', "'aws/jobs' of the stack: no name"],
      ['HPC5043', 'warning', "'aws/jobs' of the stack: a remark"],
    ]);
  });

  test('with a validation that fails are refused', async () => {
    const { app, aws } = cloud();
    aws.terraform((stack) => stack.node.addValidation({ validate: () => ['no account', 'no money'] }));
    const { diagnostics } = await synth(app);
    expect(diagnostics.map(({ code }) => code)).toEqual(['HPC5042']);
    expect(diagnostics[0]?.message).toContain('no account');
  });

  test('with another copy of cdktf give the same bytes', async () => {
    const withQueue = async (Queue: typeof SqsQueue) => {
      const { app, aws } = cloud();
      aws.terraform((stack, refs) => void new Queue(stack, 'jobs', { name: 'jobs', tags: { net: refs.vpcId } }));
      return (await synth(app)).files;
    };
    let other: typeof SqsQueue | undefined;
    jest.isolateModules(() => {
      other = (require('@cdktf/provider-aws/lib/sqs-queue') as { SqsQueue: typeof SqsQueue }).SqsQueue;
    });
    expect(other).not.toBe(SqsQueue);
    expect(await withQueue(other!)).toEqual(await withQueue(SqsQueue));
  });
});

describe('an override', () => {
  test('is applied last, at every place that it names', async () => {
    const { app, aws } = cloud();
    aws.override('resource.aws_subnet.*.map_public_ip_on_launch', true);
    aws.override('resource.aws_nat_gateway.*.tags.Name', 'mine');
    aws.override('terraform.required_version', '>= 1.11'); // an argument that was not there
    const stack = (await synth(app)).stack('aws');
    expect(all(stack, 'aws_subnet').map((subnet) => subnet.map_public_ip_on_launch)).toEqual(Array(6).fill(true));
    expect(only(stack, 'aws_nat_gateway').tags?.Name).toBe('mine');
    expect(stack.terraform.required_version).toBe('>= 1.11');
  });

  test.each([
    'resource.aws_nat.*.x',
    'resource.aws_vpc.vpc.tags.Name',
    'nowhere.at.all',
    'resource.aws_vpc.*.tags.Name.first',
  ])('of %s changes nothing, which is an error', async (path) => {
    const { app, aws } = cloud();
    aws.override(path, 1);
    expect((await synth(app)).codes).toEqual(['HPC5044']);
  });
});

describe('the files of a cloud', () => {
  test('name no folder of this machine and leave none behind', async () => {
    // GIVEN a temporary folder of our own, and a warning, with which cdktf keeps a stack trace
    const own = mkdtempSync(join(tmpdir(), 'hpcdk-test-'));
    const { TMPDIR } = process.env;
    process.env.TMPDIR = own;
    const { app, aws } = cloud();
    aws.terraform((stack) => Annotations.of(stack).addWarning('a remark'));
    try {
      const { files } = await synth(app);
      for (const text of files.values()) expect(text).not.toMatch(/\/(work|home|tmp|root)\//);
      expect(files.get('manifest.json')).toContain('a remark');
      expect(readdirSync(own)).toEqual([]);
    } finally {
      process.env.TMPDIR = TMPDIR;
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      rmSync(own, { recursive: true });
    }
  });

  test('hold what cdktf puts beside the stack, when it is text', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hpcdk-test-'));
    writeFileSync(join(folder, 'text'), 'hello\n');
    writeFileSync(join(folder, 'bytes'), Buffer.from([0xff, 0xfe, 0]));
    const withAsset = (name: string) => {
      const { app, aws } = cloud();
      aws.terraform(
        (stack) => void new TerraformAsset(stack, 'asset', { path: join(folder, name), type: AssetType.FILE }),
      );
      return synth(app);
    };
    expect([...(await withAsset('text')).files].find(([path]) => path.startsWith('stacks/aws/assets/'))?.[1]).toBe(
      'hello\n',
    );
    expect((await withAsset('bytes')).codes).toEqual(['HPC5046']);
    rmSync(folder, { recursive: true });
  });

  test('of two clouds are two stacks', async () => {
    const { app } = cloud();
    new AwsCloud(app, 'west', { region: 'us-west-2', network: '10.43.0.0/16' });
    const { files, stack } = await synth(app);
    expect([...files.keys()]).toEqual(['manifest.json', 'stacks/aws/cdk.tf.json', 'stacks/west/cdk.tf.json']);
    expect(stack('west').provider.aws?.[0]).toMatchObject({ region: 'us-west-2' });
  });

  test('cannot be of two stacks with one name', async () => {
    const app = newApp();
    const site = new Site(app, 'a', { domain: 'x.edu', contact: 'a@x.edu' });
    new AwsCloud(site, 'b', { region: 'eu-central-1', network: '10.42.0.0/16' });
    new AwsCloud(app, 'a-b', { region: 'eu-central-1', network: '10.43.0.0/16' });
    expect((await synth(app)).codes).toEqual(['HPC5045']);
  });

  test('cannot hold two pools of one name, or user data that EC2 does not take', async () => {
    const { app, site, hpc, aws, burst } = campus();
    const other = new Site(app, 'other', { domain: 'other.edu', contact: 'a@other.edu' });
    const twin = new SlurmCluster(other, 'hpc', { slurm: '22.05', controller: 'ctl1', powerSaving });
    twin.addPartition('cloud', { nodes: [twin.addBurstNodes('burst', { ...poolProps, cloud: aws })] });
    expect((await synth(app)).codes).toEqual(['HPC5039']);

    const many = campus();
    for (let n = 0; n < 200; n++) {
      new ExistingNfs(many.site, `data${n}`, {
        server: 'filer',
        export: `/${'x'.repeat(40)}${n}`,
        path: `/data/${n}`,
      }).mountOn(many.burst[0]!);
    }
    expect((await synth(many.app)).codes).toEqual(['HPC5049']);
    expect([site, hpc, burst].length).toBe(3);
  });

  test('carry any text of a tag unchanged, or it is refused', async () => {
    const allowed = fc.string({
      unit: fc.constantFrom('a', 'ü', '漢', '1', ' ', '_', '.', ':', '/', '=', '+', '-', '@'),
      maxLength: 256,
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, allowed), async (value) => {
        const { app } = cloud({ note: value });
        const { codes, files } = await synth(app);
        if (codes.length > 0) return expect(codes).toEqual([expect.stringMatching(/^(HPC\d+ tags\.note|HPC2047)$/)]);
        const { resource } = JSON.parse(files.get('stacks/aws/cdk.tf.json')!) as {
          resource: { aws_vpc: Record<string, { tags: { note: string } }> };
        };
        const [vpc] = Object.values(resource.aws_vpc);
        expect(vpc?.tags.note.replaceAll('$${', '${').replaceAll('%%{', '%{')).toBe(value);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a definition without a cloud', () => {
  test('never loads cdktf', async () => {
    const app = newApp();
    new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    let loaded = false;
    jest.doMock('../../lib/cloud/terraform', () => void (loaded = true));
    await synth(app);
    jest.dontMock('../../lib/cloud/terraform');
    expect(loaded).toBe(false);
  });
});
