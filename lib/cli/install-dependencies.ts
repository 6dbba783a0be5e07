import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { LocatedDiagnostic } from '../app/diagnostics/located';
import { cliDiagnostic } from './outcome';

/** Runs `npm install` in a folder. Its failure is a warning: the files are written, and it can be run again. */
export async function installDependencies(folder: string): Promise<LocatedDiagnostic[]> {
  const reason = await npmInstall(folder, []);
  if (reason === undefined) return [];
  return [
    cliDiagnostic({
      code: 'HPC7016',
      severity: 'warning',
      message: `npm install did not finish: ${reason}`,
      fix: 'run npm install in the folder of the project',
    }),
  ];
}

/** Runs `npm install` in a folder, for the packages that are named; gives the reason when it did not finish. */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<string | undefined> {
  const npm = spawn('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
    cwd: folder,
    shell: process.platform === 'win32', // npm is a script there
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return Promise.all([once(npm, 'close'), text(npm.stderr)]).then(
    ([[code], said]) => (code === 0 ? undefined : said.trim().split('\n')[0] || `exit code ${code}`),
    (error: Error) => error.message,
  );
}
