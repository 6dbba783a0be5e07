import type { App } from '../../../lib/app/app';
import { formerPaths } from '../../../lib/cloud/former-paths';
import { Bucket } from '../../../lib/cloud/bucket';
import { Efs } from '../../../lib/cloud/efs';
import { campus } from '../campus';
import { synth } from '../support';

interface Ids {
  readonly bucket?: string;
  readonly efs?: string;
  readonly pool?: string;
}

/** A campus whose things have ids of the test's choice. */
async function stackOf({ bucket = 'cache', efs = 'home', pool = 'burst' }: Ids, rename: (app: App) => void = () => {}) {
  const { app, aws } = campus({ [pool]: { prefix: 'hpc-burst' } });
  new Bucket(aws, bucket, { name: 'hpc-example-cache' });
  new Efs(aws, efs, { path: '/cloud/home' });
  rename(app);
  const { stack, codes } = await synth(app);
  expect(codes).toEqual([]);
  return stack('aws') as ReturnType<typeof stack> & { readonly moved?: readonly { from: string; to: string }[] };
}
const addresses = ({ resource }: Awaited<ReturnType<typeof stackOf>>) =>
  Object.entries(resource).flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`));

describe('a rename that the definition states', () => {
  test('leads every resource from its old address to its new one', async () => {
    const before = await stackOf({});
    const after = await stackOf({ bucket: 'spack', efs: 'users', pool: 'spot' }, (app) => {
      app.rename('aws/cache', 'aws/spack');
      app.rename('aws/home', 'aws/users');
      app.rename('campus/hpc/nodes/burst', 'campus/hpc/nodes/spot');
    });
    // WHEN each resource of the old stack follows the blocks THEN it is one of the new stack, and none is left
    const moved = new Map(after.moved?.map(({ from, to }) => [from, to]));
    expect(
      addresses(before)
        .map((address) => moved.get(address) ?? address)
        .sort(),
    ).toEqual(addresses(after).sort());
    expect(moved.size).toBe(addresses(before).filter((address) => !addresses(after).includes(address)).length);
  });

  test('changes no name in AWS, for most names there cannot change', async () => {
    const names = (stack: Awaited<ReturnType<typeof stackOf>>) =>
      Object.values(stack.resource)
        .flatMap((byId) => Object.values(byId))
        .map(({ name, creation_token: token, tags }) => JSON.stringify([name, token, tags]))
        .filter((text) => !text.includes('${'))
        .sort();
    const before = await stackOf({});
    const after = await stackOf({ efs: 'users', pool: 'spot' }, (app) => {
      app.rename('aws/home', 'aws/users');
      app.rename('campus/hpc/nodes/burst', 'campus/hpc/nodes/spot');
    });
    expect(names(after)).toEqual(names(before));
  });

  test('twice gives a chain in the order in which the definition states it', async () => {
    const after = await stackOf({ bucket: 'third' }, (app) => {
      app.rename('aws/first', 'aws/third');
      app.rename('aws/second', 'aws/third');
    });
    const of = (type: string) => after.moved?.filter(({ from }) => from.startsWith(`${type}.`));
    expect(of('aws_s3_bucket')).toEqual([
      {
        from: expect.stringContaining('bucket-first_') as string,
        to: expect.stringContaining('bucket-second_') as string,
      },
      {
        from: expect.stringContaining('bucket-second_') as string,
        to: expect.stringContaining('bucket-third_') as string,
      },
    ]);
  });

  test('of the cloud itself keeps stack, names and addresses: there is nothing to move', async () => {
    const old = campus();
    const now = campus();
    const before = (await synth(old.app)).stack('aws');
    now.app.rename('former', 'aws');
    const after = (await synth(now.app)).stack('former');
    expect(Object.keys(after.resource)).toEqual(Object.keys(before.resource));
    expect(after).not.toHaveProperty('moved');
  });

  test('without any there are no blocks', async () => expect(await stackOf({})).not.toHaveProperty('moved'));
});

test('a rename says what stood above, unless one says more', () => {
  const { app, burst } = campus();
  app.rename('campus/old', 'campus/hpc');
  expect(formerPaths(burst[0]!)).toEqual(['campus/old/nodes/burst']);
  app.rename('campus/old/nodes/first', 'campus/hpc/nodes/burst');
  expect(formerPaths(burst[0]!)).toEqual(['campus/old/nodes/first']);
});
