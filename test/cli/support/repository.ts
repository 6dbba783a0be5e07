import { execFileSync } from 'node:child_process';
import { projectFile, TestProject } from './project';

/** A partition whose limit and a cluster whose nodes a test changes. */
export const campus = ({ days = 7, hosts = 'cn[001-064]', extra = '' } = {}): string => `
import { define, Duration, NodeType, Site, Size, SlurmCluster } from 'hpcdk';

export default define((app, { memory = '256' }) => {
  const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu', ansible: false });
  const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1', login: 'login1' });
  const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(Number(memory)) });
  const cpu = hpc.addNodes('cpu', { hosts: '${hosts}', type });
  hpc.addPartition('batch', { nodes: [cpu], maxTime: Duration.days(${days}), default: true });
  ${extra}
});
`;

/** A project under git. */
export class GitProject extends TestProject {
  constructor(files: Readonly<Record<string, string>> = {}, folder = '') {
    super({
      '.gitignore': 'node_modules\ncdktf.out/\n',
      [`${folder}cdktf.json`]: projectFile('campus.ts'),
      [`${folder}campus.ts`]: campus(),
      ...files,
    });
    this.git('init', '-q', '-b', 'main');
    this.git('config', 'user.email', 'ada@hpc.example.edu');
    this.git('config', 'user.name', 'Ada');
    this.commit('one');
  }

  git(...args: readonly string[]): string {
    const env = { PATH: process.env.PATH, HOME: this.dir, GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', args, { cwd: this.dir, env, encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  commit(message: string): string {
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }
}
