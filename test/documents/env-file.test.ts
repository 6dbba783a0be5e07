import fc from '../fast-check';
import { envFile } from '../../lib/documents/env-file';
import type { Problem } from '../../lib/values/problem';

const collect = () => {
  const problems: Problem[] = [];
  return { problems, report: (problem: Problem) => void problems.push(problem) };
};

describe('a file of variables', () => {
  test('is written as systemd and a shell read it', () => {
    const { problems, report } = collect();
    expect(envFile.print({ SLURMD_OPTIONS: '--conf-server "ctl1" $x `y` \\' }, report)).toBe(
      'SLURMD_OPTIONS="--conf-server \\"ctl1\\" \\$x \\`y\\` \\\\"\n',
    );
    expect(problems).toEqual([]);
  });

  test('gives back any value, or refuses it: HPC2080', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const { problems, report } = collect();
        const text = envFile.print({ A: value }, report);
        if (problems.length > 0) expect(problems[0]?.code).toBe('HPC2080');
        else expect(envFile.parse(text, report)).toEqual({ A: value });
      }),
    );
  });

  test('with a line of another form is not read: HPC2081', () => {
    const { problems, report } = collect();
    expect(envFile.parse('# a remark\n\nA="1"\nB=2\n', report)).toEqual({ A: '1' });
    expect(problems.map(({ code }) => code)).toEqual(['HPC2081']);
  });
});
