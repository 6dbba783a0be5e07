/** Beyond this many changed lines a diff helps nobody, and its cost grows with their square. */
const MAX_EDITS = 2000;

/**
 * Unified diff from the bytes on disk to those of this synth (none: the file goes away).
 * Undefined for binary files, and when nearly nothing is alike.
 */
export function editDiff(path: string, disk: Uint8Array, next: Uint8Array | undefined): string | undefined {
  const [before, after] = [Buffer.from(disk), Buffer.from(next ?? [])];
  if (before.includes(0) || after.includes(0)) return undefined;
  // Loaded late: only a refusal needs it.
  const { createTwoFilesPatch } = require('diff') as typeof import('diff');
  return createTwoFilesPatch(
    path,
    next ? path : '/dev/null',
    before.toString(),
    after.toString(),
    'on disk',
    next ? 'this synth' : 'no longer in the output',
    { maxEditLength: MAX_EDITS },
  );
}
