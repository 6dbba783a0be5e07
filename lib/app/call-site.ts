import { sep } from 'node:path';
import { packageRoot } from '../values/package-root';
import type { Origin } from '../values/origin';

/** A captured place in the user's code; cheap to take, parsed when somebody asks. */
export interface CallSite {
  readonly stack?: string;
}

const DEPTH = 12;

/**
 * Captures where the present construct was created. One capture costs about 10 microseconds.
 *
 * @param inside the function whose caller is meant, such as the constructor of the class itself
 */
export function captureCallSite(inside: NewableFunction | CallableFunction = captureCallSite): CallSite {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const site = {};
  Error.captureStackTrace(site, inside as () => void);
  Error.stackTraceLimit = limit;
  return site;
}

/** Folders whose frames are ours, not the user's. */
const ours = () => ['lib', 'dist', 'bin', 'node_modules'].map((folder) => packageRoot() + sep + folder + sep);

const FRAME = /\(?((?:file:\/\/)?\/[^()]*?|[A-Za-z]:\\[^()]*?):(\d+):(\d+)\)?$/;

/**
 * The first frame outside hpcdk and its dependencies, relative to the project, so that the same definition gives the same
 * record in every checkout.
 */
export function resolveCallSite(site: CallSite, projectDir: string): Origin | undefined {
  const skip = ours();
  for (const frame of (site.stack ?? '').split('\n').slice(1)) {
    const match = FRAME.exec(frame.trim());
    if (!match) continue;
    const file = (match[1] as string).replace(/^file:\/\//, '');
    if (file.startsWith('node:') || skip.some((folder) => file.startsWith(folder))) continue;
    if (/[\\/]node_modules[\\/](constructs|hpcdk|jiti)[\\/]/.test(file)) continue;
    return { file: relativeTo(projectDir, file), line: Number(match[2]) };
  }
  return undefined;
}

function relativeTo(projectDir: string, file: string): string {
  const root = projectDir.endsWith(sep) ? projectDir : projectDir + sep;
  if (file.startsWith(root)) return file.slice(root.length).split(sep).join('/');
  const modules = file.lastIndexOf(`${sep}node_modules${sep}`);
  return (modules >= 0 ? file.slice(modules + 1) : (file.split(sep).at(-1) as string)).split(sep).join('/');
}
