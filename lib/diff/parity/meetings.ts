import type { Manifest } from '../../app/manifest';
import { byCodeUnit } from '../../values/json';
import { kindOf } from '../change-set';
import { mountName } from '../plan/mounts';
import { clustersOf } from '../slurm/cluster';
import { lastPart } from '../words';
import { type Meeting, type MountOf, type PoolOf, type SiteOf, text } from './aspect';
import { push } from '../../values/multimap';

/** The clusters that have nodes on the premises and in a cloud, by their path. */
export function meetingsOf(manifest: Manifest): ReadonlyMap<string, Meeting> {
  if (!Object.values(manifest.tables).some(({ kind }) => kind === 'BurstPool')) return new Map();
  const mounts = mountsOf(manifest);
  const sites = sitesOf(manifest);
  const meetings = [...clustersOf(manifest).values()].flatMap(({ path, pools, partitions }): Meeting[] => {
    const ofKind = (kind: string): PoolOf[] =>
      [...pools.values()].flatMap((pool) => {
        const construct = manifest.constructs[pool.path];
        return construct && kindOf(manifest, construct) === kind && !pool.hosts.isEmpty && !pool.hosts.problem
          ? [{ path: pool.path, hosts: pool.hosts, values: construct.values }]
          : [];
      });
    const [premises, cloud] = [ofKind('NodePool'), ofKind('BurstPool')];
    if (premises.length === 0 || cloud.length === 0) return [];
    const members = [...partitions.values()].map(({ name, pools }) => ({
      name,
      paths: new Set(pools.map((pool) => pool.path)),
    }));
    const shared = (a: string, b: string) =>
      members.filter(({ paths }) => paths.has(a) && paths.has(b)).map(({ name }) => name);
    const machines = new Set([path, ...premises.map((pool) => pool.path), ...cloud.map((pool) => pool.path)]);
    const own = mounts.filter(({ on }) => machines.has(on));
    const site = sites(path);
    return [{ cluster: path, premises, cloud, shared, mounts: own, site }];
  });
  return new Map(meetings.map((meeting) => [meeting.cluster, meeting]));
}

/** Finds the site of a path. All are sorted out when one is asked for. */
function sitesOf(manifest: Manifest): (path: string) => SiteOf {
  const top = (path: string) => path.split('/', 1)[0] as string;
  const [constructs, files] = [
    new Map<string, SiteOf['constructs'][number][]>(),
    new Map<string, SiteOf['files'][number][]>(),
  ];
  return (path) => {
    if (constructs.size === 0) {
      for (const one of Object.entries(manifest.constructs)) push(constructs, top(one[0]), one);
      for (const one of Object.entries(manifest.files)) if (one[1].groups) push(files, top(one[1].owner), one);
    }
    const site = top(path);
    return { path: site, constructs: constructs.get(site) ?? [], files: files.get(site) ?? [], manifest };
  };
}

/** Every mount with the file system that it is of. */
function mountsOf(manifest: Manifest): MountOf[] {
  const constructs = Object.entries(manifest.constructs);
  const found = constructs.filter(([, construct]) => kindOf(manifest, construct) === 'Mount');
  if (found.length === 0) return [];
  const wanted = new Set(found.map(([path]) => lastPart(path)));
  const systems = new Map(
    constructs.flatMap(([path, construct]) => {
      const name = typeof construct.values.path === 'string' ? mountName(path) : '';
      return wanted.has(name) ? [[name, { path, construct }] as const] : [];
    }),
  );
  return found
    .flatMap(([path, { values }]): MountOf[] => {
      const system = systems.get(lastPart(path));
      const at = text(values.path) || text(system?.construct.values.path);
      if (!system || at === '') return [];
      const kind = kindOf(manifest, system.construct);
      return [{ path, on: text(values.on), at, readOnly: values.readOnly === true, system: system.path, kind }];
    })
    .sort((a, b) => byCodeUnit(a.path, b.path));
}
