import type { App } from '../../../lib/app/app';
import { Bucket } from '../../../lib/cloud/bucket';
import { Efs } from '../../../lib/cloud/efs';
import { diffSides } from '../../../lib/diff';
import type { Side } from '../../../lib/diff/side';
import { sideOf } from '../support/sides';
import { declareCampus } from './campus';

const RULE = 'resource.aws_vpc_security_group_ingress_rule.network-main_nodes-in-192-168-0-0-16_1D8DE980.cidr_ipv4';
const variants: Readonly<Record<string, (app: App) => void>> = {
  plain: (app) => void declareCampus(app),
  'two pools': (app) => void declareCampus(app, { burst: {}, gpu: { instanceTypes: ['p5.48xlarge'] } }),
  'other types': (app) => void declareCampus(app, { burst: { instanceTypes: ['m7i.24xlarge', 'c7i.24xlarge'] } }),
  'more networks': (app) =>
    void declareCampus(app, undefined, {
      onPremises: ['192.168.0.0/16', '172.16.0.0/12'],
      nameServers: ['172.16.0.53'],
    }),
  'no way out': (app) => void declareCampus(app, undefined, { egress: 'endpoints' }),
  'open to all': (app) => declareCampus(app).aws.override(RULE, '0.0.0.0/0'),
  data: (app) => {
    const { aws, hpc } = declareCampus(app);
    new Efs(aws, 'home', { path: '/x' }).mountOn(hpc);
    new Bucket(aws, 'cache', { name: 'hpc-example-cache' });
  },
  'no cloud': () => undefined,
};

/** What changed in security, without what it is called: broadened and narrowed things. */
function marks(before: Side, after: Side) {
  const found = diffSides(before, after).entries.flatMap((entry) => entry.marks);
  const has = (mark: string) => found.some((one) => one === mark);
  return { broadened: has('security-broadened'), narrowed: has('security-narrowed') };
}

describe('clouds compared pairwise', () => {
  let sides: readonly (readonly [string, Side])[];
  beforeAll(async () => {
    sides = await Promise.all(
      Object.entries(variants).map(async ([name, declare]) => [name, await sideOf(name, declare)] as const),
    );
  });

  test('a cloud compared with itself differs in nothing', () => {
    for (const [, side] of sides) {
      const { entries, capacity, hidden } = diffSides(side, side);
      expect({ entries, capacity, hidden }).toEqual({ entries: [], capacity: undefined, hidden: [] });
    }
  });

  test('what one direction broadens the other one narrows', () => {
    for (const [a, before] of sides) {
      for (const [b, after] of sides) {
        const [there, back] = [marks(before, after), marks(after, before)];
        expect([a, b, there]).toEqual([a, b, { broadened: back.narrowed, narrowed: back.broadened }]);
      }
    }
  });

  test('capacity and cost of one direction are those of the other one, the other way round', () => {
    for (const [, before] of sides) {
      for (const [, after] of sides) {
        const [there, back] = [diffSides(before, after), diffSides(after, before)].map(({ capacity }) => capacity);
        expect(there?.figures.map((figure) => [figure.what, figure.before, figure.after]) ?? []).toEqual(
          back?.figures.map((figure) => [figure.what, figure.after, figure.before]) ?? [],
        );
      }
    }
  });

  test('ids of entries are told apart', () => {
    for (const [, before] of sides) {
      for (const [, after] of sides) {
        const ids = diffSides(before, after).entries.map(({ id }) => id);
        expect(ids).toEqual([...new Set(ids)]);
      }
    }
  });
});
