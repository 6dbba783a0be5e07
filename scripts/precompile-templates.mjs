// Compiles templates/**/*.hbs into one module, so that the bundle needs only the runtime of Handlebars.
// Usage: node scripts/precompile-templates.mjs [templates] [dist/templates.js]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

/** The source of the module: template name -> compiled template. The options are those of lib/documents/template.ts. */
export function templatesModule(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => file.slice(0, -'.hbs'.length).replaceAll('\\', '/'))
    .sort();
  const entry = (name) => {
    const source = readFileSync(join(folder, `${name}.hbs`), 'utf8');
    return `${JSON.stringify(name)}: ${Handlebars.precompile(source, { strict: true, noEscape: true })}`;
  };
  return `module.exports = {\n${names.map(entry).join(',\n')}\n};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const [folder = join(root, 'templates'), target = join(root, 'dist/templates.js')] = process.argv.slice(2);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, templatesModule(folder));
}
