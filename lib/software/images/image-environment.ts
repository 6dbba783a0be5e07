import type { Json } from '../../values/json';
import { sortedEntries } from '../../values/json';
import { LANGUAGES } from '../compiler';
import type { ContainerImage } from '../container-image';
import { recipesOf } from '../stack/spack-yaml';

/** Where software stands inside of an image: packages by their hash, and a view of all of them. */
export const SOFTWARE = '/opt/software';
export const VIEWS = '/opt/views';
export const VIEW = `${VIEWS}/view`;

/** The environment that an image is built from: the chosen roots in one view, with the constraints of their stack. */
export function imageEnvironment(image: ContainerImage): Json {
  const { stack, target, externals } = image.values;
  const { compiler, mpi } = image;
  const { buildCache, recipes } = stack.values;
  const packages: Record<string, Json> = { all: { require: [`target=${target}`] } };
  const add = (name: string, entry: { readonly [key: string]: Json }) => {
    packages[name] = { ...(packages[name] as object), ...entry };
  };
  for (const [name, constraint] of sortedEntries(stack.values.require)) add(name, { require: [constraint.toString()] });
  for (const { spec, prefix, buildable = false } of externals) {
    add(spec.name, { buildable, externals: [{ spec: spec.toString(), prefix }] });
  }
  if (compiler) {
    const prefix = compiler.external ?? '/usr';
    const programs = { compilers: { ...compiler.programs(prefix) } };
    const known = { spec: compiler.spec.toString(), prefix, extra_attributes: programs };
    add(compiler.recipe, { buildable: false, externals: [known] });
    for (const language of LANGUAGES) add(language, { require: [compiler.constraint] });
  }
  // Inside the image too, users get the Python that the stack has.
  if (image.python && !stack.values.require.python) add('python', { require: [image.python.toString()] });
  add('mpi', mpi ? { require: [mpi.spec.toString()] } : { buildable: false });
  return {
    spack: {
      specs: [...(mpi ? [mpi.spec.toString()] : []), ...image.roots.map((spec) => spec.toString())],
      concretizer: {
        unify: true,
        targets: { granularity: 'microarchitectures', host_compatible: false },
      },
      packages,
      view: { image: { root: VIEW, link: 'run' } },
      config: { install_tree: { root: SOFTWARE } },
      ...(recipes && { repos: { builtin: recipesOf(stack, '/opt/recipes') } }),
      ...(buildCache && {
        mirrors: { [`${stack.node.id}-cache`]: { url: buildCache.url, signed: buildCache.signed } },
      }),
    },
  };
}
