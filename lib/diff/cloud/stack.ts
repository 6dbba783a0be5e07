import { byCodeUnit, isRecord, type Json, type JsonRecord } from '../../values/json';

/** One resource of a Terraform stack, or a data source. */
export interface Resource {
  /** What Terraform calls it, e.g. `aws_subnet.network-main_node-subnet-1_DC9CCB94`. */
  readonly address: string;
  readonly type: string;
  /** Its arguments, without what cdktf notes for itself. */
  readonly values: JsonRecord;
  /** Path of its construct below the stack, e.g. `network-main/node-subnet-1`; empty when cdktf did not note it. */
  readonly path: string;
  /** Its address before, when the new side moved it. */
  readonly from?: string;
}

/** A Terraform stack as a review reads it. */
export interface Stack {
  /** By address. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** Where resources went: old address to new address. */
  readonly moved: ReadonlyMap<string, string>;
  /** Everything else: provider, backend, outputs. */
  readonly rest: JsonRecord;
}

export const NO_STACK: Stack = { resources: new Map(), moved: new Map(), rest: {} };

/** Reads `cdk.tf.json`; nothing when the text is no stack. */
export function readStack(text: string): Stack | undefined {
  let content: Json;
  try {
    content = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!isRecord(content)) return undefined;
  const { resource, data, moved, '//': _note, ...rest } = content;
  const resources = [...resourcesOf(resource, ''), ...resourcesOf(data, 'data.')].sort((a, b) =>
    byCodeUnit(a.address, b.address),
  );
  return { resources: new Map(resources.map((one) => [one.address, one])), moved: movesOf(moved), rest };
}

function* resourcesOf(byType: Json | undefined, prefix: string): Iterable<Resource> {
  for (const [type, byId] of Object.entries(isRecord(byType) ? byType : {})) {
    for (const [id, resource] of Object.entries(isRecord(byId) ? byId : {})) {
      if (!isRecord(resource)) continue;
      const { '//': note, ...values } = resource;
      yield { address: `${prefix}${type}.${id}`, type: prefix + type, values, path: pathOf(note) };
    }
  }
}

/** The path of cdktf without its first part, which is the stack. */
function pathOf(note: Json | undefined): string {
  const metadata = isRecord(note) ? note.metadata : undefined;
  const path = isRecord(metadata) && typeof metadata.path === 'string' ? metadata.path : '';
  return path.slice(path.indexOf('/') + 1);
}

function movesOf(moved: Json | undefined): Map<string, string> {
  const blocks = Array.isArray(moved) ? (moved as readonly Json[]) : [];
  return new Map(
    blocks.flatMap((block): [string, string][] =>
      isRecord(block) && typeof block.from === 'string' && typeof block.to === 'string' ? [[block.from, block.to]] : [],
    ),
  );
}

/** Where an address leads after all moves. */
export function movedTo({ moved }: Stack, address: string): string {
  let at = address;
  for (let left = moved.size; left > 0; left -= 1) at = moved.get(at) ?? at;
  return at;
}

/** How people speak of a resource: its type and its place below the stack. */
export const nameOf = ({ type, path, address }: Pick<Resource, 'type' | 'path' | 'address'>): string =>
  path === '' ? address : `${type} ${path.replace(/\/Resource$/, '')}`;

/** Expressions of Terraform in a text as people read them: `${aws_iam_role.pool-hpc-burst_role_3DC5.arn}` is the role. */
export const readable = (text: string, stack: Stack): string =>
  text.replace(/\$\{((?:data\.)?[a-z0-9_]+\.[\w-]+)\.\w+\}/g, (whole, address: string) => {
    if (address.startsWith('data.aws_caller_identity.')) return '<account>';
    const found = stack.resources.get(address);
    return found ? `<${nameOf(found)}>` : whole;
  });
