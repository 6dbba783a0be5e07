import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { TreeReport } from '../../app/policy';
import type { RenderedFile } from '../../app/renderer';
import { byCodeUnit } from '../../values/json';
import type { AwsCloud } from '../aws-cloud';
import { AwsStack } from './aws-stack';
import { finishManifest, finishStack } from './finish';
import { fillStack, reportAnnotations } from './fill-stack';

/**
 * Renders clouds as Terraform stacks. cdktf writes files only, so one app of it works in a folder of its own, whose files
 * are read and removed again.
 */
export function renderStacks(clouds: readonly AwsCloud[], report: TreeReport): RenderedFile[] {
  const folder = mkdtempSync(join(tmpdir(), 'hpcdk-'));
  try {
    const app = new App({ outdir: folder, stackTraces: false, hclOutput: false });
    const stacks = withoutStackTraces(() => {
      const filled = clouds.map((cloud) => fillStack(new AwsStack(app, cloud, report)));
      return filled.every((sound) => sound) && synth(app, clouds[0]!, report)
        ? app.node.findAll().filter(AwsStack.isAwsStack)
        : [];
    });
    const owners = new Map(stacks.map((stack) => [stack.cloud.stackName, stack]));
    return filesBelow(folder).flatMap((path) =>
      finish(path, readFileSync(join(folder, path)), owners, clouds[0]!, report),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** cdktf takes an unlimited stack trace for each token: most of its time, and nothing of its output. */
function withoutStackTraces<T>(work: () => T): T {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}

function synth(app: App, first: AwsCloud, report: TreeReport): boolean {
  let refused: unknown;
  try {
    app.synth();
  } catch (error) {
    refused = error;
  }
  // Resources and cdktf's own aspects leave errors and warnings behind, with the resource that each is about.
  const sound = app.node
    .findAll()
    .filter(AwsStack.isAwsStack)
    .map(reportAnnotations)
    .every((each) => each);
  if (refused && sound) report({ code: 'HPC5042', message: `cdktf refuses the stack: ${oneLine(refused)}` }, first);
  return !refused && sound;
}

/** The message of an exception, in one line. */
const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .trim()
    .split(/\s*\n\s*/)
    .join('; ');

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort(byCodeUnit);

function finish(
  path: string,
  bytes: Buffer,
  stacks: ReadonlyMap<string, AwsStack>,
  first: AwsCloud,
  report: TreeReport,
): RenderedFile[] {
  if (stacks.size === 0) return [];
  const stack = stacks.get(path.split('/')[1] ?? '');
  const owner = stack?.cloud ?? first;
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) {
    report({ code: 'HPC5046', message: `'${path}' is not text` }, owner);
    return [];
  }
  const file = { path, mode: 0o644, owner };
  if (path === 'manifest.json')
    return [{ ...file, content: finishManifest(text), format: 'json', owner: first.node.root }];
  if (!stack || !path.endsWith('/cdk.tf.json')) return [{ ...file, content: text }];
  return [{ ...file, content: finishStack(text, stack), format: 'terraform' }];
}
