import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declare } from '../../../lib/app/definition';
import type { Diff } from '../../../lib/diff';
import { terminalDiff } from '../../../lib/diff/views/terminal';
import { ExistingNfs, type SlurmClusterProps } from '../../../lib/index';
import { declareCampus } from '../cloud/campus';
import { diffOf } from '../support/sides';
import { plain } from '../views/support';

const page = readFileSync(join(__dirname, '../../../docs/diff/parity.md'), 'utf8');
const shown = (example: string): string =>
  new RegExp(`^\`\`\`text ${example}\\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? 'nothing is shown';
/** Where a construct of a test stands says nothing to a reader of the page. */
const text = ({ entries, ...diff }: Diff): string =>
  terminalDiff({ ...diff, entries: entries.map(({ source: _, ...entry }) => entry) }, plain, { width: 110 });

type Campus = ReturnType<typeof declareCampus>;
const campus =
  (more: (campus: Campus) => void, cluster: Partial<SlurmClusterProps> = {}): Declare =>
  (app) => {
    const declared = declareCampus(app, { burst: { image: 'ami-0123456789abcdef0' } }, {}, cluster);
    declared.hpc.addPartition('mixed', { nodes: [...declared.hpc.floorPools, ...declared.nodes] });
    more(declared);
  };
const filer = (mount: (data: ExistingNfs, campus: Campus) => void) =>
  campus((one) =>
    mount(new ExistingNfs(one.site, 'data', { server: 'filer', export: '/vol/data', path: '/data' }), one),
  );
const onTheFloor = filer((data, { hpc }) => data.mountOn(hpc.floorPools[0]!));

describe('the page of premises and cloud shows what a diff says', () => {
  test('of a mount on one side', async () => {
    expect(
      text(
        await diffOf(
          filer(() => undefined),
          onTheFloor,
        ),
      ),
    ).toContain(shown('mount'));
  });

  test('of one that is on both by now', async () => {
    expect(
      text(
        await diffOf(
          onTheFloor,
          filer((data, { hpc }) => data.mountOn(hpc)),
        ),
      ),
    ).toContain(shown('mended').trim());
  });

  test('of Slurm upgraded', async () => {
    const nothing = () => undefined;

    expect(text(await diffOf(campus(nothing), campus(nothing, { slurm: '23.11' })))).toContain(shown('slurm'));
  });
});
