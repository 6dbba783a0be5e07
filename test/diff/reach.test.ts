import type { Declare } from '../../lib/app/definition';
import type { Diff, Entry } from '../../lib/diff/model';
import { ExistingNfs, Host, Package, Size } from '../../lib/index';
import { declareCampus } from './cloud/campus';
import { declareSmall } from './support/campus';
import { diffOf } from './support/sides';

type Campus = ReturnType<typeof declareCampus>;

const campus =
  (more: (campus: Campus) => void = () => undefined): Declare =>
  (app) =>
    more(declareCampus(app));
const reached = ({ entries }: Diff): Record<string, Entry['reaches']> =>
  Object.fromEntries(entries.map(({ title, reaches }) => [title, reaches]));
const nfs = ({ site }: Campus) => new ExistingNfs(site, 'home', { server: 'filer', export: '/home', path: '/home' });
const both = ['premises', 'cloud'];

test('files of Slurm reach both: nodes in a cloud fetch them', async () => {
  const diff = await diffOf(
    campus(),
    campus(({ hpc }) => hpc.addPartition('more', { nodes: [hpc.floorPools[0]!] })),
  );

  expect(reached(diff)).toEqual({ 'partition more added': both });
});

test('what stands in the cloud reaches it alone', async () => {
  const disk =
    (gib: number): Declare =>
    (app) =>
      void declareCampus(app, { burst: { disk: Size.gib(gib) } });

  expect(Object.values(reached(await diffOf(disk(64), disk(128))))).toEqual([['cloud']]);
});

test('what plays give hosts reaches the premises', async () => {
  const nodes = (site: Campus['site']) => new Host(site, 'nodes', { hosts: 'cn[001-064]' });

  expect(
    reached(
      await diffOf(
        campus(({ site }) => void nodes(site)),
        campus(({ site }) => void new Package(nodes(site), 'htop')),
      ),
    ),
  ).toEqual({ 'package htop added': ['premises'] });
  expect(
    reached(
      await diffOf(
        campus(),
        campus(({ site }) => void new Package(nodes(site), 'htop')),
      ),
    ),
  ).toEqual({ 'host nodes added, with 1 construct below it': ['premises'] });
});

test('a mount reaches what it is on, and so does the path of its file system', async () => {
  const on = (target: (campus: Campus) => Parameters<ExistingNfs['mountOn']>[0], path = '/home') =>
    campus((one) => {
      const { site } = one;
      new ExistingNfs(site, 'home', { server: 'filer', export: '/home', path }).mountOn(target(one));
    });
  const none = campus((one) => void nfs(one));

  expect(
    reached(
      await diffOf(
        none,
        on(({ hpc }) => hpc),
      ),
    ),
  ).toMatchObject({ 'mount campus.home added': both });
  expect(
    reached(
      await diffOf(
        none,
        on(({ hpc }) => hpc.floorPools[0]!),
      ),
    ),
  ).toMatchObject({
    'mount campus.home added': ['premises'],
  });
  expect(
    reached(
      await diffOf(
        none,
        on(({ nodes }) => nodes[0]!),
      ),
    ),
  ).toMatchObject({
    'mount campus.home added': ['cloud'],
  });
  const moved = await diffOf(
    on(({ hpc }) => hpc),
    on(({ hpc }) => hpc, '/users'),
  );
  expect(reached(moved)).toMatchObject({ 'NFS file system home: path /home → /users': both });
});

test('what changes our records alone reaches nobody, and without a cloud nothing is said', async () => {
  const words = (...acknowledgedWords: string[]) => declareSmall({ cluster: { acknowledgedWords } });
  const longer = await diffOf(declareSmall(), declareSmall({ partitions: { batch: 7, long: 9 } }));

  expect(Object.values(reached(await diffOf(words(), words('x'))))).toEqual([undefined]);
  expect(Object.values(reached(longer))).toEqual([undefined]);
});
