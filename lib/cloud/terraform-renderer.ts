import type { Renderer } from '../app/renderer';
import { AwsCloud } from './aws-cloud';

/** Renders each cloud as a Terraform stack. cdktf is loaded only when there is one: it costs 100 ms and more. */
export const terraformRenderer: Renderer = {
  name: 'terraform',
  async render(app, report) {
    const clouds = app.node.findAll().filter(AwsCloud.isAwsCloud);
    if (clouds.length === 0) return [];
    const { renderStacks } = require('./terraform') as typeof import('./terraform');
    return renderStacks(clouds, report);
  },
  outline(app) {
    const file = { content: '', mode: 0o644, format: 'terraform' };
    const clouds = app.node.findAll().filter(AwsCloud.isAwsCloud);
    return clouds.map((owner) => ({ ...file, path: `stacks/${owner.stackName}/cdk.tf.json`, owner }));
  },
};
