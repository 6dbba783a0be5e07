import fc from '../../fast-check';
import { sameValue } from '../../../lib/diff/live/same-value';

describe('a value that scontrol prints and one that slurm.conf states', () => {
  test.each([
    ['KillWait', '30 sec', '30'],
    ['OverTimeLimit', '0 min', '0'],
    ['SuspendRate', '60 nodes/min', '60'],
    ['MaxTime', '7-00:00:00', '7-0'],
    ['MaxTime', '01:00:00', '60'],
    ['MaxTime', 'UNLIMITED', 'INFINITE'],
    ['SuspendTime', 'INFINITE', '-1'],
    ['GraceTime', '300', '00:05:00'],
    ['SlurmUser', 'slurm(64030)', 'slurm'],
    ['SlurmctldHost', 'ctl1,ctl2', 'ctl1(10.0.0.1),ctl2(10.0.0.2)'],
    ['SelectTypeParameters', 'CR_CORE_MEMORY', 'CR_Core_Memory'],
    ['PrivateData', 'cloud,jobs,usage', 'jobs,usage,cloud'],
    ['TaskPlugin', 'task/cgroup,task/affinity', 'affinity,cgroup'],
    ['JobCompType', '(null)', 'jobcomp/none'],
    ['AccountingStorageTRES', 'cpu,mem,energy,node,billing,fs/disk,vmem,pages,gres/gpu', 'gres/gpu'],
    ['PrologFlags', 'Alloc,Contain,X11', 'X11'],
    ['DisableRootJobs', 'No', '0'],
    ['MaxJobCount', '51200', '50k'],
    ['Nodes', 'cn[001-003],gn01', 'gn01,cn001,cn[002-003]'],
    ['Gres', 'gpu:a100:4(S:0-1)', 'gpu:a100:4'],
    ['QOS', 'N/A', 'N/A'],
  ])('%s: %s is %s', (key, live, stated) => {
    expect(sameValue(key, live, stated)).toBe(true);
  });

  test.each([
    ['KillWait', '60 sec', '30'],
    ['MaxTime', '2-00:00:00', '7-00:00:00'],
    ['MaxTime', 'UNLIMITED', '7-00:00:00'],
    ['Prolog', '(null)', '/etc/slurm/prolog.sh'],
    ['PrivateData', 'none', 'jobs'],
    ['Prolog', '/etc/slurm/Prolog.sh', '/etc/slurm/prolog.sh'],
    ['Nodes', 'cn[1-64]', 'cn[001-064]'],
    ['AccountingStorageTRES', 'cpu,gres/gpu,gres/fpga', 'gres/gpu'],
    ['JobSubmitPlugins', 'lua,require_timelimit', 'require_timelimit,lua'],
    ['DisableRootJobs', 'Yes', 'NO'],
    ['State', 'DRAIN', 'UP'],
  ])('%s: %s is not %s', (key, live, stated) => {
    expect(sameValue(key, live, stated)).toBe(false);
  });

  test.each([
    ['DefMemPerNode', 'UNLIMITED', '0'],
    ['Nodes', 'cn[001-064]', 'ALL'],
    ['GraceTime', '600', '00:05:00'],
    ['AccountingStoragePass', '(null)', '/run/munge/other.socket'],
    ['SchedulerTimeSlice', 'automatic', '30'],
  ])('%s: of %s and %s nothing is said', (key, live, stated) => {
    expect(sameValue(key, live, stated)).toBeUndefined();
  });

  test('a value is what it states itself, unless it may be a password', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('MaxTime', 'Nodes', 'Gres', 'Prolog'), (text, key) => {
        expect(sameValue(key, text, text)).toBe(true);
        expect(sameValue('StoragePass', text, text)).toBeUndefined();
      }),
    );
  });
});
