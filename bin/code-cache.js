'use strict';

const { hash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join } = require('node:path');
const { constants, Script } = require('node:vm');

/** Below this many characters, compiling is faster than a look at the disk. */
const SMALL = 20_000;
/** Length of a sha256 in bytes. */
const DIGEST = 32;

const digestOf = (data) => hash('sha256', data, 'buffer');

/**
 * Keeps the compiled code of modules from one run to the next: a third of a run is compiling. `enableCompileCache` of Node 22
 * and later keeps a quarter of it only, not the functions that are compiled when they are first called. What is kept has
 * the digest of its path and source in its name and that of itself in front; code of another V8 is refused by V8.
 *
 * @param isOurs tells by its path whether a module is one of ours: CommonJS, and not a file of the user's
 */
function keepCompiledCode(folder, isOurs) {
  const compile = Module.prototype._compile;
  const fresh = [];
  Module.prototype._compile = function (content, filename, ...more) {
    if (content.length < SMALL || !isOurs(filename)) return compile.call(this, content, filename, ...more);
    // the path too: V8 keeps it in the code, and a stack trace would name the file of another checkout
    const file = join(folder, hash('sha256', `${filename}\0${content}`));
    const cachedData = read(file);
    const script = new Script(Module.wrap(content), {
      filename,
      columnOffset: -Module.wrapper[0].length,
      cachedData,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    if (!cachedData || script.cachedDataRejected) fresh.push({ file, script });
    const load = Object.assign((id) => this.require(id), {
      resolve: (id) => Module._resolveFilename(id, this),
      main: process.mainModule,
      extensions: Module._extensions,
      cache: Module._cache,
    });
    return script.runInThisContext().call(this.exports, this.exports, load, this, filename, dirname(filename));
  };
  // At the end, because functions are compiled when they are first called.
  process.on('exit', () => fresh.forEach(write));
}

function read(file) {
  try {
    const kept = readFileSync(file);
    const data = kept.subarray(DIGEST);
    return kept.subarray(0, DIGEST).equals(digestOf(data)) ? data : undefined;
  } catch {
    return undefined; // the first run
  }
}

function write({ file, script }) {
  try {
    const data = script.createCachedData();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, Buffer.concat([digestOf(data), data]));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // a full disk makes the next run as slow as this one, and no more
  }
}

module.exports = { keepCompiledCode };
