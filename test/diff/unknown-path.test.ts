import { explicableIds } from '../../lib/diff/explain';
import type { Side } from '../../lib/diff/side';
import { unknownPath } from '../../lib/diff/unknown-path';
import { diffWith, entryWith } from './support/entries';
import { manifestOf } from './support/manifests';

const construct = { table: 'Thing', values: {}, defaults: [] };
const file = { sha256: 'a', mode: '0644', owner: '' };
const side = (...paths: string[]): Side => ({
  label: 'a side',
  manifest: manifestOf(Object.fromEntries(paths.map((path) => [path, construct])), { 'sites/campus/slurm.conf': file }),
  sources: {},
});
const before = side('campus/hpc/batch', 'campus/hpc/gone', 'campus/lab/batch');
const after = side('campus/hpc/batch', 'campus/hpc/come', 'campus/lab/batch');
const entry = entryWith('campus/hpc/batch#maxTime decreased 3f9a1c', {
  path: 'campus/hpc/batch',
  field: 'maxTime',
  about: ['campus-aws/network'],
});
const diff = diffWith([entry]);
const fixOf = (path: string, ids: readonly string[] = []) => unknownPath(path, diff, before, after, ids)?.fix;

test.each([
  'campus/hpc/batch',
  'campus/hpc/batch/',
  'campus',
  'campus/hpc/gone',
  'campus/hpc/come',
  'sites/campus/slurm.conf',
  'sites',
  'campus-aws/network',
])('%s is there', (path) => {
  expect(unknownPath(path, diff, before, after)).toBeUndefined();
});

test('what is on neither side is one problem, with the paths that are written most like it', () => {
  expect(unknownPath('campus/hpc/bacth', diff, before, after)).toEqual({
    code: 'HPC2715',
    message: "neither side has 'campus/hpc/bacth'",
    fix: "did you mean 'campus/hpc/batch' or 'campus/lab/batch' or 'campus/hpc/come'?",
  });
});

test.each([
  ['the end of a path', 'batch', "did you mean 'campus/hpc/batch' or 'campus/lab/batch'?"],
  ['a file', 'sites/campus/slum.conf', "did you mean 'sites/campus/slurm.conf'?"],
  ['part of a name', 'campus/hp', "did you mean 'campus/hpc' or 'campus' or 'campus/lab'?"],
  [
    'nothing like it',
    'xyzzy',
    'name a construct, or a file or folder of the output, as hpcdk tree and the views show them',
  ],
  ['an empty one', '', 'name a construct, or a file or folder of the output, as hpcdk tree and the views show them'],
])('%s', (_what, path, fix) => {
  expect(fixOf(path)).toBe(fix);
});

test('ids are paths to explain, and to nothing else', () => {
  const ids = explicableIds(diff);

  expect(ids).toEqual([entry.id, 'campus/hpc/batch#maxTime']);
  expect(ids.map((id) => fixOf(id, ids))).toEqual([undefined, undefined]);
  expect(fixOf('campus/hpc/bacth#maxTime', ids)).toBe("did you mean 'campus/hpc/batch#maxTime'?");
  expect(fixOf(entry.id)).toBe("did you mean 'campus/hpc/batch'?");
});
