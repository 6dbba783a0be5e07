import { appendFileSync } from 'node:fs';
import { commit } from '../../../lib/app/output/commit';
import { recover } from '../../../lib/app/output/recover';

/** What a child process is asked to do, as JSON in its first argument. */
export interface ChildTask {
  readonly verb: 'commit' | 'recover';
  readonly dir: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly force?: boolean;
  readonly waitMs?: number;
  /** Die by SIGKILL before this change on disk, counted from 0. */
  readonly killAt?: number;
  /** Append "in" and "out" lines here while the lock is held. */
  readonly log?: string;
}

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? '') as ChildTask;
  let steps = 0;
  const onStep = (step: string) => {
    if (task.log && step === 'locked') appendFileSync(task.log, `in ${process.pid}\n`);
    if (task.log && step === 'unlock') appendFileSync(task.log, `out ${process.pid}\n`);
    if (steps++ === task.killAt) process.kill(process.pid, 'SIGKILL');
  };
  const options = { onStep, waitMs: task.waitMs, force: task.force };
  const output = new Map(Object.entries(task.files ?? {}).map(([path, content]) => [path, { content, mode: 0o644 }]));
  const result = task.verb === 'commit' ? await commit(task.dir, output, options) : await recover(task.dir, options);
  process.stdout.write(JSON.stringify({ steps, result }));
}

void main();
