import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnit } from '../../values/json';
import { editDiff } from './edit-diff';
import { Folders } from './folders';
import { HOME } from './layout';
import { ancestors, checkOutput, type Output } from './output';
import { type OwnedRecord, printRecord, readRecord, sha256 } from './record';
import { diskRefusal, type OutputProblem, refuse, type Refusal } from './refusal';

/** How a plan is made. */
export interface PlanOptions {
  /** Overwrite files that were edited by hand, and regular files in the way that are not ours. @default false */
  readonly force?: boolean;
}

/** A file that a commit would write. */
export interface PlannedWrite {
  readonly path: string;
  /** 'missing': ours, and deleted by hand. 'mode': the bytes are right, the mode is not. */
  readonly reason: 'new' | 'changed' | 'missing' | 'mode';
  readonly bytes: Uint8Array;
  readonly mode: number;
  readonly sha256: string;
  /** The sha256 of the bytes on disk that it replaces. */
  readonly replaces?: string;
}

/** A file that a commit would remove: ours before, and no longer in the output. */
export interface PlannedRemoval {
  readonly path: string;
  readonly sha256: string;
}

/** What a commit of an output would do to a folder, by path. */
export interface Plan {
  readonly kind: 'plan';
  readonly writes: readonly PlannedWrite[];
  readonly removals: readonly PlannedRemoval[];
  /** How many files of the output are on disk already. */
  readonly unchanged: number;
  /** Folders to make, outermost first. */
  readonly folders: readonly string[];
  /** Folders that the removals may leave empty, innermost first. */
  readonly prunable: readonly string[];
  /** The ownership record that will stand. */
  readonly record: string;
  /** True when nothing has to be written at all, not even the record. */
  readonly idle: boolean;
  /** True when the folder held nothing of ours before. */
  readonly first: boolean;
  /** The generation of the record that the plan was made from. */
  readonly generation: string;
}

/** Everything that `commit` does but the writing: what it would do, or every reason why it would refuse. */
export function plan(dir: string, output: Output, options: PlanOptions = {}): Plan | Refusal {
  const problems = checkOutput(output);
  if (problems.length > 0) return refuse(...problems);
  try {
    return planChecked(dir, output, options);
  } catch (error) {
    return diskRefusal(error, dir);
  }
}

/** The same for an output whose paths were checked; errors of the disk are thrown. */
export function planChecked(dir: string, output: Output, { force = false }: PlanOptions): Plan | Refusal {
  const record = readRecord(dir);
  return record.kind === 'refused' ? record : new Planner(dir, output, record, force).plan();
}

class Planner {
  private readonly folders: Folders;
  private readonly problems: OutputProblem[] = [];
  private readonly removals: PlannedRemoval[] = [];
  private readonly writes: PlannedWrite[] = [];
  private readonly makes = new Set<string>();
  private removed: ReadonlySet<string> = new Set();

  constructor(
    private readonly dir: string,
    private readonly output: Output,
    private readonly record: OwnedRecord,
    private readonly force: boolean,
  ) {
    this.folders = new Folders(dir);
  }

  plan(): Plan | Refusal {
    // Removals first: a file that goes away may make room for a folder, and the other way round.
    for (const [path, sha] of this.record.files) {
      if (!this.output.has(path)) this.planRemoval(path, sha);
    }
    this.removed = new Set(this.removals.map((removal) => removal.path));
    const shas = new Map<string, string>();
    for (const [path, file] of this.output) {
      const bytes = typeof file.content === 'string' ? Buffer.from(file.content) : file.content;
      const sha = sha256(bytes);
      shas.set(path, sha);
      this.planWrite(path, bytes, file.mode, sha);
    }
    if (this.problems.length > 0)
      return refuse(...this.problems.sort((a, b) => byCodeUnit(a.path ?? '', b.path ?? '')));
    const text = this.output.size === 0 && this.record.text === '' ? '' : printRecord(shas);
    return {
      kind: 'plan',
      writes: this.writes.sort((a, b) => byCodeUnit(a.path, b.path)),
      removals: this.removals.sort((a, b) => byCodeUnit(a.path, b.path)),
      unchanged: this.output.size - this.writes.length,
      folders: [...this.makes].sort(byCodeUnit),
      prunable: this.prunable(),
      record: text,
      idle: this.writes.length === 0 && this.removals.length === 0 && text === this.record.text,
      first: this.record.files.size === 0,
      generation: this.record.generation,
    };
  }

