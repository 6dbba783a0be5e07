// Bundles the package: node scripts/build.mjs [--types] [--outdir DIR]
//
//   hpcdk.js      all of our code, once: library, command line, testing
//   vendor/       the libraries that it uses, each loaded when it is first asked for
//   templates.js  the templates of text formats, compiled
//   index.js, testing.js, cli.js   the doors: each hands out its part of hpcdk.js
//   types/        declarations for the editors of users (--types)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { notices } from './build/notices.mjs';
import { lateArchiver, Vendor } from './build/plugins.mjs';
import { templatesModule } from './precompile-templates.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const { values: options } = parseArgs({ options: { types: { type: 'boolean' }, outdir: { type: 'string' } } });
const target = resolve(options.outdir ?? join(root, 'dist'));
// Built beside and swapped in: a program that runs meanwhile finds the old bundle or the new one.
const outdir = `${target}.${process.pid}`;
mkdirSync(outdir, { recursive: true });
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));

/** The doors of the package with the source that each opens on. */
const doors = { index: './lib/index.ts', testing: './lib/testing/index.ts', cli: './lib/cli/run.ts' };

/** Resolved from the installation of the user: one copy with his own constructs. */
const external = ['constructs', 'jiti'];

const inputs = [];
async function bundle(file, contents, { plugins = [], resolveDir = root, ...more } = {}) {
  const result = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir, sourcefile: file },
    outfile: join(outdir, file),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    metafile: true,
    legalComments: 'none', // they are in THIRD-PARTY-NOTICES
    logLevel: 'warning',
    external,
    plugins,
    ...more,
  }).catch(() => process.exit(1)); // esbuild has said why
  const [output] = Object.values(result.metafile.outputs);
  inputs.push(...Object.keys(output.inputs).filter((input) => output.inputs[input].bytesInOutput > 0));
}

/** A module that runs each of several others when it is first asked for. */
const lazily = (modules) => {
  const entries = Object.entries(modules).map(([key, path]) => `  '${key}': () => require('${path}'),\n`);
  return `module.exports = {\n${entries.join('')}};\n`;
};

const vendor = new Vendor(external);
await bundle('hpcdk.js', lazily(doors), { plugins: [vendor.plugin] });
// Nobody reads the code of others in a stack trace: made smaller, it is read faster.
const small = { minifyWhitespace: true, minifySyntax: true };
await Promise.all(
  [...vendor.files].map(([file, modules]) => {
    if (file !== './vendor/cdktf.js') return bundle(file, `module.exports = require('${[...modules][0]}');`, small);
    const all = Object.fromEntries([...modules].sort().map((path) => [path, path]));
    return bundle(file, lazily(all), { plugins: [lateArchiver], ...small });
  }),
);
const cdktf = dirname(require.resolve('cdktf/package.json'));
if (existsSync(join(cdktf, 'node_modules/archiver'))) {
  // cdktn, which may stand in its place, has none
  await bundle('vendor/archiver.js', "module.exports = require('archiver');", { resolveDir: cdktf, ...small });
}
writeFileSync(join(outdir, 'templates.js'), templatesModule(join(root, 'templates')));

// Node tells an ES module the names of a CommonJS module's exports by reading its text: each door spells them out.
const parts = require(join(outdir, 'hpcdk.js'));
for (const door of Object.keys(doors)) {
  const names = Object.keys(parts[door]()).join(', ');
  const open = `'use strict';\nmodule.exports = require('./hpcdk.js').${door}();\n`;
  writeFileSync(join(outdir, `${door}.js`), `${open}// for ES modules\n0 && (module.exports = { ${names} });\n`);
}

// What was made by one build is not taken for that of another.
const made = ['hpcdk.js', 'templates.js', 'vendor/cdktf.js'].map((file) => readFileSync(join(outdir, file)));
const data = readdirSync(join(root, 'data'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .map((file) => readFileSync(file));
const buildId = createHash('sha256');
for (const bytes of [...made, ...data]) buildId.update(bytes);
writeFileSync(join(outdir, 'build-id'), buildId.digest('hex'));

if (options.types) {
  const args = ['-p', join(root, 'tsconfig.types.json'), '--outDir', join(outdir, 'types')];
  const tsc = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), ...args], {
    stdio: 'inherit',
    cwd: root,
  });
  if (tsc.status !== 0) process.exit(1);
}

writeFileSync(join(target, '..', 'THIRD-PARTY-NOTICES'), notices(inputs, root));
if (existsSync(target)) renameSync(target, `${outdir}.old`);
renameSync(outdir, target);
rmSync(`${outdir}.old`, { recursive: true, force: true });
