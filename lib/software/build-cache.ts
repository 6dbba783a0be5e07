import type { Codec } from '../values/codec';
import { boolean, matching } from '../values/codecs';
import { record } from '../values/collections';
import { quote } from '../values/problem';
import type { IBuildCache } from './build-cache-interface';

const MARK = Symbol.for('hpcdk/BuildCache');

/** How binaries in a build cache are trusted. */
export interface BuildCacheOptions {
  /** Whether Spack takes only what is signed by a key that it trusts. @default - true, but false for oci:// */
  readonly signed?: boolean;
}

const canonical = record({
  url: matching({
    what: 'the URL of a build cache',
    pattern:
      /^(?:(?:s3|gs|oci|oci\+http|https?):\/\/[A-Za-z0-9._:-]+(?:\/[A-Za-z0-9._~@%+-]+)*|file:\/\/(?:\/[A-Za-z0-9._~@%+-]+)+)\/?$/,
    allowed:
      "it is s3://bucket/path, oci://host/path, https://host/path or file:///path, without a user's name or a query",
    max: 1024,
  }),
  signed: boolean,
});

/** A store of built packages that Spack installs from instead of building. */
export class BuildCache implements IBuildCache {
  /** Says whether `x` is a build cache, of this copy of the library or of another. */
  static isBuildCache(x: unknown): x is BuildCache {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** A build cache at `s3://`, `oci://`, `https://` or `file://`. */
  static at(url: string, options: BuildCacheOptions = {}): BuildCache {
    return new BuildCache(url, options.signed);
  }

  private constructor(
    readonly url: string,
    private readonly signedGiven: boolean | undefined,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  get isOci(): boolean {
    return /^oci(?:\+http)?:/.test(this.url);
  }

  /** Whether only signed binaries are taken. Spack pushes to OCI registries unsigned, so it must not ask for it there. */
  get signed(): boolean {
    return this.signedGiven ?? !this.isOci;
  }
}

/** Build caches in field tables: an address, or a construct that has one, such as a bucket. */
export const buildCache: Codec<BuildCache | IBuildCache, BuildCache> = {
  type: canonical.type,
  parse: (input, report) => {
    const cache = asBuildCache(input);
    if (!cache) {
      report({
        code: 'HPC1001',
        message: `${quote(input)} is not a BuildCache, such as BuildCache.at('s3://bucket/path')`,
      });
      return BuildCache.at('file:///none');
    }
    canonical.parse({ url: cache.url, signed: cache.signed }, report);
    if (cache.isOci && cache.signed) {
      report({
        code: 'HPC3010',
        message: `a signed build cache cannot be at ${quote(cache.url)}: Spack pushes to OCI registries unsigned`,
        fix: 'leave signed out',
      });
    }
    return cache;
  },
  print: ({ url, signed }) => canonical.print({ url, signed }),
};

function asBuildCache(input: unknown): BuildCache | undefined {
  if (BuildCache.isBuildCache(input)) return input;
  const url = typeof input === 'object' && input !== null ? (input as Partial<IBuildCache>).url : undefined;
  return typeof url === 'string' ? BuildCache.at(url) : undefined;
}
