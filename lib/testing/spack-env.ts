import { yaml } from '../documents/yaml';
import { Spec } from '../values/spec';
import { expectMatch, expectOne, missing } from './candidates';
import { ExpectationError } from './expectation-error';
import { exactly, type Wanted } from './match';
import { listOf, readDocument, recordOf } from './read-document';

/** A view: a folder in which installed packages are linked. */
export type SpackView = Readonly<Record<string, unknown>>;

/** A Spack environment: what a spack.yaml says. Specs are compared by what they ask for, however they are written. */
export class SpackEnv {
  /** Reads a spack.yaml. */
  static parse(text: string, where = 'spack.yaml'): SpackEnv {
    return new SpackEnv(recordOf(recordOf(readDocument(yaml, text, where)).spack), where);
  }

  private constructor(
    /** What stands below `spack:`. */
    readonly content: Readonly<Record<string, unknown>>,
    private readonly where: string,
  ) {}

  /** The root specs that stand there as text, in their order. */
  get specs(): readonly Spec[] {
    return listOf(this.content.specs).flatMap((spec) => (typeof spec === 'string' ? [Spec.parse(spec)] : []));
  }

  /** Fails unless a root asks for all of this, e.g. `hdf5 +mpi`; the root may ask for more. */
  hasSpec(wanted: string): this {
    const { name } = Spec.constraint(wanted);
    const roots = this.specs.filter((spec) => name === '' || spec.name === name);
    if (roots.length === 0) throw new ExpectationError(`${this.where}: ${missing('root spec', name, this.specs)}`);
    const candidates = roots.map((spec) => ({ name: spec.toString(), facts: specFacts(spec) }));
    expectOne(
      { where: this.where, what: name === '' ? 'root spec' : `root spec of ${name}` },
      candidates,
      wantedSpec(wanted),
    );
    return this;
  }

  /** Fails when a root is of the package. */
  lacksSpec(name: string): this {
    const found = this.specs.find((spec) => spec.name === name);
    if (found) throw new ExpectationError(`${this.where}: '${found}' is a root`);
    return this;
  }

  /** What is required of a package, `all` for every one. */
  requires(name: string): readonly string[] {
    return listOf(this.package(name).require).flatMap((entry) => {
      if (typeof entry === 'string') return [entry];
      const { spec, one_of, any_of } = recordOf(entry);
      return [...listOf(spec), ...listOf(one_of), ...listOf(any_of)].map(String);
    });
  }

  /** Fails unless one of the requirements of a package asks for all of this, e.g. `hasRequire('mpi', 'openmpi@5')`. */
  hasRequire(name: string, wanted: string): this {
    const candidates = this.requires(name).map((text) => ({ name: text, facts: specFacts(Spec.constraint(text)) }));
    expectOne({ where: this.where, what: `requirement of ${name}` }, candidates, wantedSpec(wanted));
    return this;
  }

  /** The installations of a package that Spack did not make. */
  externals(name: string): readonly Readonly<Record<string, unknown>>[] {
    return listOf(this.package(name).externals).map(recordOf);
  }

  /** Fails unless an external of the package is what is wanted, e.g. `{ spec: 'gcc@13.3.0', prefix: '/opt/gcc' }`. */
  hasExternal(name: string, wanted: { readonly [key: string]: Wanted }): this {
    const { spec, ...others } = wanted;
    const asSpec = typeof spec === 'string' ? wantedSpec(spec) : spec;
    const candidates = this.externals(name).map((external) => {
      const text = String(external.spec ?? '');
      return {
        name: text,
        facts: { ...external, spec: typeof spec === 'string' ? specFacts(Spec.parse(text)) : text },
      };
    });
    expectOne(
      { where: this.where, what: `external of ${name}` },
      candidates,
      spec === undefined ? others : { ...others, spec: asSpec },
    );
    return this;
  }

  /** The views by name; one that has none is the default. */
  get views(): Readonly<Record<string, SpackView>> {
    const { view } = this.content;
    if (typeof view === 'string') return { default: { root: view } };
    return Object.fromEntries(
      Object.entries(recordOf(view)).map(([name, entry]) => [
        name,
        typeof entry === 'string' ? { root: entry } : recordOf(entry),
      ]),
    );
  }

  /** Fails unless the view is what is wanted. */
  hasView(name: string, wanted: Wanted = {}): this {
    expectMatch(this.views, { [name]: wanted }, `${this.where}: the views`);
    return this;
  }

  /** Fails unless the environment as a whole is what is wanted, e.g. `has({ concretizer: { unify: true } })`. */
  has(wanted: Wanted): this {
    expectMatch(this.content, wanted, this.where);
    return this;
  }

  private package(name: string): Readonly<Record<string, unknown>> {
    return recordOf(recordOf(this.content.packages)[name]);
  }
}

/** What a spec asks for, with only what it says. */
function specFacts(spec: Spec): { readonly [key: string]: Wanted } {
  const { name, versions, target, os, platform, dependencies } = spec;
  const stated = { versions: versions?.replace(/^=/, ''), target, os, platform };
  return {
    ...(name !== '' && { name }),
    ...Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
    ...(spec.variants.size > 0 && { variants: Object.fromEntries(spec.variants) }),
    ...(spec.flags.size > 0 && { flags: Object.fromEntries(spec.flags) }),
    ...(dependencies.length > 0 && {
      dependencies: dependencies.map(({ spec: inner, virtuals }) => ({
        ...specFacts(inner),
        ...(virtuals.length > 0 && { virtuals }),
      })),
    }),
  };
}

function wantedSpec(text: string): Wanted {
  const spec = Spec.constraint(text);
  if (spec.problem) throw new ExpectationError(spec.problem.message);
  const facts = specFacts(spec);
  // a variant has the values that are named and no others
  const variants = Object.entries((facts.variants ?? {}) as { readonly [key: string]: Wanted });
  return {
    ...facts,
    ...(variants.length > 0 && {
      variants: Object.fromEntries(
        variants.map(([key, value]) => [key, Array.isArray(value) ? exactly(value) : value]),
      ),
    }),
  };
}
