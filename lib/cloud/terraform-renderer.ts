import type { IConstruct } from 'constructs';
import type { App } from '../app/app';
import type { TreeReport } from '../app/policy';
import type { RenderedFile, Renderer } from '../app/renderer';
import { AwsCloud } from './aws-cloud';
import { stackIntent } from './stack-intent';

/** Renders each cloud as a Terraform stack. cdktf is loaded only when there is one: it costs 100 ms and more. */
export const terraformRenderer: Renderer = {
  name: 'terraform',
  render(app, report) {
    const clouds = app.node.findAll().filter(AwsCloud.isAwsCloud);
    return clouds.length === 0 ? [] : keptOrRendered(app, clouds, report);
  },
  outline(app) {
    const file = { content: '', mode: 0o644, format: 'terraform' };
    const clouds = app.node.findAll().filter(AwsCloud.isAwsCloud);
    return clouds.map((owner) => ({ ...file, path: `stacks/${owner.stackName}/cdk.tf.json`, owner }));
  },
};

/** A file as it is kept: its owner by path. */
type KeptFile = Omit<RenderedFile, 'owner'> & { readonly owner: string };

/** What followed from the same before follows from it again, without cdktf; what was told of is never kept. */
function keptOrRendered(app: App, clouds: readonly AwsCloud[], report: TreeReport): RenderedFile[] {
  const intent = app.memo && stackIntent(app, clouds);
  const kept = intent === undefined ? undefined : app.memo?.get(intent);
  if (kept !== undefined) {
    const owners = new Map<string, IConstruct>([app, ...clouds].map((owner) => [owner.node.path, owner]));
    return (JSON.parse(kept) as KeptFile[]).map((file) => ({ ...file, owner: owners.get(file.owner) ?? app }));
  }
  const { renderStacks } = require('./terraform') as typeof import('./terraform');
  let told = false;
  const files = renderStacks(clouds, (...problem) => {
    told = true;
    report(...problem);
  });
  if (intent !== undefined && !told) {
    const keep: KeptFile[] = files.map((file) => ({ ...file, owner: file.owner.node.path }));
    app.memo?.set(intent, JSON.stringify(keep));
  }
  return files;
}
