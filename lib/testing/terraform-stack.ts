import { json } from '../documents/json';
import { type Candidate, expectMatch, expectNamed, expectOne } from './candidates';
import { ExpectationError } from './expectation-error';
import type { Meaning, Wanted } from './match';
import { listOf, readDocument, recordOf } from './read-document';

/** Arguments of a resource. */
export type TerraformBlock = Readonly<Record<string, unknown>>;

/**
 * A Terraform stack in JSON syntax. A block that stands alone and a list of one block mean the same, and text that holds
 * JSON, such as a policy, is compared with a record by its value.
 */
export class TerraformStack {
  /** Reads a cdk.tf.json or another `*.tf.json`. */
  static parse(text: string, where = 'the Terraform stack'): TerraformStack {
    return new TerraformStack(recordOf(readDocument(json, text, where)), where);
  }

  private constructor(
    /** The file as it is. */
    readonly content: Readonly<Record<string, unknown>>,
    private readonly where: string,
  ) {}

  /** The resources of a type by their name in the stack. */
  resources(type: string): Readonly<Record<string, TerraformBlock>> {
    return this.blocks('resource', type);
  }

  /** How many resources there are of a type, or of all. */
  resourceCount(type?: string): number {
    const types = type === undefined ? Object.keys(recordOf(this.content.resource)) : [type];
    return types.reduce((sum, name) => sum + Object.keys(this.resources(name)).length, 0);
  }

  /** Fails unless there are that many resources of a type. */
  hasResourceCount(type: string, count: number): this {
    const names = Object.keys(this.resources(type));
    if (names.length === count) return this;
    const shown = names.length > 0 ? `: ${names.join(', ')}` : '';
    throw new ExpectationError(`${this.where}: ${type}: there are ${names.length}, wanted ${count}${shown}`);
  }

  /** Fails unless a resource of the type is what is wanted. */
  hasResource(type: string, wanted: Wanted = {}): this {
    return this.hasBlock('resource', type, wanted);
  }

  /** Fails unless a data source of the type is what is wanted. */
  hasData(type: string, wanted: Wanted = {}): this {
    return this.hasBlock('data', type, wanted);
  }

  /** The outputs by name. */
  get outputs(): Readonly<Record<string, TerraformBlock>> {
    return blocksOf(this.content.output);
  }

  /** Fails unless there is such an output, e.g. `hasOutput('bucket', { sensitive: absent })`. */
  hasOutput(name: string, wanted: Wanted = {}): this {
    const kind = { where: this.where, what: 'output', meaning };
    expectNamed(kind, candidatesOf(this.outputs), name, wanted);
    return this;
  }

  /** Fails unless the file as a whole is what is wanted, e.g. `has({ terraform: { required_version: anything } })`. */
  has(wanted: Wanted): this {
    expectMatch(this.content, wanted, this.where, meaning);
    return this;
  }

  private blocks(of: 'resource' | 'data', type: string): Readonly<Record<string, TerraformBlock>> {
    return blocksOf(recordOf(this.content[of])[type]);
  }

  private hasBlock(of: 'resource' | 'data', type: string, wanted: Wanted): this {
    const what = of === 'data' ? `data source ${type}` : type;
    expectOne({ where: this.where, what, meaning }, candidatesOf(this.blocks(of, type)), wanted);
    return this;
  }
}

const blocksOf = (value: unknown): Readonly<Record<string, TerraformBlock>> =>
  Object.fromEntries(Object.entries(recordOf(value)).map(([name, block]) => [name, recordOf(listOf(block)[0])]));

const candidatesOf = (blocks: Readonly<Record<string, TerraformBlock>>): Candidate[] =>
  Object.entries(blocks).map(([name, facts]) => ({ name, facts }));

const meaning: Meaning = {
  record: (actual) => {
    if (Array.isArray(actual) && actual.length === 1) return actual[0] as unknown;
    if (typeof actual !== 'string') return actual;
    let sound = true;
    const value = json.parse(actual, () => (sound = false));
    return sound ? value : actual;
  },
};
