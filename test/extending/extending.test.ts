import { define, Site } from 'hpcdk';
import example, { fewSeats, LicenceServer } from '../../docs/examples/extending';

const site = { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' };

describe("another package's constructs, formats and policies", () => {
  test('are rendered, and stand in the manifest with their field table', async () => {
    const { files, manifest, diagnostics } = await example.synthesize({ projectDir: '/' });
    expect(diagnostics).toEqual([]);
    expect(files.get('sites/campus/acme/licences.lic')?.content).toBe('mesher 10\nsolver 40\n');
    expect(manifest?.constructs['campus/licences']).toMatchObject({
      table: 'acme.LicenceServer',
      values: { host: 'lic1', seats: { mesher: 10, solver: 40 } },
    });
    expect(manifest?.tables['acme.LicenceServer']?.fields.seats).toMatchObject({
      type: { codec: 'map', of: { codec: 'integer' } },
      section: 'contract',
      effects: { decreased: { pending: 'jobs wait for a seat' } },
    });
    expect(manifest?.files['sites/campus/acme/licences.lic']).toMatchObject({
      owner: 'campus/licences',
      format: 'acme.lic',
      readers: [{ service: 'acmed', on: 'reload' }],
    });
  });

  test('refuse bad input like ours: all at once, at the line and the field', async () => {
    const { diagnostics } = await define((app) => {
      const campus = new Site(app, 'campus', site);
      new LicenceServer(campus, 'a', { host: 'lic[1-', seats: { Mesher: 0 } });
      new LicenceServer(campus, 'b', { host: 'lic1', seats: { mesher: 101 } });
      app.addPolicy(fewSeats);
    }).synthesize({ projectDir: __dirname });
    expect(diagnostics.map(({ code, construct, field }) => [code, construct, field])).toEqual([
      ['HPC1010', 'campus/a', 'host'],
      ['HPC1002', 'campus/a', 'seats.Mesher'],
      ['HPC1004', 'campus/a', 'seats.Mesher'],
      ['ACME1', 'campus/b', 'seats'],
    ]);
    expect(diagnostics[0]?.source?.file).toBe('extending.test.ts');
  });
});
