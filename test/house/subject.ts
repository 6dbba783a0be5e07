import type { Diagnostic } from '../../lib/app/diagnostic';
import type { Codec, CodecType } from '../../lib/values/codec';
import type { Json } from '../../lib/values/json';
import type { KindClass } from './kinds';
import { codecAt, type Place, Put, Recorder } from './places';
import { wordsOf } from './readers';
import { declareSample } from './samples';
import { AS_IT_IS } from './samples/sample';

type Sample = Awaited<ReturnType<typeof declareSample>>;

/** What came of a sample with other values in it. */
export interface Outcome extends Sample {
  readonly errors: readonly Diagnostic[];
}

/** One sample of a kind, and what stands where in what it comes to. */
export class Subject {
  static async of(kind: KindClass, index: number): Promise<Subject> {
    const recorder = new Recorder();
    await declareSample(kind.kind, index, recorder);
    const sound = await declareSample(kind.kind, index, AS_IT_IS);
    const error = sound.diagnostics.find(({ severity }) => severity === 'error');
    if (error) throw new Error(`the sample ${index} of ${kind.kind} is not sound: ${error.message}`);
    return new Subject(kind, index, recorder, sound);
  }

  /** Where a test can put other values. */
  readonly places: readonly Place[];
  private readonly props: Readonly<Record<string, unknown>>;
  private readonly words: readonly string[];

  private constructor(
    readonly kind: KindClass,
    readonly index: number,
    recorder: Recorder,
    private readonly sound: Sample,
  ) {
    this.places = recorder.places;
    this.props = recorder.given;
    this.words = words(sound);
  }

  /** The codec at a place; undefined inside of values that are no plain data, and for keys. */
  codecAt({ what, path: [field = '', ...path] }: Place): CodecType | undefined {
    return what === 'value' ? codecAt(this.codecOf(field)?.type, path) : undefined;
  }

  /** Whether a string of the sample stands in a file. */
  isRendered(text: string): boolean {
    return this.words.some((word) => word.includes(text));
  }

  /** Whether a place may hold any characters. */
  isFreeText({ what, path: [field = ''] }: Place): boolean {
    return what === 'value' && this.codecOf(field)?.freeText === true;
  }

  /** Runs the sample with other values. An exception is thrown on, and so is anything that is rendered in spite of an error. */
  async run(changes: ConstructorParameters<typeof Put>[0]): Promise<Outcome> {
    const result = await declareSample(this.kind.kind, this.index, new Put(changes));
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
    const stopped = errors.find(({ code }) => code === 'HPC2503');
    if (stopped) throw new Error(stopped.message);
    if (errors.length > 0 && result.files.size + Number(result.manifest !== undefined) > 0) {
      throw new Error(`there is output in spite of ${errors[0]?.message}`);
    }
    return { ...result, errors };
  }

