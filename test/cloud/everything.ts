import { Bucket } from '../../lib/cloud/bucket';
import { Budget } from '../../lib/cloud/budget';
import { Efs } from '../../lib/cloud/efs';
import { FsxLustre } from '../../lib/cloud/fsx-lustre';
import { ExistingNfs } from '../../lib/storage/existing-nfs';
import { SecretRef } from '../../lib/values/secret-ref';
import { Money } from '../../lib/values/money';
import { Size } from '../../lib/values/size';
import { campus } from './campus';

/** A campus with one of everything that a cloud can have. */
export function everything() {
  const made = campus(
    {
      burst: {},
      gpu: {
        instanceTypes: ['p5.48xlarge'],
        max: 4,
        efa: true,
        placement: true,
        key: SecretRef.ssmParameter('/hpc/munge-key'),
      },
      single: { multithreading: false, zones: ['eu-central-1b'], image: 'ami-0123456789abcdef0' },
    },
    { cloud: { nameServers: ['10.0.0.53'], tags: { 'cost-centre': 'Süd 4711 / a=b+c:d@e' } } },
  );
  const { aws, site, hpc, burst } = made;
  new Bucket(aws, 'cache', { name: 'hpc-example-cache' });
  new Budget(aws, 'month', { limit: Money.of(1000, 'USD'), notify: ['hpc@example.edu'], of: 'cloud' });
  new Efs(aws, 'home', { path: '/cloud/home' }).mountOn(hpc);
  new FsxLustre(aws, 'scratch', { path: '/scratch', capacity: Size.gib(1200) }).mountOn(burst[0]!);
  new ExistingNfs(site, 'apps', { server: 'filer.hpc.example.edu', export: '/apps', path: '/apps' }).mountOn(hpc, {
    readOnly: true,
  });
  return made;
}
