import { Construct } from 'constructs';
import { App } from '../../lib/app/app';
import { Definition } from '../../lib/app/definition';
import { documentsRenderer } from '../../lib/app/documents-renderer';
import { Site } from '../../lib/app/site';
import { synthesize } from '../../lib/app/synthesize';
import { Document } from '../../lib/documents/document';
import type { Format } from '../../lib/documents/format';

const text: Format<string> = { name: 'text', print: (value) => value, parse: (value) => value };
const props = { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' };
const app = () => new App({ projectDir: __dirname, renderers: [documentsRenderer] });
const note = (scope: Construct, id: string, path: string, content = 'hello\n') =>
  new Document(scope, id, { path, format: text, content: () => content });

describe('the pipeline', () => {
  test('renders documents into the folders of their scopes, with their owner in the manifest', async () => {
    const root = app();
    const site = new Site(root, 'campus', props);
    note(site, 'motd', 'etc/motd');
    const { files, manifest } = await synthesize(root);
    expect([...files.keys()]).toEqual(['sites/campus/etc/motd']);
    expect(manifest?.files['sites/campus/etc/motd']).toMatchObject({ owner: 'campus', mode: '0644', format: 'text' });
  });

  test('leaves out a document whose condition does not hold', async () => {
    const root = app();
    const site = new Site(root, 'campus', props);
    new Document(site, 'motd', { path: 'motd', format: text, content: () => '', when: () => false });
    expect((await synthesize(root)).files.size).toBe(0);
  });

  test('refuses two files at one path', async () => {
    const root = app();
    const site = new Site(root, 'campus', props);
    note(site, 'a', 'motd');
    note(site, 'b', 'motd');
    const { diagnostics, files } = await synthesize(root);
    expect(diagnostics).toMatchObject([{ code: 'HPC2504', construct: 'campus/b' }]);
    expect(files.size).toBe(0);
  });

  test('reports what a format cannot carry at the noun that owns the document', async () => {
    const root = app();
    const site = new Site(root, 'campus', props);
    const strict: Format<string> = {
      ...text,
      print: (value, report) => (report({ code: 'HPC2010', message: 'no' }), value),
    };
    new Document(site, 'a', { path: 'a', format: strict, content: () => 'x' });
    expect((await synthesize(root)).diagnostics).toMatchObject([
      { code: 'HPC2010', construct: 'campus/a', source: { file: 'synthesize.test.ts' } },
    ]);
  });

  test('GIVEN a definition that stopped THEN what the rest would have brought is no fault', async () => {
    const definition = new Definition((root) => {
      new Site(root, 'campus', props);
      root.addPolicy({ name: 'two sites', checkTree: (_, report) => report({ code: 'ACME1', message: 'one' }, root) });
      root.rename('old', 'new');
      throw new Error('no such file');
    }, []);
    const { diagnostics } = await definition.synthesize({ projectDir: __dirname });
    expect(diagnostics.map(({ code }) => code)).toEqual(['HPC2503']);
  });

  test('turns an exception of the definition into one diagnostic beside the others', async () => {
    const definition = new Definition((root) => {
      new Site(root, 'campus', { ...props, contact: 'nobody' });
      throw new Error('no such file');
    }, []);
    const { diagnostics } = await definition.synthesize({ projectDir: __dirname });
    expect(diagnostics.map(({ code }) => code)).toEqual(['HPC1002', 'HPC2503']);
    const [first, second] = diagnostics.map(({ source }) => source?.line as number);
    expect((second as number) - (first as number)).toBe(1);
  });

  test('runs policies over tree and files, and aspects before validation', async () => {
    const root = app();
    const site = new Site(root, 'campus', props);
    root.addAspect({ visit: (construct) => void (construct === site && note(site, 'added', 'added')) });
    root.addPolicy({
      name: 'no motd',
      checkTree: (_, report) => report({ code: 'ACME1', message: 'a tree', severity: 'warning' }, site),
      checkFiles: (files, report) =>
        files.has('sites/campus/added') && report({ code: 'ACME2', message: 'a file', severity: 'warning' }, site),
    });
    const { diagnostics } = await synthesize(root);
    expect(diagnostics.map(({ code }) => code)).toEqual(['ACME1', 'ACME2']);
  });

  test('takes acknowledged warnings out, and says when an acknowledgement matches nothing', async () => {
    const root = app();
    const site = new Site(root, 'campus', props);
    root.addPolicy({
      name: 'x',
      checkTree: (_, report) => report({ code: 'ACME1', message: 'm', severity: 'warning' }, site),
    });
    root.acknowledge({ code: 'ACME1', construct: 'campus', reason: 'known' });
    root.acknowledge({ code: 'ACME9', reason: 'old' });
    const { diagnostics } = await synthesize(root);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['HPC2505', 'warning']]);
  });

  test('refuses a rename that leads nowhere', async () => {
    const root = app();
    new Site(root, 'campus', props);
    root.rename('old', 'campus');
    root.rename('campus', 'elsewhere');
    root.rename('older', 'nowhere');
    const { diagnostics } = await synthesize(root);
    expect(diagnostics.map(({ code }) => code)).toEqual(['HPC2506', 'HPC2506']);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "the rename of 'campus' to 'elsewhere': 'campus' still exists",
      "the rename of 'older' to 'nowhere': 'nowhere' does not exist",
    ]);
  });

  test("reports the messages of another package's own validation", async () => {
    const root = app();
    const other = new Construct(root, 'other');
    other.node.addValidation({ validate: () => ['it does not fit'] });
    expect((await synthesize(root)).diagnostics).toMatchObject([{ code: 'HPC2507', message: 'it does not fit' }]);
  });
});
