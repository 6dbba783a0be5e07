import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EFFECT_CLASSES, type Effect, type Effects } from '../../lib/app/effect';
import { type Field, SECTIONS } from '../../lib/app/field';
import * as library from '../../lib/index';
import type { Codec, CodecType } from '../../lib/values/codec';
import { Version } from '../../lib/values/version';
import { kindClasses } from './kinds';
import { declareSample, samples, samplesOf } from './samples';
import { AS_IT_IS } from './samples/sample';

const root = join(__dirname, '../..');
const kinds = kindClasses();
const named = kinds.map((kind) => [kind.className, kind] as const);
const fieldsOf = (kind: (typeof kinds)[number]) => Object.entries(kind.fields ?? {}) as unknown as [string, Field][];

/** The ways in which a value of a codec can change. */
function directions(type: CodecType, presence: Field['presence']): string[] {
  const ordered = ['integer', 'duration', 'size', 'money', 'version', 'list', 'map', 'hostlist', 'cidr'];
  const whole = ['integer', 'duration', 'size', 'money', 'version'].includes(type.codec) ? [] : ['changed'];
  return [
    ...(ordered.includes(type.codec) ? ['increased', 'decreased'] : []),
    ...whole,
    ...(presence === 'optional' ? ['added', 'removed'] : []),
  ];
}

/** What is wrong with effects: a direction that none describes, a rule without a reason, a condition that none can meet. */
function effectFaults(effects: Effects, wanted: readonly string[]): string[] {
  const rules = Object.entries(effects) as unknown as [string, Effect | readonly Effect[]][];
  const described = rules.map(([direction]) => direction);
  const missing = described.includes('any') ? [] : wanted.filter((direction) => !described.includes(direction));
  return [
    ...missing.map((direction) => `nothing is said of ${direction}`),
    ...rules.flatMap(([direction, rule]) => {
      const list = [rule].flat() as Effect[];
      return [
        ...(list.length === 0 || list.at(-1)?.when
          ? [`${direction}: the last rule has a condition, so none may hold`]
          : []),
        ...list.flatMap((one) => ruleFaults(one)).map((fault) => `${direction}: ${fault}`),
      ];
    }),
  ];
}

function ruleFaults({ class: effect, reason, when, running, pending, steps }: Effect): string[] {
  const sentences = [reason, running ?? 'x', pending ?? 'x', ...(steps ?? [])];
  return [
    ...(EFFECT_CLASSES.includes(effect) ? [] : [`'${effect}' is no class of effect`]),
    ...sentences
      .filter((text) => !/^\S.*[^\s.]$|^x$/.test(text ?? ''))
      .map((text) => `'${text}' is no sentence without a full stop`),
    ...Object.entries(when ?? {}).flatMap(([fact, range]) => {
      const problem =
        fact === 'slurm' ? Version.constraintProblem(range) : { message: `'${fact}' is no fact of a site` };
      return problem ? [problem.message] : [];
    }),
  ];
}

test('the kinds of lib are found', () => {
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Site', 'SlurmCluster', 'AwsCloud']));
});

test('no two kinds have one name, and each is that of its class', () => {
  expect(kinds.map(({ kind }) => kind)).toEqual(kinds.map(({ className }) => className));
  expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length);
});

describe.each(named)('%s', (name, kind) => {
  test('is exported by the library', () => {
    expect(Object.keys(library)).toContain(name);
  });

  test('has a field table and effects of its coming and going', () => {
    expect(fieldsOf(kind)).not.toEqual([]);
    expect(effectFaults(kind.lifecycle.added, ['any'])).toEqual([]);
    expect(effectFaults(kind.lifecycle.removed, ['any'])).toEqual([]);
  });

  test('says of each field in which section a review shows it, and what each change of it does', () => {
    const faults = fieldsOf(kind).flatMap(([field, { codec, section, effects, presence }]) => [
      ...(SECTIONS.includes(section) ? [] : [`${field}: there is no section '${section}'`]),
      ...effectFaults(effects, directions(codec.type, presence)).map((fault) => `${field}: ${fault}`),
    ]);
    expect(faults).toEqual([]);
  });

  test('has defaults that its own codecs take, and that print alike when they are read again', () => {
    const faults = fieldsOf(kind).flatMap(([field, { codec, default: value }]) => {
      if (value === undefined) return [];
      const problems: string[] = [];
      const parsed = (codec as Codec<unknown>).parse(value, ({ message }) => problems.push(`${field}: ${message}`));
      const printed = JSON.stringify((codec as Codec<unknown>).print(parsed));
      return printed === undefined ? [...problems, `${field}: the default prints nothing`] : problems;
    });
    expect(faults).toEqual([]);
  });

  test('has codecs that are data: a manifest can hold their types', () => {
    for (const [, { codec }] of fieldsOf(kind)) expect(JSON.parse(JSON.stringify(codec.type))).toEqual(codec.type);
  });

  test('has a page that defines it in a sentence, and shows an example, what it emits and each of its fields', () => {
    const path = `docs/${kind.docs ?? '(no docs)'}.md`;
    const page = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
    expect([path, page === '' ? 'is missing' : 'is there']).toEqual([path, 'is there']);
    const [title, definition] = page.split('\n').filter((line) => line !== '');
    expect(title).toMatch(/^# \S/);
    expect(definition).toMatch(/^[A-Z`].*\b(is|are|has|holds|stands|describes|starts|makes|gives)\b/);
    expect(page).toMatch(/```ts\n/);
    expect(page).toMatch(/^## What it emits$/m);
    expect(
      fieldsOf(kind)
        .map(([field]) => field)
        .filter((field) => !new RegExp(`\\b${field}\\b`).test(page)),
    ).toEqual([]);
  });

  test('has samples that are sound, and that state each of its fields', async () => {
    const stated = new Set<string>();
    for (const [index] of samplesOf(kind.kind).entries()) {
      const { diagnostics, noun } = await declareSample(kind.kind, index, AS_IT_IS);
      expect([index, diagnostics.filter(({ severity }) => severity === 'error')]).toEqual([index, []]);
      expect(noun.definition.kind).toBe(kind.kind);
      noun.explicit.forEach((field) => stated.add(field));
    }
    expect(
      fieldsOf(kind)
        .map(([field]) => field)
        .filter((field) => !stated.has(field)),
    ).toEqual([]);
  });
});

test('there is no sample of a kind that does not exist', () => {
  const known = kinds.map(({ kind }) => kind);
  expect(Object.keys(samples).filter((kind) => !known.includes(kind))).toEqual([]);
});
