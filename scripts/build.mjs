// Bundles the package: node scripts/build.mjs [--types] [--outdir DIR]
//
//   hpcdk.js     all of our code, once: library, command line, testing
//   vendor.js    cdktf and the provider's submodules that we use; loaded when a cloud construct is rendered
//   templates.js the templates of text formats, compiled
//   index.js, testing.js, cli.js   the doors: each hands out its part of hpcdk.js
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { templatesModule } from './precompile-templates.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({ options: { types: { type: 'boolean' }, outdir: { type: 'string' } } });
const target = resolve(options.outdir ?? join(root, 'dist'));
// Built beside and swapped in: a program that runs meanwhile finds the old bundle or the new one.
const outdir = `${target}.${process.pid}`;

/** The doors of the package with the source that each opens on. */
const doors = Object.entries({
  index: 'lib/index.ts',
  testing: 'lib/testing/index.ts',
  cli: 'lib/cli/run.ts',
}).filter(([, source]) => existsSync(join(root, source)));

/** Resolved from the installation of the user: one copy with his own constructs. */
const external = ['constructs', 'jiti'];

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outdir,
  metafile: true,
  legalComments: 'none',
  external,
  logLevel: 'warning',
  write: false,
};

mkdirSync(outdir, { recursive: true });
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));

const vendored = new Set();
/** Sends imports of cdktf and its provider to vendor.js, and notes them. */
const toVendor = {
  name: 'to-vendor',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(cdktf|@cdktf\/.*)$/ }, ({ path }) => {
      vendored.add(path);
      return { path, namespace: 'vendor' };
    });
    onLoad({ filter: /.*/, namespace: 'vendor' }, ({ path }) => ({
      contents: `module.exports = require('./vendor.js')[${JSON.stringify(path)}]()`,
      resolveDir: outdir,
    }));
    onResolve({ filter: /^\.\/vendor\.js$/, namespace: 'vendor' }, ({ path }) => ({ path, external: true }));
  },
};

/** A bundle of modules that are each run when they are first asked for. */
const lazily = (name, modules) => ({
  contents: `module.exports = {\n${modules.map(([key, path]) => `  ${JSON.stringify(key)}: () => require(${JSON.stringify(path)}),`).join('\n')}\n};\n`,
  resolveDir: root,
  sourcefile: name,
});

const inputs = [];
async function bundle(name, modules, plugins = []) {
  const result = await build({
    ...common,
    plugins,
    stdin: lazily(name, modules),
    outfile: join(outdir, name),
    outdir: undefined,
  }).catch(() => process.exit(1)); // esbuild has said why
  writeFileSync(join(outdir, name), result.outputFiles[0].contents);
  inputs.push(...Object.entries(Object.values(result.metafile.outputs)[0].inputs));
}

await bundle(
  'hpcdk.js',
  doors.map(([door, source]) => [door, `./${source}`]),
  [toVendor],
);
if (vendored.size > 0) {
  await bundle(
    'vendor.js',
    [...vendored].sort().map((path) => [path, path]),
  );
}

writeFileSync(join(outdir, 'templates.js'), templatesModule(join(root, 'templates')));

// Node tells an ES module the names of a CommonJS module's exports by reading its text: each door spells them out.
const parts = createRequire(import.meta.url)(join(outdir, 'hpcdk.js'));
for (const [door] of doors) {
  const names = Object.keys(parts[door]());
  writeFileSync(
    join(outdir, `${door}.js`),
    `'use strict';\nmodule.exports = require('./hpcdk.js').${door}();\n// for ES modules\n0 && (module.exports = { ${names.join(', ')} });\n`,
  );
}

writeFileSync(join(outdir, '..', 'THIRD-PARTY-NOTICES'), notices());
if (options.types) emitTypes();

if (existsSync(target)) renameSync(target, `${outdir}.old`);
renameSync(outdir, target);
rmSync(`${outdir}.old`, { recursive: true, force: true });

/** The licences of the packages whose code is in the bundles. */
function notices() {
  const packages = new Map();
  for (const [input, { bytesInOutput }] of inputs) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
    if (folder && bytesInOutput > 0)
      packages.set(folder, JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
  }
  const sections = [...packages].map(([folder, { name, version, license }]) => {
    const files = readdirSync(join(root, folder))
      .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
      .sort();
    const texts = files.map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
    return { key: `${name}@${version}`, text: [`${name} ${version} (${license})`, '', ...texts].join('\n') };
  });
  const unique = [...new Map(sections.map((section) => [section.key, section.text]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const rule = '-'.repeat(80);
  return `The bundles of hpcdk hold code of these packages, under their licences.\n\n${unique.map(([, text]) => `${rule}\n${text}\n`).join('\n')}`;
}

/** Declarations for the editors of users. */
function emitTypes() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const args = ['-p', join(root, 'tsconfig.types.json'), '--outDir', join(outdir, 'types')];
  const { status } = spawnSync(process.execPath, [tsc, ...args], { stdio: 'inherit', cwd: root });
  if (status !== 0) process.exit(1);
}
