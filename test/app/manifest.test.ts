import Ajv2020 from 'ajv/dist/2020';
import { Construct } from 'constructs';
import { App } from '../../lib/app/app';
import { NO_EFFECT } from '../../lib/app/effects';
import { defaulted, type Fields } from '../../lib/app/field';
import type { Manifest } from '../../lib/app/manifest';
import { MANIFEST_VERSION } from '../../lib/app/manifest-version';
import { Noun } from '../../lib/app/noun';
import { readManifest } from '../../lib/app/read-manifest';
import { synthesize } from '../../lib/app/synthesize';
import { integer } from '../../lib/values/codecs';
import schema from '../../schemas/manifest.schema.json';
import campus from '../../stacks/campus';
import cloudOnly from '../../stacks/cloud-only';
import hello from '../../stacks/hello';
import twoClusters from '../../stacks/two-clusters';
import { NodeType } from '../../lib/compute/node-type';
import { SlurmCluster } from '../../lib/compute/slurm-cluster';
import { define } from '../../lib/define';
import { Site } from '../../lib/app/site';
import { Size } from '../../lib/values/size';
import { packageRoot } from '../../lib/values/package-root';

const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

describe('the manifest', () => {
  test.each([
    ['hello', hello],
    ['two-clusters', twoClusters],
    ['cloud-only', cloudOnly],
    ['campus', campus],
  ])('of %s is of its published schema', async (_, definition) => {
    const { manifest } = await definition.synthesize({ projectDir: packageRoot() });
    validate(JSON.parse(JSON.stringify(manifest)));
    expect(validate.errors).toBeNull();
  });

  test('of an unknown codec or effect is not', async () => {
    const { manifest } = await hello.synthesize({ projectDir: packageRoot() });
    const text = JSON.stringify(manifest).replace('"codec":"duration"', '"codec":"lightyears"');
    expect(validate(JSON.parse(text))).toBe(false);
    expect(validate(JSON.parse(JSON.stringify(manifest).replace('"class":"none"', '"class":"boom"')))).toBe(false);
  });

  test('carries effects as they hold at the site: one table for each set of facts that matter', async () => {
    const fields = {
      size: defaulted(integer(), 1, {
        section: 'other',
        effects: {
          any: [
            { class: 'daemon-restart', reason: 'old', when: { slurm: '< 24.11' } },
            { class: 'reconfigure', reason: 'new' },
          ],
        },
      }),
    } as const satisfies Fields<{ size?: number }>;
    class Part extends Noun<typeof fields> {
      static readonly kind = 'Part';
      static readonly fields = fields;
      static readonly lifecycle = { added: NO_EFFECT('x'), removed: NO_EFFECT('x') };
      constructor(
        scope: Construct,
        id: string,
        readonly slurm: string,
      ) {
        super(scope, id, Part, {});
      }
      override siteFacts() {
        return { slurm: this.slurm };
      }
    }
    const app = new App({ projectDir: '/', renderers: [] });
    new Part(app, 'a', '22.05');
    new Part(app, 'b', '24.11');
    new Part(app, 'c', '24.11');
    const { manifest } = await synthesize(app);
    expect(Object.values(manifest?.constructs ?? {}).map(({ table }) => table)).toEqual([
      'Part/slurm-22.05',
      'Part/slurm-24.11',
      'Part/slurm-24.11',
    ]);
    expect(manifest?.tables['Part/slurm-22.05']?.fields.size?.effects).toEqual({
      any: { class: 'daemon-restart', reason: 'old' },
    });
    expect(manifest?.tables['Part/slurm-24.11']?.fields.size?.effects.any?.class).toBe('reconfigure');
  });

  test('says what holds for the keys of a map that the constructs of a table have, and of no others', async () => {
    const cluster = (slurm: '22.05' | '24.11', key: string) =>
      define((app) => {
        const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
        for (const [id, controller] of [
          ['one', 'ctl1'],
          ['two', 'ctl2'],
        ] as const) {
          const options: Record<string, string> =
            id === 'one' ? { [key]: 'sched/builtin', MinJobAge: '60' } : { TCPTimeout: '5' };
          const hpc = new SlurmCluster(site, id, { slurm, controller, options });
          const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
          hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: `${id}[1-2]`, type })] });
        }
      }).synthesize({ projectDir: packageRoot() });
    const old = (await cluster('22.05', 'schedulertype')).manifest?.tables['SlurmCluster/slurm-22.05']?.fields.options;
    expect(Object.keys(old?.keys ?? {})).toEqual(['MinJobAge', 'TCPTimeout', 'schedulertype']);
    expect(old?.keys?.MinJobAge).toMatchObject({ section: 'other', effects: { any: { class: 'reconfigure' } } });
    expect(old?.keys?.MinJobAge?.type).toEqual({ codec: 'integer' });
    expect(old?.keys?.schedulertype).toMatchObject({
      section: 'disruption',
      effects: { any: { class: 'daemon-restart', steps: ['restart slurmctld'] } },
    });
    const { manifest } = await cluster('24.11', 'SchedulerType');
    const now = manifest?.tables['SlurmCluster/slurm-24.11']?.fields;
    expect(now?.options?.keys?.SchedulerType?.effects.any?.class).toBe('reconfigure');
    expect(now?.controller?.keys).toBeUndefined();
    expect(manifest?.tables['Partition/slurm-24.11']?.fields.options?.keys).toBeUndefined();
    validate(JSON.parse(JSON.stringify(manifest)));
    expect(validate.errors).toBeNull();
  });

  test('and every file of 100,000 hosts are as large as those of 10, but for the digits', async () => {
    const bytes = async (hosts: string) => {
      const definition = define((app) => {
        const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
        const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1' });
        const nodes = hpc.addNodes('cpu', {
          hosts,
          type: NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) }),
        });
        hpc.addPartition('batch', { nodes: [nodes] });
      });
      const { files, manifest } = await definition.synthesize({ projectDir: packageRoot() });
      const contents = [...files.values()].map(({ content }) => content.replace(/sha256.*/g, ''));
      return contents.join('').length + JSON.stringify(manifest?.constructs).length;
    };
    const few = await bytes('cn[000001-000010]');
    expect(few).toBeGreaterThan(1000);
    expect(await bytes('cn[000001-065000],dn[00001-35000]')).toBeLessThan(few + 200);
  });
});

