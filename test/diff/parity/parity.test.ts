import fc from '../../fast-check';
import type { App } from '../../../lib/app/app';
import type { BurstPoolProps } from '../../../lib/compute/burst-pool';
import type { Declare } from '../../../lib/app/definition';
import type { Diff } from '../../../lib/diff';
import { type Gate, parseGates } from '../../../lib/diff/gate';
import { aspectsOf, differencesIn } from '../../../lib/diff/parity/differences';
import { meetingsOf } from '../../../lib/diff/parity/meetings';
import { mended, sentences } from '../../../lib/diff/parity/sentences';
import { briefDiff } from '../../../lib/diff/views/brief';
import { htmlDiff } from '../../../lib/diff/views/html';
import { markdownDiff } from '../../../lib/diff/views/markdown';
import { sarifDiff } from '../../../lib/diff/views/sarif';
import { terminalDiff } from '../../../lib/diff/views/terminal';
import { yaml } from '../../../lib/documents/yaml';
import {
  Compiler,
  Document,
  ExistingLustre,
  ExistingNfs,
  Host,
  ModuleTree,
  NodeType,
  Package,
  Service,
  Site,
  Size,
  SlurmCluster,
  SoftwareStack,
  User,
} from '../../../lib/index';
import type { Manifest } from '../../../lib/app/manifest';
import type { Json } from '../../../lib/values/json';
import { declareCampus } from '../cloud/campus';
import { diffOf, sideOf } from '../support/sides';
import { plain } from '../views/support';

type Campus = ReturnType<typeof declareCampus> & { readonly app: App };

/** A small campus: cn[001-064] on the floor, hpc-burst-[0-31] in the cloud. */
const campus =
  (more: (campus: Campus) => void = () => undefined, burst: Partial<BurstPoolProps> = {}): Declare =>
  (app) =>
    more({ ...declareCampus(app, { burst: { image: 'ami-0123456789abcdef0', ...burst } }), app });

const floor = ({ hpc }: Campus) => hpc.floorPools[0]!;

/** What is said of the two sides, beside what else an entry says. */
const said = ({ entries }: Diff): string[] =>
  entries.flatMap(({ notes }) => notes.filter((note) => /cloud nodes/.test(note)));
const marked = ({ entries }: Diff): string[] =>
  entries.filter(({ marks }) => marks.includes('one-sided')).map(({ title }) => title);

const nfs = (site: Site, path: string) => new ExistingNfs(site, path.slice(1), { server: 'filer', export: path, path });
const shared = ({ hpc, nodes }: Campus) => hpc.addPartition('mixed', { nodes: [hpc.floorPools[0]!, ...nodes] });
const stack = (site: Site, targets: readonly ('x86_64_v3' | 'x86_64_v4')[]) =>
  new SoftwareStack(site, 'release', {
    release: '2026.1',
    recipes: { tag: 'v2025.11.0' },
    compilers: [Compiler.gcc('13.3.0', { external: '/opt/gcc' })],
    targets: [...targets],
    specs: ['openblas@0.3.30'],
  });

