import { labOverlay, overlayKeys, slurmValue, withoutAddresses } from './slurm-overlay';

const emitted = `ClusterName=hpc
SlurmctldHost=ctl1(10.1.0.1)
ProctrackType = proctrack/cgroup   # as on site
PrologFlags=Contain,Alloc
SlurmdParameters=l3cache_as_socket
NodeName=cn[001-064] NodeAddr=10.2.0.[1-64] CPUs=64
`;

describe('overlayKeys', () => {
  test('changes only what it names, where it stands, and says so', () => {
    // WHEN the lab's own keys are laid over an emitted file
    const { text, changed } = overlayKeys(emitted, labOverlay);
    // THEN list values keep their other words, and every other line is the same
    expect(text).toBe(`ClusterName=hpc
SlurmctldHost=ctl1(10.1.0.1)
ProctrackType=proctrack/linuxproc
PrologFlags=Alloc
SlurmdParameters=l3cache_as_socket,config_overrides
NodeName=cn[001-064] NodeAddr=10.2.0.[1-64] CPUs=64
TaskPlugin=task/none
MailProg=/bin/true
`);
    expect(changed).toContain('ProctrackType: proctrack/cgroup -> proctrack/linuxproc');
    expect(changed).toContain('TaskPlugin: (absent) -> task/none');
    expect(changed).toHaveLength(5);
  });

  test('takes a key out of every line, and an overlay that holds already changes nothing', () => {
    const text = 'A=1\nB=2\na=3\n';
    expect(overlayKeys(text, { a: null }).text).toBe('# lab: without a\nB=2\n# lab: without a\n');
    expect(overlayKeys(text, { B: '2' })).toEqual({ text, changed: [] });
  });

  test('never takes one key for another whose name it begins', () => {
    expect(slurmValue('SlurmdParametersX=1\n', 'SlurmdParameters')).toBeUndefined();
  });

  test('the last line of a key counts, its comment does not', () => {
    expect(slurmValue('K=a\nK = b # why\n', 'k')).toBe('b');
  });
});

describe('withoutAddresses', () => {
  test('drops NodeAddr and the address of the controller', () => {
    const { text, changed } = withoutAddresses(emitted);
    expect(text).toContain('SlurmctldHost=ctl1\n');
    expect(text).toContain('NodeName=cn[001-064] CPUs=64\n');
    expect(changed).toHaveLength(2);
  });
});
