import { filterEntries, parseSections } from '../../lib/diff/filter';
import { diffWith, entryWith } from './support/entries';

const diff = diffWith([
  entryWith('campus/hpc#slurm changed', { section: 'disruption', files: ['sites/campus/slurm/hpc/slurm.conf'] }),
  entryWith('campus/hpc/batch#maxTime decreased', { section: 'contract' }),
  entryWith('campus/hpc2#slurm changed', { section: 'disruption' }),
]);
const ids = ({ entries }: typeof diff) => entries.map(({ id }) => id);

test('a section', () => {
  const shown = filterEntries(diff, { sections: ['contract'] });

  expect(ids(shown)).toEqual(['campus/hpc/batch#maxTime decreased']);
  expect(shown.notes).toEqual(['2 of 3 changes not shown: the view is limited to sections contract']);
  expect(shown.summary).toBe(diff.summary);
});

test.each([
  ['a construct and what stands below it', ['campus/hpc'], [0, 1]],
  ['with a slash at its end', ['campus/hpc/'], [0, 1]],
  ['a file of the output', ['sites/campus/slurm/hpc/slurm.conf'], [0]],
  ['a folder of the output', ['sites/campus'], [0]],
  ['several', ['campus/hpc2', 'campus/hpc/batch'], [1, 2]],
  ['nothing', ['nowhere'], []],
])('paths: %s', (_what, paths, left) => {
  expect(ids(filterEntries(diff, { paths }))).toEqual(left.map((index) => ids(diff)[index]));
});

test('what a file says of a construct is found there', () => {
  const rights = entryWith('cdk.tf.json#aws_iam_policy.pool', {
    level: 'file',
    section: 'security',
    path: 'aws_iam_policy.pool',
    about: ['campus/hpc/burst', 'aws'],
  });
  for (const path of ['campus/hpc/burst', 'campus/hpc', 'aws'])
    expect(ids(filterEntries(diffWith([rights]), { paths: [path] }))).toEqual([rights.id]);
  expect(ids(filterEntries(diffWith([rights]), { paths: ['campus/hpc2'] }))).toEqual([]);
});

test('section and path together', () => {
  const shown = filterEntries(diff, { sections: ['disruption'], paths: ['campus/hpc'] });

  expect(ids(shown)).toEqual(['campus/hpc#slurm changed']);
  expect(shown.notes).toEqual([
    '2 of 3 changes not shown: the view is limited to sections disruption and paths campus/hpc',
  ]);
});

test('without a filter, or when it lets all through, nothing is said', () => {
  expect(filterEntries(diff, {})).toBe(diff);
  expect(filterEntries(diff, { paths: ['campus'] })).toBe(diff);
});

test('the list of sections', () => {
  expect(parseSections('data, security')).toEqual(['data', 'security']);
  expect(parseSections('data,secuirty')).toEqual({
    code: 'HPC2714',
    message: "there is no section 'secuirty'",
    fix: 'did you mean security?',
  });
  expect(parseSections('everything')).toMatchObject({ fix: expect.stringContaining('data, security, contract') });
});
