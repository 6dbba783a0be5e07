import fc from '../fast-check';
import { type KindClass, kindClasses } from './kinds';
import { garbage, nastyStrings, withAccident } from './nasty';
import { type Place, placeName } from './places';
import { Subject } from './subject';
import { samplesOf } from './samples';

const kinds = kindClasses();
const subjects = new Map<KindClass, Promise<Subject[]>>();

/** The samples of a kind, made once. */
function subjectsOf(kind: KindClass): Promise<Subject[]> {
  const known =
    subjects.get(kind) ?? Promise.all(samplesOf(kind.kind).map((_sample, index) => Subject.of(kind, index)));
  subjects.set(kind, known);
  return known;
}

/** Tries values at places; an exception is a fault, told with its place and its value. */
async function faultsOf(
  kind: KindClass,
  isMeant: (place: Place) => boolean,
  attempt: (subject: Subject, place: Place, fault: (value: unknown, error: unknown) => void) => Promise<void>,
): Promise<string[]> {
  const faults = new Set<string>();
  for (const subject of await subjectsOf(kind)) {
    for (const place of subject.places.filter(isMeant)) {
      await attempt(subject, place, (value, error) =>
        faults.add(`${kind.kind} ${subject.index}, ${placeName(place)} = ${shown(value)}: ${(error as Error).message}`),
      );
    }
  }
  return [...faults];
}

/** The same strings on every run; another number tries others. */
const SEED = Number(process.env.HPCDK_FUZZ_SEED ?? 1);

function shown(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 120);
  } catch {
    return String(value);
  }
}

/** At most so many of a list, from all of it. */
const spread = <T>(list: readonly T[], most: number): T[] =>
  list.filter(
    (_item, index) =>
      Math.floor((index * most) / list.length) !== Math.floor(((index - 1) * most) / list.length) ||
      list.length <= most,
  );

describe.each(kinds.map((kind) => [kind.kind, kind] as const))('%s', (_name, kind) => {
  test('gives back any string of any place, or refuses it', async () => {
    // another word of a choice is no hostile text: it may rightly change other words
    const isChoice = ({ path: [name = ''] }: Place) => kind.fields[name]?.codec.type.codec === 'choice';
    const isText = (place: Place) => typeof place.original === 'string' && !isChoice(place);
    const faults = await faultsOf(kind, isText, async (subject, place, fault) => {
      const random = fc.sample(withAccident(place.original as string), { numRuns: 20, seed: SEED });
      const values = [...nastyStrings, ...random];
      // Refusals of a codec cost nothing. Of them the whole pipeline sees some, of what is taken most, of free text all.
      const taken = values.filter((value) => !subject.isRefusedByCodec(place, value));
      const refused = values.filter((value) => !taken.includes(value));
      const most = subject.isFreeText(place) ? taken.length : place.what === 'value' ? 16 : 40;
      for (const value of [...spread(taken, most), ...spread(refused, 3)]) {
        await subject.tryText(place, value).catch((error: unknown) => fault(value, error));
      }
    });
    expect(faults).toEqual([]);
  }, 120_000);

  test('refuses anything else of any place, without an exception', async () => {
    const isValue = ({ what }: Place) => what === 'value';
    const faults = await faultsOf(kind, isValue, async (subject, place, fault) => {
      for (const { value, fits } of garbage) {
        try {
          const { errors } = await subject.run([{ place, value }]);
          if (errors.length === 0 && !fits(subject.codecAt(place))) throw new Error('it was taken');
        } catch (error) {
          fault(value, error);
        }
      }
    });
    expect(faults).toEqual([]);
  }, 120_000);

  test('tells all of many mistakes at once', async () => {
    for (const subject of await subjectsOf(kind)) {
      const places = subject.places.filter(({ what, path }) => what === 'value' && path.length === 1);
      const { errors, noun } = await subject.run(places.map((place) => ({ place, value: Symbol('garbage') })));
      const told = errors.filter(({ construct }) => construct === noun.node.path).map(({ field }) => field);
      expect(told).toEqual(expect.arrayContaining(places.map(({ path }) => path[0])));
    }
  });
});
