import fc from '../../fast-check';
import type { Manifest, ManifestConstruct } from '../../../lib/app/manifest';
import { compareSides } from '../../../lib/diff/comparison';
import { fieldEntries } from '../../../lib/diff/field-entries';
import type { Side } from '../../../lib/diff/side';
import { analyseSoftware } from '../../../lib/diff/software';
import { readAdvisories } from '../../../lib/diff/software/advisories';
import { packageEntries } from '../../../lib/diff/software/package-entries';
import { readPackages } from '../../../lib/diff/software/package-table';
import type { Json } from '../../../lib/values/json';
import { ContainerImage } from '../../../lib/software/container-image';
import { sideOf } from '../support/sides';
import { gcc, openmpi, software } from './support';

const TABLE = JSON.stringify({
  format: 'hpcdk-packages',
  version: 1,
  date: '2026-11-01',
  source: 'Spack',
  packages: { hdf5: { licences: [{ when: '@1.14:+mpi', licence: 'MIT' }], builds: [{ version: 'main', seconds: 1 }] } },
});
const OSV = JSON.stringify({
  id: 'CVE-1',
  affected: [{ package: { name: 'hdf5' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }],
});

test('manifests of others are read, whatever they hold', async () => {
  // GIVEN two sites that differ in all that is looked at
  const more: Parameters<typeof software>[0] = {
    more: (site, stack) => {
      const image = `docker.io/library/debian@sha256:${'d'.repeat(64)}`;
      new ContainerImage(site, 'image', { stack, roots: ['hdf5'], base: image, builder: image, target: 'x86_64_v3' });
    },
  };
  const tree = { hidden: ['cmake'], names: { hdf5: 'HDF5' }, aliases: { make: 'cmake' } };
  const before = await sideOf('before', software(more));
  const after = await sideOf(
    'after',
    software({ ...more, tree, stack: { compilers: [gcc('14.2.0')], mpis: [openmpi('5.0.8')] } }),
  );
  const comparison = compareSides(before, after);
  const entries = fieldEntries(comparison);
  const strange = (manifest: Manifest, values: readonly Json[]): Manifest => {
    let next = 0;
    const odd = ({ values: own, ...construct }: ManifestConstruct): ManifestConstruct => ({
      ...construct,
      values: Object.fromEntries(
        Object.entries(own).map(([name, value]) => [
          name,
          next++ % 3 === 0 ? (values[next % values.length] as Json) : value,
        ]),
      ),
    });
    const constructs = Object.entries(manifest.constructs).map(([path, construct]) => [path, odd(construct)]);
    return { ...manifest, constructs: Object.fromEntries(constructs) as Manifest['constructs'] };
  };
  const knowledge = {
    packages: readPackages(TABLE, () => undefined)!,
    advisories: readAdvisories(OSV, () => undefined)!,
  };
  // WHEN fields hold anything, and files are anything
  fc.assert(
    fc.property(fc.array(fc.jsonValue() as fc.Arbitrary<Json>, { minLength: 1 }), fc.json(), (values, text) => {
      const odd = (side: Side): Side => ({ ...side, manifest: strange(side.manifest, values), read: () => text });
      // THEN there are entries, and nothing fails
      const found = analyseSoftware(entries, { ...comparison, before: odd(before), after: odd(after) });
      expect(found.length).toBeGreaterThanOrEqual(entries.length);
      const known = packageEntries(found, { ...comparison, before: odd(before), after: odd(after) }, knowledge);
      expect(known.length).toBeGreaterThanOrEqual(found.length);
    }),
    { numRuns: 50 },
  );
});
