import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from '../../lib/app/app';
import { Site } from '../../lib/app/site';
import { synthesize } from '../../lib/app/synthesize';
import { readTable } from '../../lib/app/table';

function project(files: Record<string, string>): App {
  const projectDir = mkdtempSync(join(tmpdir(), 'hpcdk-table-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(projectDir, name), text);
  return new App({ projectDir, renderers: [] });
}

describe('a table', () => {
  test.each([
    ['a.csv', 'name,share?,time\nphysics,10,2d\n# a remark\nchem,20,\n'.replace('?', '')],
    ['a.yaml', '- name: physics\n  share: 10\n  time: 2d\n- name: chem\n  share: 20\n'],
  ])('of %s gives typed rows', (file, text) => {
    const app = project({ [file]: text });
    const rows = readTable(app, file, { name: 'text', share: 'integer', 'time?': 'duration' });
    expect(rows.map((row) => [row.name, row.share, row.time?.toString()])).toEqual([
      ['physics', 10, '2d'],
      ['chem', 20, undefined],
    ]);
  });

  test('points at the row of each fault, and of a construct that is made of a row', async () => {
    const app = project({
      'sites.csv': 'id,domain,contact,n\na,hpc.example.edu,nobody,1\nb,hpc.example.edu,a@b.c,x\n',
    });
    const rows = readTable(app, 'sites.csv', { id: 'text', domain: 'text', contact: 'text', n: 'integer' });
    for (const { id, n: _n, ...row } of rows) new Site(app, id, row);
    const { diagnostics } = await synthesize(app);
    expect(diagnostics.map(({ code, source }) => [code, source?.file, source?.line])).toEqual([
      ['HPC1002', 'sites.csv', 2],
      ['HPC2513', 'sites.csv', 3],
    ]);
  });

  test('suggests the column that was meant, and says which cell is empty', async () => {
    const app = project({ 'a.csv': 'nmae,share\nphysics,1\n' });
    readTable(app, 'a.csv', { name: 'text', share: 'integer' });
    const { diagnostics } = await synthesize(app);
    expect(diagnostics.map(({ code, fix }) => [code, fix])).toEqual([
      ['HPC2511', "did you mean 'name'?"],
      ['HPC2512', undefined],
    ]);
  });

  test.each([
    ['missing.csv', undefined, 'HPC2510'],
    ['short.csv', 'a,b\n1\n', 'HPC2514'],
    ['bad.yaml', '- a: [\n', 'HPC2514'],
    ['map.yaml', 'a: 1\n', 'HPC2514'],
    ['scalars.yaml', '- a\n', 'HPC2514'],
  ])('%s is refused', async (file, text, code) => {
    const app = project(text === undefined ? {} : { [file]: text });
    readTable(app, file, { 'a?': 'text' });
    const { diagnostics } = await synthesize(app);
    expect(new Set(diagnostics.map((diagnostic) => diagnostic.code))).toEqual(new Set([code]));
  });
});
