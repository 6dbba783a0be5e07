import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket } from '../../../lib/cloud/bucket';
import { Purchase } from '../../../lib/compute/purchase';
import type { Diff } from '../../../lib/diff';
import { readPrices } from '../../../lib/diff/capacity/price-table';
import { packageRoot } from '../../../lib/values/package-root';
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
  const [pool] = blocks(page('cost')) as [string[]];
  const diff = await diffOf(
    (app) => void declareCampus(app, { burst: { ...burst, max: 32 } }, { region: 'us-east-1' }),
    (app) => void declareCampus(app, { burst: { ...burst, max: 64 } }, { region: 'us-east-1' }),
  );
  expectShown(diff, pool);
  const table = /```json\n([^]*?)```/.exec(page('cost'))?.[1] ?? '';
  const refused: string[] = [];
  expect(readPrices(table, ({ message }) => refused.push(message))).toBeDefined();
  expect(refused).toEqual([]);
});
