import { spawnSync } from 'node:child_process';
import type { LocatedDiagnostic } from '../app/diagnostics/located';
import { cliDiagnostic } from './outcome';

/** Runs `npm install` in a folder. Its failure is a warning: the files are written, and it can be run again. */
export function installDependencies(folder: string): LocatedDiagnostic[] {
  const { status, error, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32', // npm is a script there
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status === 0) return [];
  const reason = error ? error.message : (stderr.trim().split('\n')[0] ?? `exit code ${status}`);
  return [
    cliDiagnostic({
      code: 'HPC7016',
      severity: 'warning',
      message: `npm install did not finish: ${reason}`,
      fix: 'run npm install in the folder of the project',
    }),
  ];
}