describe('reading a manifest', () => {
  const old = {
    format: 'hpcdk-manifest',
    version: MANIFEST_VERSION - 1,
    tool: '0.0.1',
    tables: { Site: { kind: 'Site', fields: {}, lifecycle: { added: {}, removed: {} } } },
    constructs: {},
    files: {},
    renames: {},
  };

  test('takes the version before and gives the present form', () => {
    const manifest = readManifest(JSON.stringify(old)) as Manifest;
    expect(manifest).toMatchObject({ version: MANIFEST_VERSION, tables: { Site: { kind: 'Site', docs: '' } } });
    expect(validate(manifest)).toBe(true);
  });

  test('keeps what it does not know', () => {
    expect(readManifest(JSON.stringify({ ...old, later: 1 }))).toMatchObject({ later: 1 });
  });

  test.each([
    ['no JSON', '{', 'HPC2520'],
    ['another file', '{"format":"x"}', 'HPC2520'],
    ['a newer one', JSON.stringify({ ...old, version: MANIFEST_VERSION + 1 }), 'HPC2521'],
    ['a much older one', JSON.stringify({ ...old, version: 0 }), 'HPC2521'],
  ])('refuses %s', (_, text, code) => expect(readManifest(text)).toMatchObject({ code }));

  const file = { sha256: '1', mode: '0644', owner: '' };
  test.each([
    ['without a part', { files: undefined }, 'it has no files'],
    ['with a list in the place of a part', { tables: [] }, 'it has no tables'],
    ['with half a construct', { constructs: { site: { table: 'Site', values: {} } } }, "'site' of its constructs"],
    ['with no construct at a path', { constructs: { site: null } }, "'site' of its constructs"],
    ['with a file outside', { files: { '../secrets': file } }, "the file '../secrets' leaves the output"],
    ['with a file at the root', { files: { '/etc/shadow': file } }, "the file '/etc/shadow' leaves the output"],
  ])('refuses one %s: it is damaged, or not from hpcdk', (_, part, message) =>
    expect(readManifest(JSON.stringify({ ...old, ...part }))).toMatchObject({
      code: 'HPC2520',
      message: expect.stringContaining(message) as string,
    }),
  );
});
