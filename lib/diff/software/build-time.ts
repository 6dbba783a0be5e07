import { Version } from '../../values/version';
import { count } from '../words';
import type { Rebuilt } from './installed';
import type { PackageFacts, PackageTable } from './package-table';
import { some } from './words';

/** How long what is built again took to build; nothing when nothing is. */
export function buildTimeNote({ builds, rootsOnly }: Rebuilt, { packages, date }: PackageTable): string | undefined {
  if (builds.length === 0) return undefined;
  const times = builds.map(({ name, version }) => timeOf(packages.get(name), version));
  const known = times.filter((time) => time !== undefined);
  const unknown = [...new Set(builds.filter((_, index) => !times[index]).map(({ name }) => name))].sort();
  if (known.length === 0) return `build time unknown: the table of ${date} has no time of ${some(unknown)}`;
  const others = known.filter(({ isOther }) => isOther).length;
  return [
    `about ${durationText(known.reduce((sum, { seconds }) => sum + seconds, 0))} of building${rootsOnly ? ' for the roots alone' : ''}, if one is built after the other, by the times of ${date}`,
    ...(others > 0
      ? [`${others} of ${count(known.length, 'time')} ${others === 1 ? 'is' : 'are'} of another version`]
      : []),
    ...(unknown.length > 0 ? [`no time known of ${count(unknown.length, 'package')}: ${some(unknown)}`] : []),
  ].join('; ');
}

/** The time of a version: its own, that of every version, or that of the newest one that was built. */
function timeOf(facts: PackageFacts | undefined, version: string | undefined) {
  const builds = facts?.builds ?? [];
  const own = builds.find((build) => build.version === version && version !== undefined);
  const found = own ?? builds.find((build) => build.version === undefined);
  if (found) return { seconds: found.seconds, isOther: false };
  const [newest] = [...builds].sort(
    (a, b) => -Version.compare(Version.parse(a.version ?? ''), Version.parse(b.version ?? '')),
  );
  return newest && { seconds: newest.seconds, isOther: true };
}

/** `45 s`, `20 min`, `3 h 20 min`, `2 d 4 h`. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}
