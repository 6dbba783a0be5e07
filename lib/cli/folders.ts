import type { OutputFolder } from './result';

/** The folders that a person would open, with the number of files below them. */
export function foldersOf(paths: readonly string[]): OutputFolder[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const parts = path.split('/');
    const depth = parts[0] === 'sites' ? 3 : parts[0] === 'stacks' ? 2 : 1;
    const folder = parts.length === 1 ? path : parts.slice(0, Math.min(depth, parts.length - 1)).join('/');
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].map(([path, files]) => ({ path, files })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
