import type { App } from '../../lib/app/app';
import { Bucket } from '../../lib/cloud/bucket';
import { Purchase } from '../../lib/compute/purchase';
import { diffSides } from '../../lib/diff/diff';
import { placeLines } from '../../lib/diff/views/summary';
import { declareCampus } from './cloud/campus';
import { diffOf, sideOf } from './support/sides';

const pool = { purchase: Purchase.spot(), instanceTypes: ['c7i.24xlarge'], max: 4 };
const campus =
  (burst: object = {}, settings: object = {}, bucket?: string) =>
  (app: App): void => {
    const { aws } = declareCampus(app, { burst: { ...pool, ...burst } }, { region: 'us-east-1', ...settings });
    if (bucket !== undefined) new Bucket(aws, bucket, { name: 'hpc-example-edu-cache' });
  };

test('a change of a pool is one of the site and of the cloud, with what Terraform counts', async () => {
  const diff = await diffOf(campus(), campus({ instanceTypes: ['c6i.24xlarge'] }));
  expect(diff.places).toMatchObject([
    { path: 'aws', kind: 'AwsCloud', resources: { added: 0, replaced: 0, removed: 0, moved: 0 } },
    { path: 'campus', kind: 'Site', entries: 1 },
  ]);
  expect(diff.places?.[0]?.resources?.changed).toBeGreaterThan(0);
  expect(placeLines(diff)).toEqual([
    expect.stringMatching(/^AWS cloud aws: \d+ changes?, worst: rolling drain; terraform: \d+ to change$/),
    'site campus: 1 change, worst: rolling drain',
  ]);
});

test('what is replaced, what comes and goes, and what only moved are counted apart', async () => {
  const region = await diffOf(campus(), campus({}, { region: 'us-west-2' }));
  expect(region.places?.find(({ path }) => path === 'aws')?.resources?.replaced).toBeGreaterThan(0);

  const coming = await diffOf(campus(), campus({}, {}, 'cache'));
  const resources = coming.places?.find(({ path }) => path === 'aws')?.resources;
  expect(resources).toMatchObject({ changed: 0, replaced: 0, removed: 0, moved: 0 });
  expect(resources?.added).toBeGreaterThan(1);

  const moved = await diffOf(campus({}, {}, 'cache'), (app) => {
    campus({}, {}, 'store')(app);
    app.rename('aws/cache', 'aws/store');
  });
  const { added, removed, moved: elsewhere } = moved.places?.[0]?.resources ?? {};
  expect([added, removed, elsewhere]).toEqual([0, 0, resources?.added]);
});

test('a place in which nothing changes is left out; one alone is not named, its stack is', async () => {
  const side = await sideOf('a', campus());
  expect(diffSides(side, side).places).toBeUndefined();

  const coming = await diffOf(campus(), campus({}, {}, 'cache'));
  expect(coming.places?.map(({ path }) => path)).toEqual(['aws']);
  expect(placeLines(coming)).toEqual([expect.stringMatching(/; terraform: \d+ to add$/)]);
  expect(placeLines({ ...coming, places: [{ path: 'campus', kind: 'Site', entries: 1, worst: 'none' }] })).toEqual([]);
});

test('of manifests alone no resource is counted', async () => {
  const [before, after] = await Promise.all([sideOf('a', campus()), sideOf('b', campus({ max: 8 }))]);
  const bare = [before, after].map(({ label, manifest }) => ({ label, manifest, sources: {} })) as [
    typeof before,
    typeof before,
  ];
  const { places = [] } = diffSides(...bare);
  expect(places.map(({ path }) => path)).toContain('campus');
  expect(places.filter(({ resources }) => resources)).toEqual([]);
});
