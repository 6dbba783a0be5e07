import { countOf, files } from '../../../lib/cli/terminal/words';

test.each([
  [1, 'Site', '1 site'],
  [2, 'SlurmCluster', '2 slurm clusters'],
  [3, 'ModuleTree', '3 module trees'],
  [2, 'BuildCache', '2 build caches'],
  [4, 'Qos', '4 QOS'],
  [2, 'AwsCloud', '2 AWS clouds'],
  [2, 'Proxy', '2 proxies'],
  [2, 'Relay', '2 relays'],
  [2, 'Switch', '2 switches'],
  [1, 'acme.LicenceServer', '1 licence server'],
])('%d of %s is "%s"', (count, kind, words) => {
  expect(countOf(count, kind)).toBe(words);
});

test('files are counted', () => {
  expect([files(0), files(1), files(2)]).toEqual(['0 files', '1 file', '2 files']);
});
