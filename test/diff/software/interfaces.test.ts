import { linkedWith, ofHostsNote } from '../../../lib/diff/software/interfaces';

test.each([
  ['cuda', '12.4.1', '12.9.1', 'runs'],
  ['cuda', '12.9.1', '12.4.1', 'is not sure to run'],
  ['cuda', '12.9.1', '13.0.0', 'is not sure to run'],
  ['CUDA', '12.9.1', '13.0.0', 'is not sure to run'],
  ['cuda', '10.1.243', '10.2.89', 'is not sure to run'],
  ['ucx', '1.15.0', '1.19.0', 'is not sure to run'],
  ['libfabric', '1.22.0', '2.1.0', 'runs'],
  ['libfabric', '2.1.0', '1.22.0', 'is not sure to run'],
  ['glibc', '2.28', '2.39', 'runs'],
  ['mvapich', '4.0', '4.1', 'is not sure to run'],
  ['cuda', '12.4.1', '12.4.1', undefined],
  ['gromacs', '2024.3', '2025.1', undefined],
  ['constructor', '1', '2', undefined],
  ['cuda', '12.4', 'a b', 'is not sure to run'],
])('what is linked with %s %s, with %s: %s', (library, from, to, expected) => {
  expect(linkedWith(library, from, to)).toBe(expected);
});

test('of libraries of the hosts both ways are said', () => {
  expect(ofHostsNote('glibc', '2.28', '2.39')).toBe(
    'programs that are built with glibc 2.39 may not run on hosts that still have 2.28; those built before run with both',
  );
  expect(ofHostsNote('glibc', '2.39', '2.28')).toBe(
    'programs that users built with glibc 2.39 themselves are linked with it, and are to be built again',
  );
  expect(ofHostsNote('slurm', '24.11', '25.05')).toBeUndefined();
});
