import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../lib/values/package-root';
import { HISTORY_COLUMNS, HISTORY_COMMAND, readHistory } from '../../../lib/diff/jobs/read-history';

test('the command of the guide is the one that is read', () => {
  const page = readFileSync(join(packageRoot(), 'docs/guide/whose-jobs.md'), 'utf8').replace(/ \\\n +/g, ' ');
  expect(page).toContain(`${HISTORY_COMMAND} > sacct.txt`);
});

const HEADER = HISTORY_COLUMNS.join('|');
const read = (text: string) => readHistory(text, { file: 'sacct.txt', showUsers: true });

describe('a history of sacct', () => {
  test('the columns in any order, and further ones', () => {
    const { jobs, problems } = read(
      'State|JobID|Partition|Account|User|TimelimitRaw\nCOMPLETED|4711|batch,long|bio|ada|1440\n',
    );
    expect(problems).toEqual([]);
    expect(jobs).toMatchObject([
      { id: '4711', partitions: ['batch', 'long'], account: 'bio', user: 'ada', limit: 86400, state: 'ended' },
    ]);
  });

  test('resources are per node', () => {
    const rows = [
      'hpc|12_3|ada|bio|batch|normal|60|2|96|128G|billing=96,cpu=96,mem=128G,node=2|ib|2',
      'hpc|13|ada|bio|gpu|normal|Partition_Limit|1|1|4000M|cpu=1,gres/gpu:a100=2,gres/gpu=2,mem=4000M,node=1||1',
    ];
    const { jobs, problems } = read([HEADER, ...rows, ''].join('\n'));
    expect(problems).toEqual([]);
    expect(jobs[0]).toMatchObject({ cpus: 96, nodeCount: 2, memoryPerNode: 65536, features: 'ib', required: '' });
    expect(jobs[1]).toMatchObject({ gres: [{ name: 'gpu', type: 'a100', count: 2 }], memoryPerNode: 4000 });
    expect(jobs[1]).not.toHaveProperty('limit');
  });

  test('steps are no submissions', () => {
    expect(read('JobID|Account|Partition\n1|a|b\n1.batch|a|\n1_2.0|a|\n1+0.extern|a|\n').jobs).toHaveLength(1);
  });

  test('a header without what is needed: what to run', () => {
    expect(read('4711|bio|batch\n').problems).toEqual([
      {
        code: 'HPC2722',
        message: "the first line of 'sacct.txt' names no column JobID, Account, Partition",
        fix: `export it with: ${HISTORY_COMMAND}`,
        origin: { file: 'sacct.txt', line: 1 },
      },
    ]);
  });

  test('lines that cannot be read are passed over, each with its number', () => {
    const { jobs, problems } = read('JobID|Account|Partition\n1|a|b|c\n2|a|b\nfoo|a|b\r\n');
    expect(jobs.map(({ id }) => id)).toEqual(['2']);
    expect(problems.map(({ code, severity, origin }) => [code, severity, origin?.line])).toEqual([
      ['HPC2723', 'warning', 2],
      ['HPC2723', 'warning', 4],
    ]);
  });
});
