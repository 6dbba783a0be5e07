import { App } from '../../lib/app/app';
import { documentsRenderer } from '../../lib/app/documents-renderer';
import { synthesize } from '../../lib/app/synthesize';
import { terraformRenderer } from '../../lib/cloud/terraform-renderer';

/** One resource of a stack as it stands in the file. */
export type Resource = Readonly<Record<string, unknown>> & { readonly tags?: Readonly<Record<string, string>> };

/** A stack as Terraform reads it, as far as tests look into it. */
export interface StackFile {
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly provider: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
}

/** An app with the renderers of files and stacks. */
export const newApp = () => new App({ projectDir: __dirname, renderers: [documentsRenderer, terraformRenderer] });

/** What an app comes to: its files as text, its stacks read, its diagnostics as `CODE field`. */
export async function synth(app: App) {
  const { diagnostics, files, manifest } = await synthesize(app);
  const text = new Map([...files].map(([path, { content }]) => [path, content]));
  return {
    diagnostics,
    manifest,
    files: text,
    codes: diagnostics.map(({ code, field }) => [code, field].filter(Boolean).join(' ')),
    stack(name: string): StackFile {
      const content = text.get(`stacks/${name}/cdk.tf.json`);
      if (content === undefined) throw new Error(`no stack ${name}: ${JSON.stringify(diagnostics, null, 2)}`);
      return JSON.parse(content) as StackFile;
    },
  };
}

/** The resources of one type. */
export const all = (stack: StackFile, type: string): readonly Resource[] => Object.values(stack.resource[type] ?? {});

/** The only resource of a type. */
export function only(stack: StackFile, type: string): Resource {
  const found = all(stack, type);
  if (found.length !== 1) throw new Error(`${found.length} of ${type}`);
  return found[0] as Resource;
}
