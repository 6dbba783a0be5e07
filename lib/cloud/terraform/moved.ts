import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { byCodeUnit, type Json } from '../../values/json';

/** Where the scopes of a stack were before: the path below the stack, and its former paths, the oldest first. */
export type FormerScopes = ReadonlyMap<string, readonly string[]>;

/** One step of a resource from address to address. */
interface Moved {
  readonly from: string;
  readonly to: string;
}

/**
 * The `moved` blocks of a stack (Terraform language, "Refactoring"): a resource whose construct was renamed keeps what it
 * is, and only its address is another one.
 *
 * @param paths of the resources below the stack, by address
 */
export function movedBlocks(paths: ReadonlyMap<string, string>, former: FormerScopes): Json[] {
  if (former.size === 0) return [];
  const stack = new TerraformStack(new App({ outdir: '.' }), 'former');
  const steps = [...paths].flatMap(([address, path]): Moved[] => {
    const type = address.slice(0, address.indexOf('.'));
    const before = formerOf(path, former).map((old) => `${type}.${logicalId(stack, old)}`);
    const stations = [...before, address].filter((one, index, all) => one !== all[index - 1]);
    return stations.slice(1).map((to, index) => ({ from: stations[index] as string, to }));
  });
  return steps
    .filter(({ from }) => !paths.has(from))
    .sort((a, b) => byCodeUnit(a.from, b.from))
    .map(({ from, to }) => ({ from, to }));
}

/** The former paths of a resource, by the scope that says most of it. */
function formerOf(path: string, former: FormerScopes): readonly string[] {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const old = former.get(path.slice(0, end));
    if (old) return old.map((one) => one + path.slice(end));
  }
  return [];
}

/** The id that cdktf gives to a resource at a path. */
function logicalId(stack: TerraformStack, path: string): string {
  const scope = path
    .split('/')
    .reduce<Construct>((at, id) => (at.node.tryFindChild(id) as Construct | undefined) ?? new Construct(at, id), stack);
  return stack.getLogicalId(scope.node);
}
