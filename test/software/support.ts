import { App } from '../../lib/app/app';
import { documentsRenderer } from '../../lib/app/documents-renderer';
import { Site } from '../../lib/app/site';
import { synthesize } from '../../lib/app/synthesize';

/** A site to declare something below. */
export function newSite(): { app: App; site: Site } {
  const app = new App({ projectDir: __dirname, renderers: [documentsRenderer] });
  return { app, site: new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' }) };
}

/** What a declaration comes to: faults as code and field, files by path below the site. */
export async function synth(declare: (site: Site) => void) {
  const { app, site } = newSite();
  declare(site);
  const { diagnostics, files } = await synthesize(app);
  const folder = 'sites/campus/';
  return {
    diagnostics,
    faults: diagnostics.map(({ code, field }) => (field ? `${code} ${field}` : code)),
    files: Object.fromEntries([...files].map(([path, { content }]) => [path.slice(folder.length), content])),
  };
}
