import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeType, Site, Size, SlurmCluster, SlurmDatabase, type SlurmDatabaseProps } from '../../../lib';
import type { TestOutput } from '../../../lib/testing/test-output';
import { onSite } from '../support';

const node = NodeType.of({
  sockets: 2,
  cores: 32,
  memory: Size.gib(256),
  gres: [{ name: 'gpu', type: 'a100', count: 4 }],
});

/** What a database with one cluster, `hpc`, comes to. */
export const onDatabase = (
  props: Partial<SlurmDatabaseProps>,
  declare: (database: SlurmDatabase, site: Site) => void = () => undefined,
): Promise<TestOutput> =>
  onSite((site) => {
    const database = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: '24.11', ...props });
    const hpc = new SlurmCluster(site, 'hpc', { slurm: '24.11', controller: 'ctl1', database });
    hpc.addPartition('batch', { nodes: [hpc.addNodes('gpu', { hosts: 'gpu[1-8]', type: node })] });
    declare(database, site);
  });

export const SCRIPT = 'sites/campus/slurm/accounting/accounts.sh';

/** One call of sacctmgr: its words up to `set`, and what it sets. */
export interface Call {
  readonly words: string;
  readonly sets: Readonly<Record<string, string>>;
}

/**
 * What the script does when a shell runs it: its calls of sacctmgr, which a stub notes and answers. Questions are not noted.
 *
 * @param preempt what each QOS preempts in the database
 * @param tracked the resources that the database knows
 */
export function runScript(
  text: string,
  answer = 'exit 0',
  preempt = '',
  tracked: readonly string[] = ['gres|gpu', 'gres|gpu:a100'],
): { calls: readonly Call[]; status: number | null; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  const log = join(folder, 'calls');
  writeFileSync(log, '');
  const asked = `case "$2 $3" in 'show tres') echo '${tracked.join('\n')}'; exit ;; 'show qos') echo '${preempt}'; exit ;; esac`;
  const note = `for word in "$@"; do printf '%s\\0' "$word" >>'${log}'; done\nprintf '\\n' >>'${log}'`;
  const stub = `#!/bin/sh\n${asked}\n${note}\n${answer}\n`;
  writeFileSync(join(folder, 'sacctmgr'), stub, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { status, stderr } = spawnSync('sh', ['-c', text], { env, encoding: 'utf8' });
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
  return { calls: lines.map((line) => callOf(line.split('\0').slice(0, -1))), status, stderr };
}

function callOf(words: readonly string[]): Call {
  const at = words.includes('set') ? words.indexOf('set') : words.length;
  const sets = words.slice(at + 1).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
  return { words: words.slice(0, at).join(' '), sets: Object.fromEntries(sets) as Record<string, string> };
}

/** What a call sets; fails when the script makes no such call. */
export function setBy(output: TestOutput, words: string): Readonly<Record<string, string>> {
  const { calls } = runScript(output.at(SCRIPT));
  const found = calls.filter(
    (call) => call.words === words && !/^(Parent|Preempt)$/.test(Object.keys(call.sets).join()),
  );
  if (found.length !== 1)
    throw new Error(`${found.length} calls of '${words}' in:\n${calls.map((call) => call.words).join('\n')}`);
  return (found[0] as Call).sets;
}
