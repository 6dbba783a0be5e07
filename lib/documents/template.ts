import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HelperDelegate, HelperOptions, TemplateDelegate } from 'handlebars';
import { packageRoot } from '../values/package-root';
import type { Report } from '../values/problem';
import { type Escape, escapes } from './escape';

type Engine = typeof import('handlebars');

/** How templates are compiled, here and by the build: a missing variable throws, and no HTML escaping. */
const compileOptions = { strict: true, noEscape: true } as const;

/**
 * Renders `templates/<tool>/<file>.hbs`.
 *
 * Every variable goes through the helper of its target format (`{{lua version}}`), which reports what the format cannot
 * carry; `{{raw text}}` is for text that is already in the format. A missing variable is a bug of ours and throws.
 *
 * @param name the path below templates/ without `.hbs`, such as `lmod/modulefile.lua`
 */
export function renderTemplate(name: string, context: object, report: Report): string {
  let template = loaded.get(name);
  if (!template) loaded.set(name, (template = load(name)));
  return run(template, name, context, report);
}

/** Renders a template that is given as text; for formats of other packages, which keep their templates with them. */
export function renderText(source: string, context: object, report: Report): string {
  return run(fullEngine().compile<object>(source, compileOptions), 'given as text', context, report);
}

const loaded = new Map<string, TemplateDelegate<object>>();

function run(template: TemplateDelegate<object>, name: string, context: object, report: Report): string {
  try {
    return template(context, {
      data: { report },
      allowProtoPropertiesByDefault: false,
      allowProtoMethodsByDefault: false,
    });
  } catch (error) {
    throw new Error(`template ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** The bundle brings its templates precompiled in a file beside it: then the compiler of Handlebars is never loaded. */
function load(name: string): TemplateDelegate<object> {
  const precompiled = join(__dirname, 'templates.js');
  if (existsSync(precompiled)) {
    const specs = require(precompiled) as Readonly<Record<string, TemplateSpecification>>;
    const spec = specs[name];
    if (!spec) throw new Error(`there is no template ${name} in ${precompiled}`);
    return runtimeEngine().template<object>(spec);
  }
  const source = readFileSync(join(packageRoot(), 'templates', `${name}.hbs`), 'utf8');
  return fullEngine().compile<object>(source, compileOptions);
}

const once = <T>(make: () => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};
// Loaded only when a template is rendered: the engine costs 10 ms, with its compiler 20 ms.
const fullEngine = once(() => withHelpers(require('handlebars') as Engine));
const runtimeEngine = once(() => withHelpers(require('handlebars/runtime') as Engine));

function withHelpers(shared: Engine): Engine {
  const engine = shared.create();
  for (const name of Object.keys(engine.helpers)) {
    if (!['each', 'if', 'unless', 'helperMissing', 'blockHelperMissing'].includes(name)) engine.unregisterHelper(name);
  }
  // Strict mode does not look at the arguments of helpers: a missing list would render as an empty one.
  for (const name of ['each', 'if', 'unless']) {
    const builtIn = engine.helpers[name] as HelperDelegate;
    engine.registerHelper(name, function (this: unknown, value: unknown, options: HelperOptions) {
      if (value === undefined) throw new Error(`{{#${name}}} of a variable that is not there`);
      return builtIn.call(this, value, options);
    });
  }
  for (const [name, escape] of Object.entries(escapes)) engine.registerHelper(name, escapeHelper(name, escape));
  engine.registerHelper('raw', (value: unknown) => textOf('raw', value));
  engine.registerHelper('eq', (a: unknown, b: unknown) => a === b);
  engine.registerHelper('join', joinHelper);
  engine.registerHelper('indent', function (this: unknown, width: number, options: HelperOptions) {
    return options.fn(this).replace(/^(?=.)/gm, ' '.repeat(width));
  });
  return engine;
}

const escapeHelper = (name: string, escape: Escape) => (value: unknown, options: HelperOptions) =>
  escape(textOf(name, value), (options.data as { report: Report }).report);

/** `{{join list ", " escape="lua"}}`: each item escaped, then joined. */
function joinHelper(list: unknown, separator: unknown, options: HelperOptions): string {
  if (!Array.isArray(list)) throw new Error('{{join}} needs a list');
  const name = String((options.hash as { escape?: unknown }).escape ?? 'raw');
  if (name !== 'raw' && !Object.hasOwn(escapes, name)) throw new Error(`{{join}} knows no escape ${name}`);
  const item =
    name === 'raw'
      ? (value: unknown) => textOf('join', value)
      : escapeHelper(name, escapes[name as keyof typeof escapes]);
  return list.map((value: unknown) => item(value, options)).join(textOf('join', separator));
}

function textOf(helper: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(
    `{{${helper}}} needs a string or a number, not ${value === undefined ? 'a missing variable' : typeof value}`,
  );
}
