import { Construct, type IConstruct } from 'constructs';
import { missing, unknownName } from '../values/collections';
import { closest } from '../values/closest';
import type { Codec } from '../values/codec';
import type { Json } from '../values/json';
import { originOf, type Origin } from '../values/origin';
import { type Problem, quote } from '../values/problem';
import { type CallSite, captureCallSite, resolveCallSite } from './call-site';
import type { Effects, SiteFacts } from './effect';
import type { Field, FieldTable, Section, Values } from './field';

const NOUN = Symbol.for('hpcdk/Noun');

/** What every instance of a kind of construct has in common. */
export interface Kind<F extends FieldTable = FieldTable> {
  /** Name of the kind in manifests and diffs; a package of third parties prefixes its own name, e.g. `acme.Licence`. */
  readonly kind: string;
  /** Its page below docs/, without .md, e.g. `compute/partition`. @default - none */
  readonly docs?: string;
  /** The field table. */
  readonly fields: F;
  /** What it does to a running site when an instance is added or removed. */
  readonly lifecycle: {
    /** Where a review shows that an instance came or went. @default other */
    readonly section?: Section;
    readonly added: Effects;
    readonly removed: Effects;
    /** What another id or another place in the tree does. @default - what its removal does: its name means something on hosts */
    readonly moved?: Effects;
  };
}

/** A problem at a construct, and at a field of it when it belongs to one. */
export interface Fault extends Problem {
  readonly field?: string;
  /** The place inside the field's value, e.g. `[3].limit`. */
  readonly at?: string;
}

/** Receives the faults of one construct. */
export type FaultReport<F> = (problem: Problem, field?: keyof F & string, at?: string) => void;

/**
 * A construct with a field table: the noun of a definition, such as a partition. It parses its props into `values` and
 * never throws on user data: what is wrong is kept and reported with everything else.
 */
export abstract class Noun<F extends FieldTable = FieldTable> extends Construct {
  /** Says whether `x` is a noun, of this copy of the library or of another. */
  static isNoun(x: unknown): x is Noun {
    return typeof x === 'object' && x !== null && NOUN in x;
  }

  /** The nearest noun at or above a construct. */
  static of(construct: IConstruct): Noun | undefined {
    return construct.node.scopes.reverse().find(Noun.isNoun);
  }

  /** The parsed values; a value that could not be read is a harmless placeholder and has a fault in `faults`. */
  readonly values: Values<F>;
  /** What every instance of this kind has in common. */
  readonly definition: Kind<F>;
  /** What is wrong with the props. */
  readonly faults: Fault[] = [];
  /** The fields that the definition states itself; the others have their default. */
  readonly explicit: ReadonlySet<string>;
  private readonly callSite: CallSite;
  private readonly origin?: Origin;

  constructor(scope: Construct, id: string, definition: Kind<F>, props: object) {
    const name = usableId(scope, id);
    super(scope, name.id);
    Object.defineProperty(this, NOUN, { value: true });
    this.definition = definition;
    this.callSite = captureCallSite(new.target);
    const origin = originOf(props);
    if (origin) this.origin = origin;
    if (name.problem) this.faults.push(name.problem);
    this.explicit = new Set(
      Object.keys(props ?? {}).filter((key) => (props as Record<string, unknown>)[key] !== undefined),
    );
    this.values = this.parse(props as Readonly<Record<string, unknown>>);
  }

  /** Where the construct was declared: the user's line, or the row of the data file that it was read from. */
  source(projectDir: string): Origin | undefined {
    return this.origin ?? resolveCallSite(this.callSite, projectDir);
  }

  /** The values as canonical JSON; fields without a value are left out. */
  canonical(): Readonly<Record<string, Json>> {
    const result: Record<string, Json> = {};
    for (const [name, field] of Object.entries(this.definition.fields)) {
      const value = (this.values as Record<string, unknown>)[name];
      if (value !== undefined) result[name] = (field.codec as Codec<never, unknown>).print(value);
    }
    return result;
  }

