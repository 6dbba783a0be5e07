import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Repository } from '../diff/repository';
import type { SidesOptions } from '../diff/sides';
import { fail, type Failure, isFailure } from '../outcome';
import type { Pipeline } from './pipeline';

/** What the definition of a merge request is compared with, as the options of a comparison say it. */
export async function findBase(
  { bases, fetchFix, system }: Pipeline,
  { cwd, env, named }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly named?: string },
): Promise<Pick<SidesOptions, 'base' | 'named' | 'revision'> | Failure> {
  if (named !== undefined) {
    return statSync(resolve(cwd, named), { throwIfNoEntry: false }) ? { base: named, named: [] } : { named: [named] };
  }
  if (bases.length === 0) {
    const where =
      system === 'none' ? 'no CI system that is known' : `a pipeline of ${system}, but not of a merge request`;
    return fail({
      code: 'HPC7024',
      message: `this is ${where}, so there is no base`,
      fix: 'name it: --base origin/main',
    });
  }
  const repository = await Repository.open(cwd, env);
  if (isFailure(repository)) return repository;
  const head = await repository.revision('HEAD');
  for (const { revision, label, whenHeadIs, fork } of bases) {
    if (whenHeadIs !== undefined && (isFailure(head) || head.commit !== whenHeadIs)) continue;
    const found = await (fork ? repository.forkPoint(revision) : repository.revision(revision));
    if (!isFailure(found)) return { named: [], revision: { name: label, commit: found.commit } };
  }
  const names = bases.map(({ revision }) => revision).join(' and ');
  return fail({ code: 'HPC7024', message: `the base (${names}) is not in this clone`, fix: fetchFix });
}
