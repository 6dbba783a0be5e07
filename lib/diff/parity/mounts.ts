import { lastPart } from '../words';
import {
  aspect,
  type Aspect,
  type Look,
  type Meeting,
  type MountOf,
  type PoolOf,
  text,
  texts,
  type Topic,
} from './aspect';

const MOUNTS: Topic = {
  name: 'mounts',
  differs: (names, { premises, cloud, jobs }, was, is) => {
    if (is === undefined) return `${jobs} find ${names} on ${premises}, not on ${cloud}`;
    if (was === undefined) return `${jobs} find ${names} on ${cloud}, not on ${premises}`;
    const [a, b] = [was, is].map((value) => value.replace(/^(ro|rw) /, '')) as [string, string];
    if (a === b) {
      const [writable, readable] = was.startsWith('rw ') ? [premises, cloud] : [cloud, premises];
      return `${jobs} can write at ${names} on ${writable}, and only read on ${readable}`;
    }
    return `${names} is ${lastPart(a)} on ${premises} and ${lastPart(b)} on ${cloud}: ${jobs} find other files there`;
  },
};

/** What is mounted where: which file system, and whether it can be written to. */
export const mounts: Look = (meeting) =>
  [...new Set(meeting.mounts.map(({ at }) => at))].flatMap((at) =>
    aspect(
      MOUNTS,
      at,
      poolsOf(meeting).map((pool) => [pool.path, mountedText(mountOn(pool, at, meeting))]),
      meeting.mounts.filter((one) => one.at === at).flatMap(({ path, system }) => [path, `${system}#path`]),
    ),
  );

const mountedText = (mount: MountOf | undefined): string | undefined =>
  mount && `${mount.readOnly ? 'ro' : 'rw'} ${mount.system}`;

export const poolsOf = ({ premises, cloud }: Meeting): readonly PoolOf[] => [...premises, ...cloud];

const isOn = ({ on }: MountOf, pool: PoolOf, { cluster }: Meeting): boolean => on === cluster || on === pool.path;

const mountOn = (pool: PoolOf, at: string, meeting: Meeting): MountOf | undefined =>
  meeting.mounts.find((mount) => mount.at === at && isOn(mount, pool, meeting));

const isBelow = (path: string, at: string): boolean => path === at || path.startsWith(`${at.replace(/\/$/, '')}/`);

/** The mount that a path of the nodes of a pool stands below. */
function mountAbove(path: string, pool: PoolOf, meeting: Meeting): MountOf | undefined {
  const above = meeting.mounts.filter((mount) => isOn(mount, pool, meeting) && isBelow(path, mount.at));
  return above.reduce<MountOf | undefined>((a, b) => (a && a.at.length >= b.at.length ? a : b), undefined);
}

/** Whether a path stands on a file system that all nodes of the cluster mount. */
export const isShared = (path: string, { mounts, cluster }: Meeting): boolean =>
  mounts.some(({ on, at }) => on === cluster && isBelow(path, at));

const PREFIXES: Topic = {
  name: 'software',
  differs: (names, { premises, cloud }, _was, is) =>
    is === undefined
      ? `${names} stands on a file system of ${premises} that ${cloud} do not mount`
      : `${names} stands on another file system on ${premises} than on ${cloud}`,
};

/** Where the releases and modules stand that users of the cluster are offered: on which of the mounts. */
export const prefixes: Look = (meeting) => {
  const { premises } = meeting;
  const { constructs } = meeting.site.manifest;
  return offered(meeting).flatMap(({ provided, tree, stacks }): Aspect[] => {
    const places = [
      { path: tree, root: text(constructs[tree]?.values.root), of: 'the module tree' },
      ...stacks.map((path) => ({ path, root: text(constructs[path]?.values.root), of: 'the software of' })),
    ];
    return places.flatMap(({ path, root, of }) => {
      const onMounts = poolsOf(meeting).map((pool) => [pool.path, mountAbove(root, pool, meeting)?.system] as const);
      // what every node has on its own disk is compared by what plays give
      if (!premises.some((pool) => mountAbove(root, pool, meeting))) return [];
      const around = meeting.mounts.filter((mount) => isBelow(root, mount.at)).map((mount) => mount.path);
      const behind = [`${path}#root`, provided, `${tree}#stacks`, ...around];
      return aspect(PREFIXES, `${of} ${lastPart(path)}`, onMounts, behind);
    });
  });
};

/** Modules that a cluster offers its users, with the tree and the stacks in it. */
export interface Offered {
  readonly provided: string;
  readonly tree: string;
  readonly stacks: readonly string[];
}

/** The modules that a cluster offers. */
export function offered({ cluster, site }: Meeting): Offered[] {
  const folder = `${cluster}/modules/`;
  return site.constructs.flatMap(([provided, { values }]) => {
    const tree = provided.startsWith(folder) ? text(values.tree) : '';
    return tree === '' ? [] : [{ provided, tree, stacks: texts(site.manifest.constructs[tree]?.values.stacks) }];
  });
}