describe('mounts', () => {
  const scratch = (campus: Campus) =>
    new ExistingLustre(campus.site, 'scratch', { mgs: ['mgs1@o2ib'], name: 'scratch', path: '/scratch' });

  test('on the premises only, in a partition with nodes of both', async () => {
    const diff = await diffOf(
      campus(shared),
      campus((one) => {
        shared(one);
        scratch(one).mountOn(floor(one));
      }),
    );

    expect(said(diff)).toEqual([
      'jobs of partition mixed find /scratch on cn[001-064], not on cloud nodes hpc-burst-[0-31]',
    ]);
    expect(marked(diff)).toEqual(['mount campus.scratch added']);
    expect(diff.summary.oneSided).toBe(1);
  });

  test('in the cloud only, of a cluster whose partitions have nodes of one side each', async () => {
    const diff = await diffOf(
      campus(({ site, hpc }) => nfs(site, '/home').mountOn(hpc)),
      campus(({ site, hpc, nodes }) => {
        nfs(site, '/home').mountOn(hpc);
        nfs(site, '/fast').mountOn(nodes[0]!);
      }),
    );

    expect(said(diff)).toEqual(['jobs find /fast on cloud nodes hpc-burst-[0-31], not on cn[001-064]']);
  });

  test('on both: nothing but what the image needs, and that once', async () => {
    const one = campus(({ site, hpc }) => nfs(site, '/home').mountOn(hpc));
    const two = campus(({ site, hpc }) => {
      nfs(site, '/home').mountOn(hpc);
      nfs(site, '/apps').mountOn(hpc);
    });

    expect(said(await diffOf(campus(), one))).toEqual([
      'cloud nodes hpc-burst-[0-31] mount it when they boot: without the NFS client in their image (ami-0123456789abcdef0) slurmd does not start there',
    ]);
    expect(said(await diffOf(one, two))).toEqual([]);
  });

  test('another file system, and one that can only be read', async () => {
    const both = (readOnly: boolean, other: boolean) =>
      campus((one) => {
        const home = nfs(one.site, '/home');
        home.mountOn(floor(one));
        if (other) nfs(one.site, '/cloud').mountOn(one.nodes[0]!, { path: '/home' });
        else home.mountOn(one.nodes[0]!, { readOnly });
      });

    expect(said(await diffOf(both(false, false), both(true, false)))).toEqual([
      'jobs can write at /home on cn[001-064], and only read on cloud nodes hpc-burst-[0-31]',
    ]);
    expect(said(await diffOf(both(false, false), both(false, true)))).toEqual([
      '/home is home on cn[001-064] and cloud on cloud nodes hpc-burst-[0-31]: jobs find other files there',
    ]);
  });

  test('what differed before is not said again, and what no longer does is', async () => {
    const apart = (one: Campus) => {
      nfs(one.site, '/home').mountOn(one.hpc);
      nfs(one.site, '/data').mountOn(floor(one));
    };
    const together = ({ site, hpc }: Campus) => {
      nfs(site, '/home').mountOn(hpc);
      nfs(site, '/data').mountOn(hpc);
    };
    const more = (one: Campus) => {
      apart(one);
      one.hpc.addPartition('more', { nodes: [floor(one)] });
    };

    expect(said(await diffOf(campus(apart), campus(more)))).toEqual([]);
    const again = await diffOf(campus(apart), campus(together));
    expect(said(again)).toEqual(['mended: cn[001-064] and cloud nodes hpc-burst-[0-31] no longer differ in /data']);
    expect(marked(again)).toEqual([]);
    expect(again.summary.oneSided).toBeUndefined();
  });
});

describe('Slurm', () => {
  const release =
    (slurm: '22.05' | '23.11', image: string): Declare =>
    (app) =>
      void declareCampus(app, { burst: { image } }, {}, { slurm });

  test('of another release, with an image that stays', async () => {
    const diff = await diffOf(release('22.05', 'ami-0123456789abcdef0'), release('23.11', 'ami-0123456789abcdef0'));

    expect(said(diff)).toEqual([
      'cloud nodes hpc-burst-[0-31] boot ami-0123456789abcdef0, with the Slurm that it was built with: make an image with 23.11',
    ]);
    expect(marked(diff)).toEqual(['Slurm cluster hpc: slurm 22.05 → 23.11']);
  });

  test('of another release, with an image that a parameter names', async () => {
    const diff = await diffOf(release('22.05', '/hpc/compute'), release('23.11', '/hpc/compute'));

    expect(said(diff)[0]).toContain('boot the image that /hpc/compute names, with the Slurm that it was built with');
  });

  test('of another release, with another image', async () => {
    const diff = await diffOf(release('22.05', 'ami-0123456789abcdef0'), release('23.11', 'ami-0123456789abcdef1'));

    expect(said(diff)).toEqual([]);
  });
});

describe('software', () => {
  const offered = (targets: readonly ('x86_64_v3' | 'x86_64_v4')[]) => (one: Campus) => {
    nfs(one.site, '/apps').mountOn(one.hpc);
    const tree = new ModuleTree(one.site, 'modules', { stacks: [stack(one.site, targets)], writer: 'ctl1' });
    one.hpc.provide(tree);
  };
  const amd = { instanceTypes: ['c6a.24xlarge', 'm6a.24xlarge'] };

  test('for a target that types of a pool do not run', async () => {
    const diff = await diffOf(campus(offered(['x86_64_v3']), amd), campus(offered(['x86_64_v3', 'x86_64_v4']), amd));

    expect(said(diff)).toContain(
      'release for x86_64_v4 does not run on c6a.24xlarge, m6a.24xlarge: cloud nodes hpc-burst-[0-31] load what is built for x86_64_v3',
    );
    expect(marked(diff)).toEqual(['software stack release: targets + x86_64_v4']);
  });

  test('for no target that they run', async () => {
    const diff = await diffOf(campus(offered(['x86_64_v4'])), campus(offered(['x86_64_v4']), amd));

    expect(said(diff)).toEqual([
      'release for x86_64_v4 does not run on c6a.24xlarge, m6a.24xlarge: cloud nodes hpc-burst-[0-31] find no modules of it',
    ]);
  });

  test('runs again on other types', async () => {
    const both = offered(['x86_64_v3', 'x86_64_v4']);

    expect(said(await diffOf(campus(both, amd), campus(both)))).toEqual([
      'mended: cn[001-064] and cloud nodes hpc-burst-[0-31] no longer differ in release for x86_64_v4',
    ]);
  });

  test('that is offered: Lmod and its profile come from the image', async () => {
    const one = (campus: Campus) => void nfs(campus.site, '/apps').mountOn(campus.hpc);

    expect(said(await diffOf(campus(one), campus(offered(['x86_64_v3']))))).toEqual([
      'a play gives cn[001-064] Lmod, /etc/profile.d/z01_modules.sh; cloud nodes hpc-burst-[0-31] have what is in their image (ami-0123456789abcdef0)',
    ]);
  });

  test('on a file system that the cloud does not mount', async () => {
    const at = (root: string) => (one: Campus) => {
      nfs(one.site, '/apps').mountOn(one.hpc);
      nfs(one.site, '/opt').mountOn(floor(one));
      const tree = new ModuleTree(one.site, 'modules', {
        stacks: [stack(one.site, ['x86_64_v3'])],
        root,
        writer: 'ctl1',
      });
      one.hpc.provide(tree);
    };

    expect(said(await diffOf(campus(at('/apps/modules')), campus(at('/opt/modules'))))).toContain(
      'the module tree modules stands on a file system of cn[001-064] that cloud nodes hpc-burst-[0-31] do not mount',
    );
  });
});

