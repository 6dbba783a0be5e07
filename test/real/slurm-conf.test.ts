import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from '../fast-check';
import { slurmConf, type SlurmConfLine } from '../../lib/documents/slurm-conf';
import { describeWith, run } from './support/tools';

/** Lets the real parser read one value per node; it says each back, because none of them is a way to bind CPUs. */
async function readBySlurm(values: readonly string[]): Promise<(string | undefined)[]> {
  const lines: SlurmConfLine[] = [
    { comment: 'trailing backslash \\' },
    { entries: [['ClusterName', 'x']] },
    { entries: [['SlurmctldHost', 'head']] },
    ...values.map((value, index): SlurmConfLine => ({ entries: [['NodeName', `n${index}`], ['CpuBind', value], ['Feature', 'last']] })), // prettier-ignore
  ];
  const text = slurmConf.print({ lines }, (problem) => {
    throw new Error(problem.message);
  });
  const dir = await mkdtemp(join(tmpdir(), 'hpcdk-slurm-conf-'));
  await writeFile(join(dir, 'slurm.conf'), text);
  const result = await run('scontrol', ['show', 'hostnames', 'n1'], { env: { SLURM_CONF: join(dir, 'slurm.conf') } });
  await rm(dir, { recursive: true });
  expect(result.code).toBe(0);
  expect(result.stderr).not.toContain('Pars');
  const said = new Map<number, string>();
  for (const line of result.stderr.split('\n')) {
    const match = /NodeNames=n(\d+) CpuBind='(.*)' is invalid, ignored$/su.exec(line);
    if (match) said.set(Number(match[1]), match[2] ?? '');
  }
  return values.map((_, index) => said.get(index));
}

const printable = (value: string) => {
  let fine = true;
  slurmConf.print({ lines: [{ entries: [['Reason', value]] }] }, () => (fine = false));
  return fine;
};

describeWith(['scontrol'], 'values that Slurm itself read back', () => {
  test('backslashes, hashes, blanks and equal signs in every place', async () => {
    const values = [
      '#',
      '\\',
      '\\\\',
      '\\#',
      '#\\',
      'a\\',
      'a \\',
      '=',
      'x=y',
      '=x',
      '-=1',
      'a # b',
      ' lead',
      'trail ',
      "it's",
    ];
    expect(await readBySlurm(values)).toEqual(values);
  });

  test('text of any script', async () => {
    const values = ['größe', 'a\u00a0b', 'a\u2003b', 'a\u0085b', 'a\u2028b', '東京', '🙂 two', '\ufeff'];
    expect(await readBySlurm(values)).toEqual(values);
  });

  test('any printable string', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(..."aZ0 '\\#=%,:;[]{}$é\u2003") }),
    );
    // GIVEN strings that the format prints; an "x" in front keeps them from being a list of nothing but separators
    const values = fc.sample(text.map((value) => `x${value}`).filter(printable), 500);
    expect(await readBySlurm(values)).toEqual(values);
  });

  test('an empty value does not swallow the next key', async () => {
    expect(await readBySlurm(['', 'seen'])).toEqual([undefined, 'seen']);
  });
});
