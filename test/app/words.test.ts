import { countOf, files } from '../../lib/app/words';

test.each([
  [1, 'Site', '1 site'],
  [2, 'SlurmCluster', '2 Slurm clusters'],
  [3, 'ModuleTree', '3 module trees'],
  [2, 'BuildCache', '2 build caches'],
  [4, 'Qos', '4 QOS'],
  [2, 'AwsCloud', '2 AWS clouds'],
  [1, 'SlurmDatabase', '1 Slurm database'],
  [2, 'ExistingNfs', '2 NFS file systems'],
  [1, 'ExistingLustre', '1 Lustre file system'],
  [1, 'FsxLustre', '1 FSx for Lustre file system'],
  [1, 'Efs', '1 EFS file system'],
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
