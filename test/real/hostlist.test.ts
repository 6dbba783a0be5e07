import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from '../fast-check';
import { Hostlist } from '../../lib/values/hostlist';
import { describeWith, run, runOk } from './support/tools';

describeWith(['scontrol'], 'hostlists by the real scontrol', () => {
  let folder: string;
  let env: { SLURM_CONF: string };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpcdk-hostlist-'));
    env = { SLURM_CONF: join(folder, 'slurm.conf') };
    writeFileSync(env.SLURM_CONF, 'ClusterName=test\nSlurmctldHost=localhost\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const names = async (list: string): Promise<string[]> =>
    (await runOk('scontrol', ['show', 'hostnames', list], { env })).trim().split('\n');
  const sorted = async (list: string): Promise<string> =>
    (await runOk('scontrol', ['show', 'hostlistsorted', list], { env })).trim();
  const refused = async (list: string): Promise<boolean> => {
    const { code, stdout } = await run('scontrol', ['show', 'hostnames', list], { env });
    return code !== 0 || stdout.trim() === '';
  };
  const inOrder = (list: Iterable<string>): string[] => [...list].sort();

  test('GIVEN lists as users write them THEN Slurm and Hostlist name the same hosts', async () => {
    await fc.assert(
      fc.asyncProperty(expressions, async (text) => {
        const list = Hostlist.parse(text);
        const expanded = await names(text);
        if (list.problem) {
          // The one reason to refuse what Slurm reads here: a host that stands in the list twice.
          expect(list.problem.code).toBe('HPC1014');
          expect(new Set(expanded).size).toBeLessThan(expanded.length);
        } else {
          expect(inOrder(list)).toEqual(inOrder(expanded));
          expect(inOrder(await names(list.slurm({ suffixes: false })))).toEqual(inOrder(expanded));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('GIVEN names with one number THEN the canonical text is what Slurm writes', async () => {
    await fc.assert(
      fc.asyncProperty(simpleNames, async (list) => {
        expect(Hostlist.parse(list.join(',')).toString()).toBe(await sorted(list.join(',')));
      }),
      { numRuns: 100 },
    );
  });

  test.each(['cn[1-3]', 'cn[001-064],login1', 'cn[08-105]', 'r1n[01-02],r2n01', 'r9n[1-2],r10n[1-3]', 'cn[1-3,5,7-9]'])(
    'GIVEN %s as Slurm writes it THEN it is canonical',
    async (text) => {
      expect(await sorted(text)).toBe(text);
      expect(Hostlist.parse(text).toString()).toBe(text);
    },
  );

  test.each(['cn[]', 'cn[3-1]', 'cn[a-c]', 'cn[1-9:2]', 'cn[-1]', 'cn[1--2]', 'n[[1]]'])(
    'GIVEN %s THEN Slurm and Hostlist refuse it',
    async (text) => {
      expect(await refused(text)).toBe(true);
      expect(Hostlist.parse(text).problem).toBeDefined();
    },
  );

  test('GIVEN [1-010] THEN Slurm drops the padding without a message, so Hostlist refuses it', async () => {
    expect((await names('cn[1-010]'))[0]).toBe('cn1');
    expect(Hostlist.parse('cn[1-010]').problem?.code).toBe('HPC1013');
  });

  test('GIVEN a range longer than Slurm reads THEN the text for Slurm is cut and read whole', async () => {
    const list = Hostlist.parse('n[1-70000]');
    expect(await refused(list.toString())).toBe(true);
    expect(await names(list.slurm())).toHaveLength(70_000);
  });
});

const digits = fc.oneof(fc.nat(120).map(String), fc.stringMatching(/^0[0-9]{1,2}$/));
/** A range as Slurm writes it: both ends as wide, or an unpadded or outgrown end. */
const range = fc
  .tuple(digits, fc.nat(30))
  .map(([low, more]) => (more === 0 ? low : `${low}-${String(Number(low) + more).padStart(low.length, '0')}`));
const bracket = fc.array(range, { minLength: 1, maxLength: 3 }).map((ranges) => `[${ranges.join(',')}]`);
const joinParts = (parts: readonly string[]): string => parts.join('');
const expression = fc.oneof(
  fc.tuple(fc.constantFrom('cn', 'n1', 'gpu-', 'x.'), bracket).map(joinParts),
  fc.tuple(fc.constant('r'), bracket, fc.constantFrom('n', '', '-n0'), bracket).map(joinParts),
  fc.tuple(fc.constantFrom('cn', 'login'), digits).map(joinParts),
  fc.tuple(fc.constant('cn'), digits, fc.constant('-ib')).map(joinParts),
  fc.constantFrom('login', 'ctl'),
);
const expressions = fc.array(expression, { minLength: 1, maxLength: 4 }).map((list) => list.join(','));

/** Unpadded names, or names padded to one width: of a mixture Slurm's text depends on the order they came in. */
const padded = fc.integer({ min: 0, max: 130 }).map((n) => `cn${String(n).padStart(3, '0')}`);
const plain = fc.tuple(fc.constantFrom('n', 'login', 'gpu-', 'GPU'), fc.nat(40)).map(([text, n]) => `${text}${n}`);
const simpleNames = fc.uniqueArray(fc.oneof(padded, plain, fc.constantFrom('ctl', 'n')), {
  minLength: 1,
  maxLength: 30,
});