  /**
   * The scope of what `addX` adds, e.g. `partitions`: a pool and a partition may have the same name.
   */
  protected collection(id: string): Construct {
    return (this.node.tryFindChild(id) as Construct | undefined) ?? new Construct(this, id);
  }

  /**
   * Reports what is wrong with the construct as part of the whole tree: references, limits of its neighbours. Called once
   * the tree is complete, and only when its own values could be read.
   *
   * @param _alike every noun of the same kind in the tree, this one among them
   */
  check(_report: FaultReport<F>, _alike: readonly Noun[]): void {}

  /** Facts of the site that hold at and below this construct, e.g. `{ slurm: '22.05' }`. */
  siteFacts(): SiteFacts {
    return {};
  }

  private parse(props: Readonly<Record<string, unknown>>): Values<F> {
    const { fields } = this.definition;
    const values: Record<string, unknown> = {};
    const names = Object.keys(fields);
    if (typeof props !== 'object' || props === null) {
      this.faults.push({ code: 'HPC1001', message: `${quote(props)} is not a record of properties` });
      props = {};
    }
    const meant = new Set<string>();
    for (const name of Object.keys(props)) {
      if (Object.hasOwn(fields, name) || props[name] === undefined) continue;
      this.faults.push({ ...unknownName(name, names), field: name });
      meant.add(closest(name, names) ?? '');
    }
    for (const name of names) {
      const field = fields[name] as unknown as Field<unknown>;
      const input = props[name] === undefined ? field.default : props[name];
      if (input !== undefined) {
        values[name] = field.codec.parse(input, (problem, at) =>
          this.faults.push({ ...problem, field: name, ...(at && { at }) }),
        );
      } else if (field.presence === 'required' && !meant.has(name)) {
        this.faults.push({ ...missing(name, Object.hasOwn(props, name)), field: name });
      }
    }
    return values as Values<F>;
  }
}

/** The facts of the site that hold at a construct; those nearer to it win. */
export const siteFactsAt = (construct: IConstruct): SiteFacts =>
  Object.assign({}, ...construct.node.scopes.filter(Noun.isNoun).map((noun) => noun.siteFacts())) as SiteFacts;

/** `constructs` throws on an id that is taken or empty; one such mistake must not hide the others. */
function usableId(scope: Construct, id: string): { id: string; problem?: Problem } {
  const text = String(id ?? '');
  const word = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
    .slice(0, 50);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text)) {
    return {
      id: freeId(scope, word || 'unnamed'),
      problem: {
        code: 'HPC2501',
        message: `${quote(text)} is not an id: it starts with a letter or digit and holds up to 63 letters, digits, dots, "_" and "-"`,
        ...(word && { fix: `did you mean ${quote(word)}?` }),
      },
    };
  }
  if (text in {}) {
    const message = `${quote(text)} is not an id: every object of JavaScript has a property of that name`;
    return { id: freeId(scope, text), problem: { code: 'HPC2501', message } };
  }
  if (!scope.node.tryFindChild(text)) return { id: text };
  return {
    id: freeId(scope, text),
    problem: {
      code: 'HPC2502',
      message: `${quote(text)} is declared twice below ${scope.node.path ? quote(scope.node.path) : 'the app'}`,
      fix: 'give each one a name of its own',
    },
  };
}

/** An id that no definition can give, for a construct whose own id is taken or unusable. */
function freeId(scope: Construct, id: string): string {
  let n = 2;
  while (scope.node.tryFindChild(`${id}~${n}`)) n += 1;
  return `${id}~${n}`;
}

/** A text about a construct with the ids that the definition gave, where the construct and its scopes go by other ones. */
export const asDeclared = (text: string, at: IConstruct): string =>
  at.node.scopes
    .map(({ node }) => node.id)
    .filter((id) => /~\d+$/.test(id))
    .reduce((said, id) => said.replaceAll(id, id.replace(/~\d+$/, '')), text);
