import type { HostFact, Phase } from '../../app/host-fact';
import type { FileOwnership, Reader } from '../../documents/document';
import type { PlannedFact, PlannedRole } from './site-plan';

/** A rendered file with its place on hosts. */
export interface PlacedFile {
  /** Absolute path on the host. */
  readonly path: string;
  /** Path below the output folder. */
  readonly source: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
  readonly ownership: FileOwnership;
  readonly readers: readonly Reader[];
  readonly phase: Phase;
  readonly groups: readonly string[];
  /** The name of the format, which says how a comment is written. */
  readonly format?: string;
  /** The content of a file that stands in the role itself: limits and kernel parameters. */
  readonly content?: string;
}

type Line = PlannedFact<Extract<HostFact, { fact: 'limit' | 'sysctl' }>>;

/** The service that applies the files of /etc/sysctl.d. */
export const SYSCTL_SERVICE = 'systemd-sysctl';

/** Every file that a role places, in the order of their paths. Limits and kernel parameters are gathered into files. */
export function placedFiles(role: PlannedRole, roleFolder: string): PlacedFile[] {
  const documents = role.facts.flatMap(({ fact, phase, groups, observed }): PlacedFile[] => {
    if (fact.fact !== 'file') return [];
    const { host, readers, format } = fact.document;
    if (!host) return [];
    const { path, owner = 'root', group = 'root', mode = fact.document.mode } = host;
    const ownership = observed ? 'observed' : (host.ownership ?? 'owned');
    return [
      { path, owner, group, mode, ownership, readers, phase, groups, source: fact.document.path, format: format.name },
    ];
  });
  const made = [
    ...gather(role, roleFolder, 'limit', '/etc/security/limits.d', []),
    ...gather(role, roleFolder, 'sysctl', '/etc/sysctl.d', [{ service: SYSCTL_SERVICE, on: 'restart' }]),
  ];
  return [...made, ...documents].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

const printLine = ({ fact }: Line): string =>
  fact.fact === 'limit' ? `${fact.domain} - ${fact.item} ${fact.value}\n` : `${fact.name} = ${fact.value}\n`;

/** One file for each set of groups that has the same lines. */
function gather(
  role: PlannedRole,
  roleFolder: string,
  kind: 'limit' | 'sysctl',
  folder: string,
  readers: readonly Reader[],
): PlacedFile[] {
  const sets = new Map<string, Line[]>();
  for (const planned of role.facts) {
    if (planned.fact.fact !== kind) continue;
    const key = `${planned.phase} ${planned.groups.join('-')}`;
    sets.set(key, [...(sets.get(key) ?? []), planned as Line]);
  }
  return [...sets.values()].map((lines) => {
    const { phase, groups } = lines[0] as Line;
    const name = [role.name, ...(groups.length < role.groups.length ? groups : [])].join('-');
    return {
      path: `${folder}/50-${name}.conf`,
      source: `${roleFolder}/files/${kind}-${name}.conf`,
      owner: 'root',
      group: 'root',
      mode: 0o644,
      ownership: 'owned',
      readers,
      phase,
      groups,
      content: lines.map(printLine).join(''),
    };
  });
}
