import fc from '../../fast-check';
import { ancestors, checkOutput, pathFault } from '../../../lib/app/output/output';
import { outputOf } from './support';

const codes = (files: Record<string, string>) => checkOutput(outputOf(files)).map(({ code, path }) => [code, path]);

test.each([
  ['', 'is empty'],
  ['/etc/passwd', 'is absolute'],
  ['../x', 'has the segment ".."'],
  ['a/../x', 'has the segment ".."'],
  ['./x', 'has the segment "."'],
  ['a//b', 'has an empty segment'],
  ['a/', 'has an empty segment'],
  ['a\0b', 'has a control character'],
  ['a\nb', 'has a control character'],
  ['a\ud800', 'is no Unicode text'],
  [`${'é'.repeat(128)}/x`, 'has a segment of more than 255 bytes'],
  ['hpcdk', 'is kept for the commit itself'],
  ['hpcdk/owned.json', 'is kept for the commit itself'],
  ['hpcdk/.lock', 'is kept for the commit itself'],
  ['HPCDK/.stage/0', 'is kept for the commit itself'],
])('path %j %s', (path, fault) => {
  expect(pathFault(path)).toBe(fault);
  expect(codes({ [path]: '' })).toEqual([['HPC2601', path]]);
});

test('plain paths are accepted', () => {
  for (const path of ['a', 'a/b.c/d-e', '.hidden', '...', 'hpcdk/manifest.json', 'größe/日本']) {
    expect(pathFault(path)).toBeUndefined();
  }
});

test('GIVEN paths that differ in case only, or in how an accent is written THEN both are refused', () => {
  expect(codes({ 'a/Slurm.conf': '', 'a/slurm.conf': '' })).toEqual([['HPC2602', 'a/slurm.conf']]);
  expect(codes({ 'caf\u00e9': '', 'cafe\u0301': '' })).toEqual([['HPC2602', 'cafe\u0301']]);
});

test('GIVEN a file that is also a folder of another, in whatever case THEN it is refused', () => {
  expect(codes({ A: '', 'a/b/c': '' })).toEqual([['HPC2602', 'a/b/c']]);
});

test('GIVEN a mode that is none of the three THEN it is refused', () => {
  const problems = checkOutput(new Map([['a', { content: '', mode: 0o666 }]]));
  expect(problems).toMatchObject([{ code: 'HPC2603', message: 'mode 0666 of "a" is none of 0644, 0755 and 0600' }]);
});

test('an accepted path never leaves its folder', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', '.', '..', '', '\0', 'b')), (segments) => {
      const path = segments.join('/');
      const plain = segments.length > 0 && segments.every((segment) => segment === 'a' || segment === 'b');
      expect(pathFault(path) === undefined).toBe(plain);
    }),
  );
  expect(ancestors('a/b/c')).toEqual(['a', 'a/b']);
});
