import { Version } from '../values/version';

/** Whether a version is among those that stand after `@` in a spec: `13`, `=13.3.0`, `12:13`, `:14`, a list of these. */
export function isWithin(version: string, versions: string): boolean {
  return versions.split(',').some((range) => {
    if (range.startsWith('=')) return version === range.slice(1);
    const [low = '', high = low] = range.split(':');
    const isOldEnough = high === '' || beginsWith(version, high) || !Version.parse(version).atLeast(high);
    return isOldEnough && (low === '' || beginsWith(version, low) || Version.parse(version).atLeast(low));
  });
}

/** Spack counts 13.3.0 among the versions of 13 and of 13.3. */
const beginsWith = (version: string, start: string) =>
  version === start || (/^[.-]/.test(version.slice(start.length)) && version.startsWith(start));
