import { App } from '../../lib/app/app';
import { Site } from '../../lib/app/site';
import { synthesize } from '../../lib/app/synthesize';

const app = () => new App({ projectDir: __dirname, renderers: [] });
const site = { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' };

describe('a noun', () => {
  test('keeps what is wrong with its props and goes on', async () => {
    // GIVEN a site with four faults
    const root = app();
    new Site(root, 'campus', { domain: 'HPC example', contact: 'nobody', ansible: 'yes', nodes: 3 } as never);
    // WHEN it is synthesised
    const { diagnostics, files } = await synthesize(root);
    // THEN each fault is told once, at the line of the declaration, and nothing is rendered
    expect(diagnostics.map(({ code, field }) => [code, field])).toEqual([
      ['HPC1001', 'ansible'],
      ['HPC1002', 'contact'],
      ['HPC1002', 'domain'],
      ['HPC1008', 'nodes'],
    ]);
    expect(diagnostics[0]?.source).toEqual({ file: 'noun.test.ts', line: 12 });
    expect(files.size).toBe(0);
  });

  test('reports a misspelt property once, and each that is missing or undefined', async () => {
    const root = app();
    new Site(root, 'campus', { domian: 'hpc.example.edu', contact: undefined } as never);
    new Site(root, 'lab', { domain: 'hpc.example.edu' } as never);
    const { diagnostics } = await synthesize(root);
    expect(diagnostics.map(({ message, fix }) => [message, fix])).toEqual([
      ["'contact' is undefined, and it is required", undefined],
      ["there is no property 'domian'", "did you mean 'domain'?"],
      ["'contact' is required", undefined],
    ]);
  });

  test('suggests an id in place of one that cannot be', async () => {
    const root = app();
    new Site(root, 'My campus!', site);
    new Site(root, '...', site);
    const { diagnostics } = await synthesize(root);
    expect(diagnostics.map(({ code, fix }) => [code, fix])).toEqual([
      ['HPC2501', "did you mean 'My-campus'?"],
      ['HPC2501', undefined],
    ]);
  });

  test('with an id that is taken or unusable is reported, and the rest is still checked', async () => {
    const root = app();
    new Site(root, 'campus', site);
    new Site(root, 'campus', { ...site, contact: 'nobody' });
    new Site(root, 'a/b', site);
    const { diagnostics } = await synthesize(root);
    expect(diagnostics.map(({ code, construct }) => [code, construct])).toEqual([
      ['HPC2502', 'campus'],
      ['HPC1002', 'campus'],
      ['HPC2501', 'a-b'],
    ]);
  });

  test('has canonical values, explicit or default', async () => {
    const root = app();
    new Site(root, 'campus', site);
    const { manifest } = await synthesize(root);
    expect(manifest?.constructs.campus).toEqual({
      table: 'Site',
      values: { ...site, ansible: true },
      defaults: ['ansible'],
    });
  });

  test.each(['${TfToken[TOKEN.0]}', '#{TfToken[TOKEN.1]}'])('refuses the Terraform token %s', async (token) => {
    const root = app();
    new Site(root, 'campus', { ...site, contact: token });
    const { diagnostics } = await synthesize(root);
    expect(diagnostics.map(({ code }) => code)).toEqual(['HPC1003']);
  });
});
