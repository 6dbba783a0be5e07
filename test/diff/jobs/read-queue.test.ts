import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from '../../fast-check';
import { userHash } from '../../../lib/diff/jobs/job';
import { readQueue } from '../../../lib/diff/jobs/read-queue';

// Real exports of the same submissions, with the keys that a diff does not need taken out.
const exportOf = (version: string) => readFileSync(join(__dirname, 'data', `squeue-${version}.json`), 'utf8');
const read = (text: string, showUsers = false) => readQueue(text, { file: 'squeue.json', showUsers });

describe.each(['22.05', '24.11'])('what squeue --json of %s prints', (version) => {
  const { jobs, problems, takenAt } = read(exportOf(version));
  const job = (id: string) => jobs.find((one) => one.id === id);

  test('is read without a problem', () => {
    expect(problems).toEqual([]);
    expect(jobs).toHaveLength(13);
    expect(
      jobs
        .filter(({ state }) => state === 'running')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['1', '2', '3']);
    expect(takenAt).toBeGreaterThan(1795260000);
  });

  test('time limits are minutes there and seconds here; the end of a running job is known', () => {
    expect(job('1')).toMatchObject({
      cluster: 'demo',
      account: 'bio',
      limit: 5 * 86400,
      nodes: 'cn001',
      cpusPerNode: 4,
    });
    expect((job('1')?.ends ?? 0) - (takenAt ?? 0)).toBeGreaterThan(5 * 86400 - 60);
    expect(job('11')).not.toHaveProperty('limit');
    expect(job('4')).not.toHaveProperty('ends');
  });

  test('memory counts when it was asked for, not when it is a default', () => {
    expect(job('1')).toMatchObject({ memoryPerNode: 4096 });
    expect(job('2')).toMatchObject({ memoryPerCpu: 500, features: 'ib' });
    expect(job('3')).not.toHaveProperty('memoryPerNode');
  });

  test('GPUs by node, by job and by task, with and without a type', () => {
    expect(job('3')?.gres).toEqual([{ name: 'gpu', type: 'a100', count: 2 }]);
    expect(job('4')?.gres).toEqual([{ name: 'gpu', type: 'a100', count: 3 }]);
    expect(job('5')?.gres).toEqual([{ name: 'gpu', count: 1 }]);
    expect(job('9')?.gres).toEqual([{ name: 'gpu', count: 1 }]);
  });

  test('an array that waits counts as its tasks, a job in two partitions has both', () => {
    expect(job('7')).toMatchObject({ tasks: 100, state: 'pending' });
    expect([...(job('5')?.partitions ?? [])].sort()).toEqual(['batch', 'gpu']);
    expect(job('8')).toMatchObject({ required: 'cn003', tasks: 1 });
  });

  test('users are hashed unless they are asked for', () => {
    expect(job('1')?.user).toBe(userHash('daemon'));
    expect(read(exportOf(version), true).jobs[0]?.user).toMatch(/^(daemon|games)$/);
  });
});

describe('faults of an export', () => {
  test('no JSON: the line where it stops', () => {
    expect(read('{\n "jobs": [\n  { "job_id": }\n').problems).toMatchObject([
      { code: 'HPC2720', origin: { file: 'squeue.json', line: 3 } },
    ]);
  });

  test('cut short: the last line', () => {
    expect(read('{\n "jobs": [\n').problems[0]?.origin?.line).toBe(3);
  });

  test('JSON of something else', () => {
    for (const text of ['[]', 'null', '{}', '{"jobs": {}}', '3']) {
      expect(read(text)).toMatchObject({ jobs: [], problems: [{ code: 'HPC2720' }] });
    }
  });

  test('a job that cannot be read is passed over, with its line; the others are read', () => {
    const text = `{
  "meta": { "jobs": [1] },
  "jobs": [
    { "job_id": 1, "job_state": "RUNNING", "partition": "batch", "flags": ["a", "b"] },
    { "job_id": 2, "job_state": "PENDING" },
    { "job_id": 3, "job_state": "COMPLETED", "partition": "batch" },
    { "job_id": "x", "job_state": "PENDING", "partition": "batch" },
    7
  ]
}`;
    const { jobs, problems } = read(text);
    expect(jobs.map(({ id }) => id)).toEqual(['1']);
    expect(problems.map(({ code, severity, origin, message }) => [code, severity, origin?.line, message])).toEqual([
      ['HPC2721', 'warning', 5, 'the job at jobs[1] is passed over: it has no partition'],
      ['HPC2721', 'warning', 7, "the job at jobs[3] is passed over: job_id is 'x'"],
      ['HPC2721', 'warning', 8, "the job at jobs[4] is passed over: job_id is 'undefined'"],
    ]);
  });

  test('never throws, whatever JSON it is given', () => {
    // what String() cannot make text of
    read(JSON.stringify({ jobs: [{ job_id: 1, job_state: { toString: false }, flags: [{ toString: false }] }] }));
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        read(JSON.stringify({ jobs: [a, { job_id: 1, job_state: a, partition: b, time_limit: a, flags: b }] }));
      }),
    );
  });
});
