import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from '../fast-check';
import { Spec } from '../../lib/values/spec';
import { anySpec, specLike } from '../values/spec-examples';
import { runOk, tool } from './support/tools';

// Opt-in: a checkout of Spack 1.x is named by SPACK_ROOT, or belongs to the spack on PATH.
const program = tool('spack');
const root = process.env.SPACK_ROOT ?? (program && dirname(dirname(realpathSync(program))));

/** Reads a list of [text, our canonical text or null], gives what Spack's own parser makes of both. */
const script = `
import json, os, sys
root = os.environ["SPACK_ROOT"]
sys.path[:0] = [root + "/lib/spack", root + "/lib/spack/external", root + "/lib/spack/external/_vendoring"]
import spack.spec_parser as parser
def read(text):
    try:
        return parser.parse_one_or_raise(text)
    except Exception:
        return None
def equal(a, b):
    try:
        return a == b
    except TypeError: # Spack cannot compare two edges that differ only in their propagation
        return str(a) == str(b)
rows = []
for text, ours in json.load(sys.stdin):
    spec, again = read(text), read(ours) if ours is not None else None
    rows.append({"text": None if spec is None else str(spec), "equal": again is not None and equal(spec, again)})
json.dump(rows, sys.stdout)
`;

/** Spack leaves out a namespace, and prints a blank too many after flags and none before a hash. */
const asSpackPrints = (text: string) =>
  text
    .replace(/(a\.b|builtin)\./g, '')
    .replace(/ +/g, ' ')
    .replace(/ \//g, '/');

(root ? describe : describe.skip)('specs and the parser of Spack [SPACK_ROOT or spack on PATH]', () => {
  test('what we read, Spack reads as the same spec, and prints alike', async () => {
    // GIVEN specs of every form, and text made of the characters of the language; git references need a repository
    const samples = [
      ...fc.sample(anySpec, { numRuns: 2000, seed: 11 }),
      ...fc.sample(specLike, { numRuns: 2000, seed: 11 }),
    ];
    const rows = samples
      .filter((text) => !/git\.|@[0-9a-f]{40}|%%/.test(text)) // and of two edges to one package Spack forgets a %%
      .map((text) => ({ text, spec: Spec.constraint(text) }));
    // WHEN Spack reads each, and our canonical text
    const input = JSON.stringify(rows.map(({ text, spec }) => [text, spec.problem ? null : spec.toString()]));
    const env = { SPACK_ROOT: root!, SPACK_DISABLE_LOCAL_CONFIG: '1', PYTHONDONTWRITEBYTECODE: '1' };
    const spack = JSON.parse(await runOk('python3', ['-c', script], { input, env })) as {
      text: string | null;
      equal: boolean;
    }[];
    // THEN both are equal for Spack, and it refuses nothing that we take
    const read = rows
      .map(({ text: given, spec }, i) => ({ given, spec, ...spack[i]! }))
      .filter(({ spec }) => !spec.problem);
    expect(read.filter(({ equal }) => !equal).map(({ given }) => given)).toEqual([]);
    expect(read.map(({ text }) => asSpackPrints(text ?? ''))).toEqual(
      read.map(({ spec }) => asSpackPrints(spec.toString() === '*' ? '' : spec.toString())),
    );
    expect(read.length).toBeGreaterThan(500);
    // AND we refuse what it takes only where it would not mean what was written
    const stricter = rows.filter(({ spec }, i) => spec.problem && spack[i]!.text !== null);
    for (const { spec } of stricter) {
      expect(spec.problem!.message).toMatch(
        /goes on until the next blank|cannot be the|is empty|no package after|two versions of|two values of|a second|a sign where/,
      );
    }
  });
});
