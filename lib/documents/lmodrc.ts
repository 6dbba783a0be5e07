import { quote, type Report } from '../values/problem';
import { lua } from './escape';
import type { Format } from './format';
import { isLuaName, LuaReader, LuaSyntaxError, type LuaValue } from './lua';
import { luaLiteral } from './lua-calls';

/** How Lmod shows one value of a property in `module avail` and `module list`. */
export interface PropertyDisplay {
  readonly short: string;
  readonly long?: string;
  readonly color?: string;
  /** The legend under the table. */
  readonly doc: string;
}

/** A property that modulefiles set by `add_property(name, value)`. */
export interface Property {
  /** The allowed values. */
  readonly validT: Readonly<Record<string, number>>;
  /** How each value, or values joined by `:`, is shown. */
  readonly displayT: Readonly<Record<string, PropertyDisplay>>;
}

/** A folder with a system spider cache, and the file whose date tells Lmod how fresh it is. */
export interface SpiderCache {
  readonly dir: string;
  readonly timestamp: string;
}

/** `lmodrc.lua`, the configuration of Lmod. */
export interface Lmodrc {
  readonly propT?: Readonly<Record<string, Property>>;
  readonly scDescriptT?: readonly SpiderCache[];
}

/** `lmodrc.lua`: tables of literals. */
export const lmodrc: Format<Lmodrc> = {
  name: 'lmodrc.lua',
  print({ propT, scDescriptT }, report) {
    const assign = (name: string, value: unknown) =>
      value === undefined ? '' : `${name} = ${printValue(value as LuaValue, '', report)}\n`;
    return assign('propT', propT) + assign('scDescriptT', scDescriptT);
  },
  parse(text, report) {
    const found: { propT?: LuaValue; scDescriptT?: LuaValue } = {};
    try {
      const lua = new LuaReader(text);
      while (lua.next.type !== 'end') {
        const name = lua.take();
        if (name.text !== 'propT' && name.text !== 'scDescriptT') {
          throw new LuaSyntaxError(`${quote(name.text)} is no table of lmodrc.lua`, name.line);
        }
        lua.expect('=');
        found[name.text] = lua.value();
        lua.accept(';');
      }
    } catch (error) {
      if (!(error instanceof LuaSyntaxError)) throw error;
      report(error.problem);
    }
    return checked(found, report);
  },
};

/** Lua cannot tell an empty list from an empty record; what has another shape than Lmod's is reported. */
function checked({ propT, scDescriptT }: { propT?: LuaValue; scDescriptT?: LuaValue }, report: Report): Lmodrc {
  const refuse = (what: string) =>
    report({ code: 'HPC2052', message: `${what} of lmodrc.lua has not the form that Lmod reads` });
  const strings = (value: LuaValue | undefined, ...keys: string[]) =>
    isRecord(value) && keys.every((key) => typeof value[key] === 'string');
  const caches = Array.isArray(scDescriptT) ? (scDescriptT as LuaValue[]) : [];
  if (scDescriptT !== undefined && !(Array.isArray(scDescriptT) || (isRecord(scDescriptT) && isEmpty(scDescriptT)))) {
    refuse('scDescriptT');
  } else if (!caches.every((cache) => strings(cache, 'dir', 'timestamp'))) refuse('an entry of scDescriptT');
  const properties = isRecord(propT) ? propT : {};
  if (propT !== undefined && !isRecord(propT)) refuse('propT');
  for (const [name, property] of Object.entries(properties)) {
    const { validT, displayT } = isRecord(property) ? property : {};
    const isShown = isRecord(displayT) && Object.values(displayT).every((display) => strings(display, 'short', 'doc'));
    if (!isRecord(validT) || !isShown) refuse(`property ${quote(name)}`);
  }
  return {
    ...(propT === undefined ? {} : { propT: properties as unknown as Lmodrc['propT'] }),
    ...(scDescriptT === undefined ? {} : { scDescriptT: caches as unknown as Lmodrc['scDescriptT'] }),
  };
}

const isRecord = (value: LuaValue | undefined): value is { readonly [key: string]: LuaValue } =>
  typeof value === 'object' && !Array.isArray(value);
const isEmpty = (record: object) => Object.keys(record).length === 0;

function printValue(value: LuaValue, indent: string, report: Report): string {
  if (typeof value === 'string') return lua(value, report);
  if (typeof value === 'number') return luaLiteral(value, report);
  if (typeof value === 'boolean') return String(value);
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? (value as readonly LuaValue[]).map((item) => printValue(item, inner, report))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${isLuaName(key) ? key : `[${lua(key, report)}]`} = ${printValue(item, inner, report)}`);
  return items.length === 0 ? '{}' : `{\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}}`;
}
