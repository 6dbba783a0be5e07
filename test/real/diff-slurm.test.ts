import { diffSides } from '../../lib/diff';
import { scenario } from '../diff/scenarios';
import { type Execution, executions, WAITS } from '../diff/scenarios/executions';
import type { Fate } from '../diff/scenarios/scenario';
import { sideOf } from '../diff/support/sides';
import { SlurmLab } from './support/datacentre';
import { emittedFiles, filesAt, naiveScript, placedFiles, planScript, ROLL_OUT } from './support/roll-out';
import { rootfs, rootfsNeeds, type RootfsSpec, slurm2411Rootfs } from './support/rootfs';
import { powerSaveOverlay } from './support/slurm-overlay';
import { describeWith } from './support/tools';

const CLUSTER = 'sites/campus/slurm/hpc';
const DATABASE = 'sites/campus/slurm/accounting';
const DAEMONS = ['slurmctld', 'slurmd', 'sinfo', 'munged', 'unshare', 'setpriv'];
/** Roll-outs mostly wait: those of a group run side by side, each in a data centre of its own. */
function execute(some: readonly Execution[], newer?: RootfsSpec): void {
  test.concurrent.each(some.map((one) => [`${one.title}${one.naively ? ', naively' : ''}`, one] as const))(
    '%s',
    async (_, one) => {
      const { fate, naively } = scenario(one.title);
      const told = await rollOut(one, newer && (await rootfs(newer)));
      expect(told).not.toContain('step failed');
      expect({ told, fate: fateOf(told) }).toEqual({ told, fate: one.naively ? naively : fate });
      if (one.shows !== undefined) expect(told).toContain(one.shows);
    },
    newer ? 500_000 : 180_000, // the root file system may have to be made first
  );
}

const withDatabase = ({ user }: Execution) => user !== undefined;

describeWith(DAEMONS, 'what a diff says becomes of jobs is what happens', () => {
  execute(executions.filter((one) => one.slurm === undefined && !withDatabase(one)));
});

describeWith([...DAEMONS, 'slurmdbd', 'mariadbd'], 'the same, of accounts and QOS', () => {
  execute(executions.filter(withDatabase));
});

describeWith([...DAEMONS, ...rootfsNeeds], 'the same on Slurm 24.11, and from one release to another', () => {
  execute(
    executions.filter(({ slurm }) => slurm !== undefined),
    slurm2411Rootfs,
  );
});

/** Runs the roll-out of a scenario on a lab with a job that runs and one that waits; all that was printed. */
async function rollOut(one: Execution, root?: string): Promise<string> {
  const found = scenario(one.title);
  const sides = [await sideOf('before', found.before), await sideOf('after', found.after)] as const;
  const [before, after] = found.sides?.(...sides) ?? sides;
  const folders = [CLUSTER, DATABASE];
  const overlay = one.cloud ? powerSaveOverlay : {};
  const installs = one.slurm?.includes(' to ') ?? false;
  const lab = new SlurmLab({
    files: {
      ...emittedFiles(before, folders),
      ...filesAt('/srv/after', placedFiles(after, folders, withDatabase(one), overlay)),
    },
    overlay,
    ...(one.cloud && { accounting: false }), // slurmdbd would run as another user than slurmctld, who boots machines
    machines: ['cn001', 'cn033'],
    accounts: 'useradd ada; useradd marie; sh /etc/slurm/accounts.sh',
    timeoutMs: 170_000,
    ...(root !== undefined && { root }),
    ...(installs && { otherRoot: '/', otherFirst: one.slurm?.startsWith('22.05') }),
  });
  const { stdout, stderr } = await lab.run(`
    ${ROLL_OUT}
    USER=${one.user ?? 'root'}
    known
    wait_state cn001 idle 60; wait_state cn033 idle 60
    ${one.given ?? ''}
    WORK=${bash(one.work ?? '')} submit runs ${one.runs ?? ''}; until_state runs RUNNING 60 && until_alive || exit 1
    submit waits ${one.waits ?? WAITS}; until_state waits PENDING 20 || exit 1
    ${one.naively ? naiveScript(installs) : planScript(diffSides(before, after), one.byHand)}
    ${one.then ?? ''}
    settle
    fate
    ${one.look ?? ''}
    echo "took $SECONDS s"`);
  return `${stdout}${stderr}`;
}

const bash = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** What became of the two jobs by the line that `fate` prints. */
function fateOf(told: string): Fate | undefined {
  const line = /^fate: running (\w+) \S+, (\w+); pending (\w+)/m.exec(told);
  if (!line) return undefined;
  const [, runs = '', process = '', waits = ''] = line;
  const running = (runs === 'RUNNING' && process === 'alive') || runs === 'COMPLETED' ? 'continues' : 'killed';
  const pending = waits === 'PENDING' ? 'waits' : ['RUNNING', 'COMPLETED'].includes(waits) ? 'starts' : 'lost';
  return { running, pending };
}
