import { BuildCache } from '../../../lib/software/build-cache';
import { compared, head, software } from './support';

const cached = (signed?: boolean) => software({ stack: { buildCache: BuildCache.at('s3://cache/spack', { signed }) } });

test('packages without a signature are a matter of security', async () => {
  const { entries } = await compared(cached(true), cached(false));
  expect(entries.map(head)).toEqual([
    'security | security-broadened | software stack apps: buildCache signed yes → no',
  ]);
  expect(entries[0]?.notes.join()).toContain('whoever can write to it runs code as every user');
  expect(entries[0]?.effect.harmless).toBeUndefined();
});

test('packages with a signature again', async () => {
  const { entries } = await compared(cached(false), cached(true));
  expect(entries.map(head)).toEqual(['security | security-narrowed | software stack apps: buildCache signed no → yes']);
});

test('a cache that comes is no matter of security', async () => {
  const { entries } = await compared(software(), cached());
  expect(entries.map(({ section }) => section)).toEqual(['software']);
});