  private planRemoval(path: string, owned: string): void {
    const above = this.folders.above(path);
    if (above.kind === 'blocked' && above.link) return this.linkInTheWay(path, above.by);
    if (above.kind !== 'folder') return;
    const stat = this.look(path);
    if (!stat) return;
    if (!stat.isFile()) return this.notAFile(path, stat);
    const disk = readFileSync(join(this.dir, path));
    const sha = sha256(disk);
    if (sha === owned || disk.length === 0 || this.force) this.removals.push({ path, sha256: sha });
    else this.editedByHand(path, disk, undefined);
  }

  private planWrite(path: string, bytes: Uint8Array, mode: number, sha: string): void {
    const owned = this.record.files.get(path);
    const write = (reason: PlannedWrite['reason'], replaces?: string) =>
      this.writes.push({ path, reason, bytes, mode, sha256: sha, replaces });
    const above = this.folders.above(path);
    if (above.kind === 'blocked' && !this.removed.has(above.by)) {
      return above.link ? this.linkInTheWay(path, above.by) : this.fileInTheWay(path, above.by);
    }
    const stat = above.kind === 'folder' ? this.look(path) : undefined;
    if (!stat) {
      if (above.kind !== 'folder') for (const folder of ancestors(path)) this.needFolder(folder);
      return void write(owned === undefined ? 'new' : 'missing');
    }
    if (stat.isDirectory() && this.folders.emptiesWithout(path, this.removed)) return void write('new');
    if (!stat.isFile()) return this.notAFile(path, stat);
    const disk = readFileSync(join(this.dir, path));
    if (disk.equals(bytes)) {
      if (!sameMode(mode, stat.mode)) write('mode', sha);
      return;
    }
    const onDisk = sha256(disk);
    if (onDisk === owned || this.force) return void write('changed', onDisk);
    // A power cut can leave a file that was just written empty; emptied by hand is as good as deleted.
    if (owned !== undefined && disk.length === 0) return void write('missing', onDisk);
    if (owned !== undefined) return this.editedByHand(path, disk, bytes);
    this.problems.push({
      code: 'HPC2605',
      path,
      message: `"${path}" is in the way, and hpcdk did not write it`,
      fix: 'move it away, or overwrite it with --force',
      diff: editDiff(path, disk, bytes),
      forceable: true,
    });
  }

  private needFolder(folder: string): void {
    if (!this.makes.has(folder) && this.folders.above(`${folder}/x`).kind !== 'folder') this.makes.add(folder);
  }

  private prunable(): string[] {
    if (this.removals.length === 0) return [];
    const kept = new Set([HOME, ...[...this.output.keys()].flatMap(ancestors)]);
    const left = new Set(this.removals.flatMap(({ path }) => ancestors(path)).filter((folder) => !kept.has(folder)));
    return [...left].sort((a, b) => byCodeUnit(b, a));
  }

  private look(path: string): Stats | undefined {
    return lstatSync(join(this.dir, path), { throwIfNoEntry: false });
  }

  private editedByHand(path: string, disk: Uint8Array, bytes: Uint8Array | undefined): void {
    this.problems.push({
      code: 'HPC2604',
      path,
      message: `"${path}" was edited by hand since hpcdk wrote it${bytes ? '' : ', and is no longer in the output'}`,
      fix: `move the edit into the definition, or ${bytes ? 'overwrite' : 'remove'} it with --force`,
      diff: editDiff(path, disk, bytes),
      forceable: true,
    });
  }

  private notAFile(path: string, stat: Stats): void {
    const what = stat.isDirectory() ? 'a folder' : stat.isSymbolicLink() ? 'a symbolic link' : 'a special file';
    this.inTheWay(path, `"${path}" is ${what} on disk, where the output has or had a file`);
  }

  private linkInTheWay(path: string, by: string): void {
    this.inTheWay(by, `"${by}" is a symbolic link, which synth does not follow to "${path}"`);
  }

  private fileInTheWay(path: string, by: string): void {
    this.inTheWay(by, `"${by}" is no folder, and "${path}" needs one`);
  }

  private inTheWay(path: string, message: string): void {
    if (this.problems.some((problem) => problem.path === path)) return; // Many files below one link are one fault.
    this.problems.push({ code: 'HPC2606', path, message, fix: 'remove it or move it away' });
  }
}

/**
 * Only differences that matter: whether it runs, and who else may read or write it. A checkout from version control
 * under another umask is not rewritten.
 */
function sameMode(wanted: number, actual: number): boolean {
  const mask = wanted & 0o044 ? 0o102 : 0o177;
  return (wanted & mask) === (actual & mask);
}
