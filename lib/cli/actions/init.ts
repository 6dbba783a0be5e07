import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packageRoot } from '../../values/package-root';
import { diskFault } from '../disk-fault';
import { installDependencies } from '../install-dependencies';
import { fail, isFailure, type Outcome } from '../outcome';
import { packageJson } from '../package-json';
import type { Progress } from '../progress';
import { shown } from '../project';

/** How `init` is called. */
export interface InitOptions {
  readonly cwd: string;
  /** The folder of the project, relative to `cwd`. */
  readonly directory: string;
  /** Whether npm installs the dependencies afterwards. */
  readonly install: boolean;
  readonly progress: Progress;
}

/** Names that npm would not pack, or that would act on this repository, stand in templates/ without their dot. */
const DOTTED: Readonly<Record<string, string>> = {
  gitignore: '.gitignore',
  'gitlab-ci.yml': '.gitlab-ci.yml',
  github: '.github',
};

/** Begins a project: adds a definition, a test, the project files and CI, and never overwrites a file. */
export async function init({ cwd, directory, install, progress }: InitOptions): Promise<Outcome> {
  const target = resolve(cwd, directory);
  const scaffold = readScaffold();
  const taken = [...scaffold.keys()].filter((path) => existsSync(join(target, path)));
  if (taken.length > 0) {
    const message = `init would overwrite ${taken.join(', ')}`;
    return fail({ code: 'HPC7013', message, fix: 'move them away, or run init in another folder' });
  }
  const manifest = packageJson(target);
  if (isFailure(manifest)) return manifest;
  try {
    for (const [path, content] of [...scaffold, ['package.json', manifest.text] as const]) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), content);
    }
  } catch (error) {
    return diskFault(error, target);
  }
  if (install) progress.step('npm install');
  const installed = install ? await installDependencies(target) : undefined;
  const folder = shown(target, cwd);
  return {
    diagnostics: installed ?? [],
    result: {
      code: 'init.written',
      directory: folder,
      files: [...scaffold.keys(), 'package.json'].sort(),
      kept: manifest.kept,
      next: [
        ...(folder === '.' ? [] : [`cd ${folder}`]),
        ...(install && installed?.length === 0 ? [] : ['npm install']),
        'npm run synth',
        'npm test',
      ],
    },
  };
}

function readScaffold(): Map<string, string> {
  const root = join(packageRoot(), 'templates', 'init');
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
  const named = (path: string): string =>
    path
      .split('/')
      .map((part) => DOTTED[part] ?? part)
      .join('/');
  return new Map(paths.sort().map((path) => [named(path), readFileSync(join(root, path), 'utf8')]));
}
