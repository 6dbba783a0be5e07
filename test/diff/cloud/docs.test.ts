import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../../lib/app/app';
import { Bucket } from '../../../lib/cloud/bucket';
import { FsxLustre } from '../../../lib/cloud/fsx-lustre';
import { Purchase } from '../../../lib/compute/purchase';
import type { Diff } from '../../../lib/diff';
import { readPrices } from '../../../lib/diff/capacity/price-table';
import { packageRoot } from '../../../lib/values/package-root';
import { Power } from '../../../lib/values/power';
import { Size } from '../../../lib/values/size';
import { declareSmall } from '../support/campus';
import { diffOf } from '../support/sides';
import { declareCampus } from './campus';

const page = (name: string) => readFileSync(join(packageRoot(), 'docs', 'diff', `${name}.md`), 'utf8');

/** The blocks of a page that show an entry: its title, and some of its notes below. */
const blocks = (text: string): string[][] =>
  [...text.matchAll(/(?:^ {4}.*\n)+/gm)].map(([block]) =>
    block
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(4)),
  );

const expectShown = ({ entries }: Diff, [title, ...notes]: readonly string[]) => {
  const entry = entries.find((one) => one.title === title);
  expect([title, entry?.title]).toEqual([title, title]);
  expect(entry?.notes).toEqual(expect.arrayContaining(notes.map((note) => note.trim())));
};

test('what the page on security shows is what a diff says', async () => {
  const [slurmd, rename] = blocks(page('security')) as [string[], string[]];
  const pools = { burst: {}, gpu: {} };
  const rule = 'network-main_nodes-in-192-168-0-0-16_1D8DE980';
  const opened = await diffOf(
    (app) => void declareCampus(app, pools),
    (app) =>
      declareCampus(app, pools).aws.override(
        `resource.aws_vpc_security_group_ingress_rule.${rule}.cidr_ipv4`,
        '0.0.0.0/0',
      ),
  );
  expectShown(opened, slurmd);
  const renamed = await diffOf(
    (app) => void new Bucket(declareCampus(app).aws, 'one', { name: 'hpc-example-cache' }),
    (app) => void new Bucket(declareCampus(app).aws, 'two', { name: 'hpc-example-cache' }),
  );
  expectShown(renamed, rename);
});

test('what the page on cost shows is what a diff says, and its table is one', async () => {
  const burst = { purchase: Purchase.spot(), instanceTypes: ['c7i.24xlarge', 'c6i.24xlarge'] };
  const [pool, nodes, work] = blocks(page('cost')) as [string[], string[], string[]];
  const diff = await diffOf(
    (app) => void declareCampus(app, { burst: { ...burst, max: 32 } }, { region: 'us-east-1' }),
    (app) => void declareCampus(app, { burst: { ...burst, max: 64 } }, { region: 'us-east-1' }),
  );
  expectShown(diff, pool);
  const table = /```json\n([^]*?)```/.exec(page('cost'))?.[1] ?? '';
  const refused: string[] = [];
  const prices = readPrices(table, ({ message }) => refused.push(message));
  expect(refused).toEqual([]);

  const type = { power: Power.w(650) };
  expectShown(await diffOf(declareSmall({ type }), declareSmall({ type, hosts: 'cn[001-128]' })), nodes);
  const lustre = (gib: number) => (app: App) =>
    void new FsxLustre(declareCampus(app).aws, 'work', { path: '/work', capacity: Size.gib(gib) });
  expectShown(await diffOf(lustre(4800), lustre(9600), prices && { prices }), work);
});
