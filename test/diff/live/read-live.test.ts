import fc from '../../fast-check';
import { readLive } from '../../../lib/diff/live';
import { anyText } from '../views/support';
import { printed } from './support';

const problemsOf = (text: string) => readLive(text, { file: 'live.txt' }).problems;

describe('exports of what runs', () => {
  test.each([
    ['an empty file', ''],
    ['a slurm.conf', 'ClusterName=hpc\nNodeName=cn[001-004] CPUs=4\nPartitionName=batch Nodes=ALL\n'],
    ['what squeue prints', 'JOBID PARTITION NAME\n1 batch x\n'],
  ])('HPC2750: %s is refused', (_, text) => {
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({
        code: 'HPC2750',
        message: "'live.txt' is nothing that scontrol or terraform printed",
        origin: { file: 'live.txt', line: 1 },
      }),
    ]);
  });

  test.each([
    ['{\n"format_version": "1.2",\n', "'live.txt' is no JSON", 3],
    ['{"jobs": []}', "'live.txt' has no format_version, so terraform did not write it", 1],
    ['[]', "'live.txt' has no format_version, so terraform did not write it", 1],
    ['{"format_version": "2.0", "resource_changes": []}', "the format of 'live.txt' is '2.0'; 1.x is read", 1],
    ['{"format_version": "1.0", "values": {}}', "'live.txt' is the state of a stack, not a plan for it", 1],
  ])('HPC2751: %s is refused', (text, message, line) => {
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({ code: 'HPC2751', message, origin: { file: 'live.txt', line } }),
    ]);
  });

  test('free text of a node does not speak for its facts', () => {
    const text = printed().replace(
      /^(NodeName=cn001 .*)$/m,
      '$1 Comment=Weight=9 Reason=x Weight=8 State=IDLE [ada@2026-11-21T17:59:07]',
    );
    const [[, found] = []] = readLive(text, { file: 'x' }).clusters;
    const node = found?.nodes.get('cn001');
    expect([node?.get('weight'), node?.get('reason'), node?.get('os')]).toEqual([
      '1',
      'x Weight=8 State=IDLE',
      undefined,
    ]);
  });

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.nat(2000),
        fc.constantFrom(printed(), '{"format_version":"1.2","resource_changes":[{}]}'),
        (any, at, text) => {
          for (const one of [any, text.slice(0, at) + any + text.slice(at)])
            expect(problemsOf(one).length).toBeLessThan(2);
        },
      ),
    );
  });
});
