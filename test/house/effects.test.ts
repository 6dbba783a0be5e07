import * as hpcdk from '../../lib';
import { type Effect, EFFECT_CLASSES, type Effects, resolveEffects } from '../../lib/app/effect';
import { type FieldTable, SECTIONS } from '../../lib/app/field';
import type { Kind } from '../../lib/app/noun';
import { slurmVersions } from '../../lib/compute/slurm-version';
import { effectOf, UNKNOWN_EFFECT } from '../../lib/diff/entry';
import type { Direction } from '../../lib/values/compare';

const isKind = (x: unknown): x is Kind<FieldTable> =>
  typeof x === 'function' && typeof (x as Partial<Kind>).kind === 'string' && 'fields' in x;
const kinds = (Object.values(hpcdk) as unknown[]).filter(isKind);
const DIRECTIONS: readonly Direction[] = ['increased', 'decreased', 'added', 'removed', 'changed'];
const facts = [{}, ...slurmVersions.map((slurm) => ({ slurm }))];

/** Every set of rules of a kind, with the name that a failure shows. */
function* rulesOf({ kind, fields, lifecycle }: Kind<FieldTable>): Iterable<readonly [string, Effects]> {
  yield [`${kind} added`, lifecycle.added];
  yield [`${kind} removed`, lifecycle.removed];
  for (const [name, field] of Object.entries(fields)) {
    yield [`${kind}.${name}`, field.effects];
    // parts of a record; of a map a key that no release has, and keys with meanings of their own
    const { type } = field.codec;
    const parts = type.codec === 'record' ? Object.keys(type.fields) : undefined;
    for (const key of parts ?? ['NoSuchKey', 'MaxJobCount', 'PrivateData', 'SelectType', 'QOS']) {
      const rule = field.keys?.(key);
      if (rule) yield [`${kind}.${name}.${key}`, rule.effects];
    }
  }
}
const all = kinds.flatMap((kind) => [...rulesOf(kind)]);

test('there are kinds to look at', () => {
  expect(kinds.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['Partition', 'Qos', 'Mount', 'SoftwareStack', 'AwsCloud']),
  );
});

test('a rule says what each change does, at every Slurm and where the release is not known: the worst is never assumed', () => {
  const unknown = all.flatMap(([name, effects]) =>
    facts.flatMap((site) =>
      DIRECTIONS.filter((direction) => effectOf(resolveEffects(effects, site), direction) === UNKNOWN_EFFECT).map(
        (direction) => `${name} ${direction} ${JSON.stringify(site)}`,
      ),
    ),
  );
  expect(unknown).toEqual([]);
});

describe('each effect', () => {
  const each = all.flatMap(([name, effects]) =>
    Object.entries(effects).flatMap(([direction, rules]) =>
      ([rules].flat() as Effect[]).map((effect) => [`${name} ${direction}`, effect] as const),
    ),
  );

  test('is of a known class and has a reason without a full stop', () => {
    const wrong = each.filter(
      ([, { class: name, reason, running, pending }]) =>
        !EFFECT_CLASSES.includes(name) ||
        [reason, running, pending].some((text) => text !== undefined && !/^\S.*[^.\s]$/.test(text)),
    );
    expect(wrong).toEqual([]);
  });

  test('that nobody notices kills, loses or stops nothing', () => {
    const wrong = each.filter(
      ([, { harmless, class: name, running, pending }]) =>
        harmless && (running !== undefined || pending !== undefined || /^(stop|data|reboot|replace)/.test(name)),
    );
    expect(wrong).toEqual([]);
  });

  test('that stops everything says what becomes of jobs, or what to do', () => {
    const wrong = each.filter(
      ([, { class: name, running, pending, steps }]) =>
        /^stop-(fleet|controller)/.test(name) && !running && !pending && !steps,
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

test('more is harmless where a limit is raised, a right is given or a thing is added', () => {
  const of = (kind: string, field: string) => kinds.find((one) => one.kind === kind)?.fields[field]?.effects ?? {};
  for (const [kind, field] of [
    ['Partition', 'maxTime'],
    ['Partition', 'maxNodes'],
    ['Partition', 'nodes'],
    ['Partition', 'allowAccounts'],
    ['Partition', 'allowQos'],
    ['Qos', 'maxWall'],
    ['Qos', 'grpJobs'],
    ['Account', 'users'],
    ['Account', 'qos'],
    ['NodePool', 'features'],
  ] as const) {
    const effects = resolveEffects(of(kind, field), { slurm: '22.05' });
    expect([kind, field, effectOf(effects, 'increased').harmless]).toEqual([kind, field, true]);
    expect([kind, field, effectOf(effects, 'decreased').harmless]).toEqual([kind, field, undefined]);
  }
  expect(resolveEffects(of('Partition', 'denyAccounts'), {})).toMatchObject({
    decreased: { harmless: true },
    removed: { harmless: true },
    any: { class: 'reconfigure' },
  });
  for (const kind of ['Partition', 'Qos', 'Account', 'Mount']) {
    const added = kinds.find((one) => one.kind === kind)?.lifecycle.added ?? {};
    expect([kind, resolveEffects(added, {}).any?.harmless]).toEqual([kind, true]);
  }
});

test('each field stands in a section of the page', () => {
  const sections = kinds.flatMap(({ fields }) => Object.values(fields).map(({ section }) => section));
  expect(sections.filter((section) => !SECTIONS.includes(section))).toEqual([]);
});