  /**
   * Puts a string in a place: it must be refused, or come back. In the manifest it is unchanged, or in the canonical form of
   * its codec. In the files it stands wherever the sample's own string stood, and whatever else stood there is as it was.
   */
  async tryText(place: Place, value: string): Promise<void> {
    if (value === place.original) return;
    const outcome = await this.run([{ place, value }]);
    if (outcome.errors.length > 0) return;
    const found = words(outcome);
    const [before, after] = [kept(this.sound), kept(outcome)];
    if (this.isLiteral(place)) {
      if (after.some((text) => text.includes(value))) return this.compare(found, place.original as string, value);
      if (!after.some((text) => dense(text) === dense(value))) throw new Error('the manifest has lost it');
    }
    const [gone, fresh] = [without(before, after), without(after, before)];
    const [was, is] = [gone[0], fresh[0]];
    if (gone.length > 0 && folded(value) !== '' && folded(fresh.join('')) === '')
      throw new Error('nothing is left of it');
    // what one string came to; a list of hosts stands in the files in other ways than in the manifest
    if (was === undefined || is === undefined || gone.length + fresh.length > 2 || /[[,]/.test(is)) return;
    if (this.isRendered(was) && !found.some((word) => word.includes(is))) {
      throw new Error(`no file has ${JSON.stringify(is)} as it had ${JSON.stringify(was)}`);
    }
  }

  private compare(found: readonly string[], was: string, is: string): void {
    const count = (list: readonly string[], text: string) =>
      list.filter((word) => word.includes(text) || hasFolded(word, text)).length;
    const [wanted, there] = [count(this.words, was), count(found, is)];
    if (there < wanted) throw new Error(`it stands ${there} times where ${JSON.stringify(was)} stood ${wanted} times`);
    // names that are made of it (`hpc-1` gives the group hpc_1) and parts of it (`image` of `image@sha256`) change with it
    const others = (list: readonly string[], than: readonly string[], text: string) => {
      const known = new Set(than);
      const isOther = (word: string) => !word.includes(text) && !text.includes(word) && !hasFolded(word, text);
      return list.filter((word) => !known.has(word) && isOther(word));
    };
    const [lost, fresh] = [others(this.words, found, was), others(found, this.words, is)];
    if (lost.length + fresh.length > 0) {
      throw new Error(`it changes other words: ${JSON.stringify(lost)} became ${JSON.stringify(fresh)}`.slice(0, 400));
    }
  }

  /** Whether a string is text that comes back as it is; hosts, specs and versions come back in their canonical form. */
  private isLiteral(place: Place): boolean {
    if (place.what === 'canonical') return false;
    const type = this.codecAt(place);
    return type === undefined || ['text', 'path', 'choice'].includes(type.codec);
  }

  /** Whether the codec of the field refuses a string, which costs nothing of the pipeline. */
  isRefusedByCodec(place: Place, value: string): boolean {
    const [field = ''] = place.path;
    if (place.what === 'text' || place.what === 'canonical') return false;
    let refused = false;
    const changed = new Put([{ place, value }]).props(this.props)[field];
    this.codecOf(field)?.parse(changed, ({ severity }) => (refused ||= severity !== 'warning'));
    return refused;
  }

  private codecOf(field: string): Codec<unknown> | undefined {
    const table = this.kind.fields as unknown as Readonly<Record<string, { readonly codec: Codec<unknown> }>>;
    return Object.hasOwn(table, field) ? table[field]?.codec : undefined;
  }
}

/** Some text is kept in a canonical form, which differs in blanks. */
const dense = (text: string): string => text.replace(/\s/g, '');

/** A list without what another one has, each as often as it stands there. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const foldings = new Map<string, string>();

/** Text without what a name cannot have. Most words are the same in every run. */
function folded(text: string): string {
  let result = foldings.get(text);
  if (result === undefined) foldings.set(text, (result = text.toLowerCase().replace(/[^a-z0-9]+/g, '')));
  return result;
}

/** Whether a word may be a name that is made of another one. */
const hasFolded = (word: string, name: string): boolean =>
  /^[\w.-]*[^\W_][\w.-]*$/.test(name) && folded(word).includes(folded(name));

const texts = new Map<string, string[]>();

/** The words of all files. Reading is most of the work, and most files are the same in every run. */
function words({ files }: Sample): string[] {
  return [...files.values()].flatMap((file) => {
    const key = `${file.format ?? file.path}\n${file.content}`;
    let found = texts.get(key);
    if (!found) {
      try {
        found = wordsOf(file);
      } catch (error) {
        throw new Error(`${file.path} cannot be read: ${(error as Error).message}`, { cause: error });
      }
      texts.set(key, found);
    }
    return found;
  });
}

/** What the manifest keeps of a construct, after its way through a file: ids, strings, keys of maps. */
function kept({ manifest, noun }: Sample): string[] {
  const { constructs } = JSON.parse(JSON.stringify(manifest)) as NonNullable<Sample['manifest']>;
  return [...noun.node.path.split('/'), ...stringsIn(constructs[noun.node.path]?.values as Json)];
}

function stringsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item as Json)]);
}
