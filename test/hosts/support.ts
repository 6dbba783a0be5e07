import { Construct } from 'constructs';
import { App } from '../../lib/app/app';
import { documentsRenderer } from '../../lib/app/documents-renderer';
import { type Contribution, HOST_FACTS, type HostGroup } from '../../lib/app/host-fact';
import { Site } from '../../lib/app/site';
import { synthesize, type Synthesis } from '../../lib/app/synthesize';
import { Document, type DocumentProps } from '../../lib/documents/document';
import type { Format } from '../../lib/documents/format';
import { ansibleRenderer } from '../../lib/hosts/ansible/ansible-renderer';
import { Hostlist } from '../../lib/values/hostlist';

/** A construct of somebody else's package that offers facts for hosts. */
export class Offers extends Construct {
  constructor(
    scope: Construct,
    id: string,
    readonly contributions: (self: Offers) => readonly Contribution[],
  ) {
    super(scope, id);
  }

  [HOST_FACTS](): readonly Contribution[] {
    return this.contributions(this);
  }
}

export const plainText: Format<string> = { name: 'text', print: (text) => text, parse: (text) => text };

/** A document of plain text; its id is the name of its file. */
export const textFile = (
  scope: Construct,
  id: string,
  content: string,
  more: Partial<DocumentProps<string>> = {},
): Document<string> =>
  new Document<string>(scope, id, { path: id, format: plainText, content: () => content, ...more });

export const group = (name: string, hosts: string, more: Partial<HostGroup> = {}): HostGroup => ({
  name,
  hosts: Hostlist.parse(hosts),
  ...more,
});

/** Synthesises a site called `campus`. */
export function synthesizeSite(declare: (site: Site) => void, ansible = true): Promise<Synthesis> {
  const app = new App({ projectDir: __dirname, renderers: [documentsRenderer, ansibleRenderer] });
  declare(new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu', ansible }));
  return synthesize(app);
}
