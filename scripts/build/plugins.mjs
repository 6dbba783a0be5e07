import { isBuiltin } from 'node:module';

/** Where the modules of other packages go: one file for each, but cdktf and its provider, which belong together. */
export class Vendor {
  /** File below dist/ -> the modules in it. */
  files = new Map();

  /** @param external packages that are resolved from the installation of the user */
  constructor(external) {
    this.external = external;
  }

  /** Sends imports of other packages to their files, and notes them. */
  get plugin() {
    return {
      name: 'vendor',
      setup: ({ onResolve, onLoad }) => {
        onResolve({ filter: /^[@a-z]/ }, ({ path }) => this.resolve(path));
        // One file of many modules hands out each when it is asked for.
        onLoad({ filter: /.*/, namespace: 'cdktf' }, ({ path }) => ({
          contents: `module.exports = require('./vendor/cdktf.js')[${JSON.stringify(path)}]()`,
        }));
        onResolve({ filter: /^\.\/vendor\// }, ({ path }) => ({ path, external: true }));
      },
    };
  }

  resolve(path) {
    if (this.external.includes(path) || isBuiltin(path)) return undefined;
    const ofCdktf = /^@?cdktf/.test(path);
    const file = `./vendor/${ofCdktf ? 'cdktf' : path.replaceAll('/', '-')}.js`;
    this.files.set(file, (this.files.get(file) ?? new Set()).add(path));
    return ofCdktf ? { path, namespace: 'cdktf' } : { path: file, external: true };
  }
}

/**
 * cdktf loads a packer of archives and all that it needs for assets, which hpcdk does not use: 20 ms. It is loaded when it
 * is called.
 */
export const lateArchiver = {
  name: 'late-archiver',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^archiver$/ }, ({ importer }) =>
      importer.includes('cdktf') ? { path: 'archiver', namespace: 'late' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'late' }, () => ({
      contents: "module.exports = (...args) => require('./archiver.js')(...args);",
    }));
    onResolve({ filter: /^\.\/archiver\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};
