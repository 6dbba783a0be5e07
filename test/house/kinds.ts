import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kind, Noun } from '../../lib/app/noun';

const lib = join(__dirname, '../../lib');

/** A class of a kind of construct, and where it stands. */
export interface KindClass extends Kind {
  /** The class. */
  readonly className: string;
  /** Path below lib/. */
  readonly file: string;
}

/** Every class of lib that is a noun and can be made: found by its text, so that a new one needs no list. */
export function kindClasses(): KindClass[] {
  return readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        !(process.env.DEV_SKIP ?? '-').split(',').includes(file) &&
        file.endsWith('.ts') &&
        /class \w+(<[^{]*>)? extends \w+</.test(read(file)),
    )
    .sort()
    .flatMap((file) => {
      const exported = Object.values(require(join(lib, file)) as Record<string, unknown>);
      const made = exported.filter(isNounClass).filter(({ name }) => !read(file).includes(`abstract class ${name}`));
      return made.map((one) => {
        const { kind, docs, fields, lifecycle } = one as unknown as Kind;
        return { className: one.name, file, kind, fields, lifecycle, ...(docs !== undefined && { docs }) };
      });
    });
}

const read = (file: string) => readFileSync(join(lib, file), 'utf8');

function isNounClass(x: unknown): x is NewableFunction {
  return typeof x === 'function' && (x.prototype as unknown) instanceof Noun;
}