describe('what plays give hosts', () => {
  const image = 'cloud nodes hpc-burst-[0-31] have what is in their image (ami-0123456789abcdef0)';
  const hosts =
    (declare: (host: Host) => void, names = 'cn[001-064]') =>
    ({ site }: Campus) =>
      declare(new Host(site, 'nodes', { hosts: names }));
  const empty = campus(hosts(() => undefined));
  const file = (text: string) =>
    hosts(
      (host) =>
        void new Document(host, 'limits', {
          path: 'limits.yaml',
          format: yaml,
          content: () => ({ text }),
          host: { path: '/etc/limits.yaml' },
        }),
    );

  test('packages, services and accounts', async () => {
    const declare = (host: Host) => {
      new Package(host, 'htop');
      new Package(host, 'strace');
    };
    const more = (host: Host) => {
      declare(host);
      new Service(host, 'telegraf');
      new User(host, 'svc', { uid: 900 });
    };

    expect(said(await diffOf(empty, campus(hosts(declare))))).toEqual([
      `a play gives cn[001-064] package htop; ${image}`,
      `a play gives cn[001-064] package strace; ${image}`,
    ]);
    expect(said(await diffOf(campus(hosts(declare)), campus(hosts(more)))).sort()).toEqual([
      `a play gives cn[001-064] service telegraf; ${image}`,
      `a play gives cn[001-064] user svc; ${image}`,
    ]);
    expect(said(await diffOf(campus(), campus(hosts(more))))).toEqual([
      `a play gives cn[001-064] package htop, package strace, user svc, service telegraf; ${image}`,
    ]);
  });

  test('an account with another number, a file with another content', async () => {
    const user = (uid: number) => campus(hosts((host) => void new User(host, 'svc', { uid })));

    expect(said(await diffOf(user(900), user(901)))).toEqual([`a play gives cn[001-064] user svc; ${image}`]);
    expect(said(await diffOf(campus(file('a')), campus(file('b'))))).toEqual([
      `a play gives cn[001-064] /etc/limits.yaml; ${image}`,
    ]);
    expect(said(await diffOf(campus(file('a')), campus(file('a'))))).toEqual([]);
  });

  test('is in an image that comes with it, and said of no host that is no node', async () => {
    const htop = hosts((host) => void new Package(host, 'htop'));
    const login = hosts((host) => void new Package(host, 'htop'), 'login1');

    expect(said(await diffOf(empty, campus(htop, { image: 'ami-0123456789abcdef1' })))).toEqual([]);
    expect(said(await diffOf(campus(hosts(() => undefined, 'login1')), campus(login)))).toEqual([]);
    expect(said(await diffOf(campus(htop), empty))).toEqual([]);
  });
});

