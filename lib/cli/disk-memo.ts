import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Memo } from '../app/memo';

/** So many results are kept: the branches that somebody goes back and forth between. */
const MOST = 8;
/** What the folder has besides, transpiled definitions, is named after their paths. */
const OURS = /^kept-[0-9a-f]{64}$/;
const DIGEST = 64;

/**
 * A memo in a folder: a file for each result, named by its intent and the build that made it, with the digest of its content in
 * front. A file that is broken, of another build or not writable counts as none.
 */
export class DiskMemo implements Memo {
  /**
   * @param folder one that nobody else can write to: what is found there is written to the output
   * @param build the digest of the code that makes the results
   */
  constructor(
    private readonly folder: string,
    private readonly build: string,
  ) {}

  get(intent: string): string | undefined {
    try {
      const kept = readFileSync(this.fileOf(intent), 'utf8');
      const text = kept.slice(DIGEST);
      return kept.slice(0, DIGEST) === hash('sha256', text) ? text : undefined;
    } catch {
      return undefined; // not kept yet
    }
  }

  set(intent: string, text: string): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      const file = this.fileOf(intent);
      const fresh = `${file}.${process.pid}`;
      writeFileSync(fresh, hash('sha256', text) + text, { mode: 0o600 });
      renameSync(fresh, file);
      this.forgetOldest();
    } catch {
      // a folder that cannot be written to: it is made again
    }
  }

  private fileOf(intent: string): string {
    return join(this.folder, `kept-${hash('sha256', `${this.build}\0${intent}`)}`);
  }

  private forgetOldest(): void {
    const files = readdirSync(this.folder)
      .filter((name) => OURS.test(name))
      .map((name) => join(this.folder, name))
      .map((file) => ({ file, age: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
      .sort((a, b) => b.age - a.age);
    for (const { file } of files.slice(MOST)) rmSync(file, { force: true });
  }
}

/** The digest of the code that runs; undefined when it is not the bundle: then it changes from one run to the next. */
export function buildId(): string | undefined {
  try {
    return readFileSync(join(__dirname, 'build-id'), 'utf8');
  } catch {
    return undefined;
  }
}
