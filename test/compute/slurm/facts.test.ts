import fc from '../../fast-check';
import { parseSlurmdFacts } from '../../../lib/compute/slurm/facts';

function read(text: string) {
  const problems: string[] = [];
  const facts = parseSlurmdFacts(text, (problem) => problems.push(`${problem.code} ${problem.message}`));
  return { facts, problems };
}

const machine =
  'NodeName=cn001 CPUs=256 Boards=1 SocketsPerBoard=2 CoresPerSocket=64 ThreadsPerCore=2 RealMemory=515600';

describe('parseSlurmdFacts', () => {
  test('reads what slurmd 22.05 prints', () => {
    expect(read(`${machine}\nUpTime=12-03:04:05\n`)).toEqual({
      facts: { nodeName: 'cn001', cpus: 256, boards: 1, socketsPerBoard: 2, coresPerSocket: 64, threadsPerCore: 2, realMemoryMib: 515600 }, // prettier-ignore
      problems: [],
    });
  });

  test('reads the GPUs that slurmd 24.11 adds', () => {
    const text = `${machine} Gres=gpu:nvidia_a100:4\nFound gpu:nvidia_a100:4 with Autodetect=nvidia\nUpTime=0-00:00:01\n`;
    expect(read(text)).toMatchObject({ facts: { gres: 'gpu:nvidia_a100:4' }, problems: [] });
  });

  test('takes a site that schedules cores, not threads', () => {
    expect(read(machine.replace('CPUs=256', 'CPUs=128')).problems).toEqual([]);
  });

  test.each([
    ['', 'HPC4020 the facts have no line that starts with NodeName='],
    ['UpTime=0-00:00:01\n', 'HPC4020 the facts have no line that starts with NodeName='],
    [machine.replace(' RealMemory=515600', ''), 'HPC4020 the facts lack RealMemory'],
    [machine.replace('=64', '=many'), "HPC4020 CoresPerSocket is 'many', which is no whole number above 0"],
    [machine.replace('Boards=1', 'Boards=0'), "HPC4020 Boards is '0', which is no whole number above 0"],
    [
      `${machine}\n${machine.replace('cn001', 'cn002')}\n`,
      'HPC4021 the facts hold 2 machines (cn001, cn002), and a node type is one',
    ],
    [
      machine.replace('CPUs=256', 'CPUs=255'),
      'HPC4022 CPUs=255 does not follow from Boards=1 SocketsPerBoard=2 CoresPerSocket=64 ThreadsPerCore=2, which have 128 cores and 256 threads',
    ],
  ])('refuses %j', (text, problem) => {
    expect(read(text)).toEqual({ facts: undefined, problems: [problem] });
  });

  test('reports every missing number at once', () => {
    expect(read('NodeName=cn001').problems).toHaveLength(6);
  });

  test('takes any text without throwing, and never returns facts beside a problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (tail) => {
        const { facts, problems } = read(`NodeName=${tail}`);
        return (facts === undefined) === problems.length > 0;
      }),
    );
  });
});