describe('what nodes of one partition offer', () => {
  const gpus = (type: string) =>
    NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256), gres: [{ name: 'gpu', type, count: 4 }] });

  test('features, GPUs and memory per CPU, where jobs meet both', async () => {
    const pools = (one: Campus) =>
      one.hpc.addNodes('gpu', { hosts: 'gn[1-8]', type: gpus('a100'), features: ['icelake', 'nvme'] });
    const apart = (one: Campus) => one.hpc.addPartition('gpu', { nodes: [pools(one)] });
    const together = (one: Campus) => one.hpc.addPartition('gpu', { nodes: [pools(one), ...one.nodes] });
    const diff = await diffOf(campus(apart), campus(together));

    expect(said(diff)).toEqual([
      'memory per CPU is 3.8 GiB on gn[1-8] and 2.0 GiB on cloud nodes hpc-burst-[0-31]: jobs of partition gpu that ask for more than 2.0 GiB leave CPUs of cloud nodes hpc-burst-[0-31] idle',
    ]);
    expect(diff.entries.flatMap(({ notes }) => notes)).toEqual(
      expect.arrayContaining([
        '--constraint=icelake, --constraint=nvme are met on gn[1-8] only: jobs of partition gpu that ask for them wait for those',
        '--gres=gpu:a100 is met on gn[1-8] only: jobs of partition gpu that ask for it wait for those',
      ]),
    );
    expect(marked(diff)).toEqual(['partition gpu: nodes + burst']);
  });

  test('a feature that both have by now', async () => {
    const with_ = (features: string[]) => campus(shared, { features, instanceTypes: ['m7i.24xlarge'] });
    const diff = await diffOf(with_(['lustre']), with_([]));

    expect(said(diff)).toEqual([
      'mended: cn[001-064] and cloud nodes hpc-burst-[0-31] no longer differ in --constraint=lustre',
    ]);
  });
});

test('a site without a cloud, a cloud without nodes on the floor and a new cluster are told nothing', async () => {
  const alone: Declare = (app) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1' });
    const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
    const cpu = hpc.addNodes('cpu', { hosts: 'cn[001-064]', type });
    hpc.addPartition('batch', { nodes: [cpu] });
    nfs(site, '/data').mountOn(cpu);
  };
  const nothing: Declare = (app) =>
    void new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const apart = campus((one) => void nfs(one.site, '/data').mountOn(floor(one)));

  for (const diff of [await diffOf(nothing, alone), await diffOf(nothing, apart)]) {
    expect(diff.entries.length).toBeGreaterThan(0);
    expect([said(diff), marked(diff)]).toEqual([[], []]);
  }
});

test('every view says it', async () => {
  const diff = await diffOf(
    campus(),
    campus((one) => void nfs(one.site, '/data').mountOn(floor(one))),
  );
  const views = [
    terminalDiff(diff, plain, { width: 500 }),
    markdownDiff(diff, { marker: 'x' }),
    htmlDiff(diff),
    JSON.stringify(sarifDiff(diff)),
  ];

  for (const view of views) {
    expect(view).toContain('premises and cloud differ from now on');
    expect(view).toMatch(/jobs find .*\/data.* on .*cn.*001-064.*, not on cloud nodes/);
    expect(view).toContain('reaches premises');
  }
  for (const view of [...views.slice(0, 3), briefDiff(diff)])
    expect(view).toContain('1 change makes premises and cloud differ');
});

test('a gate stops at it, and at nothing else', async () => {
  const [gate] = parseGates('one-sided') as readonly Gate[];
  const data = (on: (one: Campus) => Parameters<ExistingNfs['mountOn']>[0]) =>
    campus((one) => {
      nfs(one.site, '/home').mountOn(one.hpc);
      nfs(one.site, '/data').mountOn(on(one));
    });
  const [together, apart] = [data(({ hpc }) => hpc), data(floor)];

  expect(gate?.judge(await diffOf(together, apart)).failed).toBe(true);
  expect(gate?.judge(await diffOf(apart, apart)).failed).toBe(false);
  expect(gate?.judge(await diffOf(apart, together)).failed).toBe(false);
});

test('whatever a manifest holds, nothing is thrown', async () => {
  const { manifest } = await sideOf(
    'campus',
    campus((one) => {
      shared(one);
      nfs(one.site, '/apps').mountOn(one.hpc);
      one.hpc.provide(
        new ModuleTree(one.site, 'modules', { stacks: [stack(one.site, ['x86_64_v3'])], writer: 'ctl1' }),
      );
      new Package(new Host(one.site, 'nodes', { hosts: 'cn[001-064]' }), 'htop');
    }),
  );
  const paths = Object.keys(manifest.constructs);
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(...paths), fc.constant(paths)) as fc.Arbitrary<Json>;
  const fields = paths.flatMap((path) =>
    Object.keys(manifest.constructs[path]!.values).map((field) => [path, field] as const),
  );
  const changes = fc.array(fc.tuple(fc.constantFrom(...fields), odd), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(changes, (all) => {
      const constructs = structuredClone(manifest.constructs) as Record<string, { values: Record<string, Json> }>;
      for (const [[path, field], value] of all) constructs[path]!.values[field] = value;
      const changed = { ...manifest, constructs } as unknown as Manifest;
      for (const meeting of meetingsOf(changed).values()) {
        const differences = differencesIn(meeting, aspectsOf(meeting));
        expect([...sentences(differences), ...mended(differences)].every((text) => text !== '')).toBe(true);
      }
    }),
  );
});
