import { mergeOptions } from '../../../lib/compute/slurm/merge-options';

describe('keys of slurm.conf that several say', () => {
  test('words of a list are joined, each once', () => {
    const stated = [{ PrivateData: ['jobs'] }, { PrivateData: ['cloud', 'jobs'] }];
    expect(mergeOptions({}, stated, { privatedata: 'usage,jobs' })).toEqual({ PrivateData: 'jobs,cloud,usage' });
  });

  test("a list that only a default speaks of is replaced by the site's own", () => {
    expect(mergeOptions({ TaskPlugin: ['task/cgroup', 'task/affinity'] }, [], { TaskPlugin: 'task/none' })).toEqual({
      TaskPlugin: 'task/none',
    });
  });

  test('of other keys the site wins over what is stated, and that over defaults', () => {
    expect(mergeOptions({ ReturnToService: 1 }, [{ ReturnToService: 0 }], {})).toEqual({ ReturnToService: '0' });
    expect(mergeOptions({ ReturnToService: 1 }, [], { returntoservice: '2' })).toEqual({ ReturnToService: '2' });
  });

  test('a hostlist keeps the commas in its brackets', () => {
    const own = { SuspendExcNodes: 'cn[1,3],dn[2,3]' };
    expect(mergeOptions({}, [], own)).toEqual(own);
    expect(mergeOptions({}, [{ SuspendExcNodes: ['ctl1'] }], own)).toEqual({ SuspendExcNodes: 'ctl1,cn[1,3],dn[2,3]' });
  });
});
