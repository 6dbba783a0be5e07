import type { TreeNode } from '../../../lib/cli/result';
import { terminalResult } from '../../../lib/cli/terminal/results';
import { styleFor } from '../../../lib/cli/terminal/style';

const style = styleFor({ env: {} });
const node = (id: string, files: readonly string[], children: readonly TreeNode[] = []): TreeNode => ({
  path: id,
  id,
  kind: 'Site',
  files,
  children,
});
const numbered = (folder: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${folder}/${n}.lua`);

test('GIVEN a construct with a few files THEN tree lists each, before what is below it', () => {
  const constructs = [node('campus', ['sites/campus/a', 'sites/campus/b'], [node('hpc', [])])];

  expect(terminalResult({ code: 'tree', constructs }, style)).toBe(`campus Site
├─ sites/campus/a
├─ sites/campus/b
└─ hpc Site
`);
});

test('GIVEN a construct with many files THEN tree counts them by folder', () => {
  const files = [...numbered('sites/campus/modules/gcc', 40), 'sites/campus/slurm/hpc/slurm.conf'];

  expect(terminalResult({ code: 'tree', constructs: [node('campus', files)] }, style)).toBe(`campus Site
├─ sites/campus/modules  40 files
└─ sites/campus/slurm  1 file
`);
});

test('GIVEN many kinds THEN the line that counts them is broken', () => {
  const declared = Array.from({ length: 12 }, (_, n) => ({ kind: `acme.Kind${n}`, count: 1 }));

  const text = terminalResult(
    { code: 'check.current', output: 'cdktf.out', declared, write: [], remove: [], unchanged: 0 },
    style,
  );

  expect(text).toContain('Declared: 1 kind0, 1 kind1,');
  expect(text).toMatch(/,\n {2}1 kind/);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(100);
});
