#!/usr/bin/env node
'use strict';

const { existsSync, realpathSync } = require('node:fs');
const { createRequire } = require('node:module');
const { homedir } = require('node:os');
const { dirname, isAbsolute, join } = require('node:path');

/** The program of the copy of hpcdk that the project depends on, when it is another one than this. */
function programOfProject() {
  try {
    const manifest = createRequire(join(process.cwd(), 'hpcdk.js')).resolve('hpcdk/package.json');
    const root = realpathSync(dirname(manifest));
    return root === realpathSync(join(__dirname, '..')) ? undefined : join(root, require(manifest).bin.hpcdk);
  } catch {
    return undefined; // the project has none
  }
}

/** The libraries that are installed beside the bundle. */
const LIBRARIES = /[\\/]node_modules[\\/](?:constructs|jiti)[\\/]/;

/** Commands have different code: each keeps its own. */
function command() {
  const name = process.argv[2] ?? '';
  return /^[a-z]+$/.test(name) ? name : 'other';
}

function run() {
  const cli = join(__dirname, '..', 'dist', 'cli.js');
  if (!existsSync(cli)) {
    process.stderr.write('hpcdk is not built yet: run "npm run build" in its repository\n');
    process.exitCode = 1;
    return;
  }
  const { keepCompiledCode } = require('./code-cache');
  // Like everything that is run, never in a folder that others can write to.
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'hpcdk', 'node', `${process.version}-${process.arch}`, command());
  if (isAbsolute(cache)) keepCompiledCode(folder, (path) => path.startsWith(dirname(cli)) || LIBRARIES.test(path));
  require(cli).run();
}

const program = programOfProject();
if (program) require(program);
else run();
