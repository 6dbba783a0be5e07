import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';

/** What stands on disk where the output needs a folder; for a blocked one, which path blocks it and whether by a link. */
export type FolderState =
  | { readonly kind: 'folder' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'blocked'; readonly by: string; readonly link: boolean };

/** The folders of an output on disk, each looked at once. Symbolic links are never followed, but for the root itself. */
export class Folders {
  private readonly known = new Map<string, FolderState>();

  constructor(private readonly dir: string) {
    this.known.set('.', { kind: statSync(dir, { throwIfNoEntry: false }) ? 'folder' : 'absent' });
  }

  /** The folder that holds `path`. */
  above(path: string): FolderState {
    return this.at(dirname(path));
  }

  /** True when `folder` would be empty once the `removed` files are gone. */
  emptiesWithout(folder: string, removed: ReadonlySet<string>): boolean {
    const entries = readdirSync(join(this.dir, folder), { withFileTypes: true });
    return (
      entries.length > 0 &&
      entries.every((entry) => {
        const path = `${folder}/${entry.name}`;
        return entry.isDirectory() ? this.emptiesWithout(path, removed) : removed.has(path);
      })
    );
  }

  private at(folder: string): FolderState {
    let state = this.known.get(folder);
    if (!state) {
      const above = this.above(folder);
      state = above.kind === 'folder' ? this.look(folder) : above;
      this.known.set(folder, state);
    }
    return state;
  }

  private look(folder: string): FolderState {
    const stat = lstatSync(join(this.dir, folder), { throwIfNoEntry: false });
    if (!stat) return { kind: 'absent' };
    return stat.isDirectory() ? { kind: 'folder' } : { kind: 'blocked', by: folder, link: stat.isSymbolicLink() };
  }
}
