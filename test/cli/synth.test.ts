import { faulty, motd } from './support/definitions';
import { projectFile, TestProject } from './support/project';

jest.setTimeout(60_000);
afterEach(() => TestProject.cleanUp());

const project = (definition = motd, name = 'stacks/campus.ts', options = {}): TestProject =>
  new TestProject({ 'cdktf.json': projectFile(name), [name]: definition }, options);

describe('hpcdk synth', () => {
  test('writes the output and says what was declared, what came out where', async () => {
    const campus = project();

    const run = await campus.hpcdk(['synth']);

    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(campus.read('cdktf.out/sites/campus/motd/motd')).toBe('Welcome\n');
    expect(JSON.parse(campus.read('cdktf.out/hpcdk/manifest.json'))).toMatchObject({ format: 'hpcdk-manifest' });
    expect(JSON.parse(campus.read('cdktf.out/hpcdk/sources.json'))).toEqual({
      campus: { file: 'stacks/campus.ts', line: 6 },
    });
    expect(run.stdout).toMatch(/^Declared: 1 site$/m);
    expect(run.stdout).toMatch(/^Output: cdktf.out, 4 files \(4 written\)$/m);
    expect(run.stdout).toMatch(/^ {2}sites\/campus\/motd +2 files$/m);
  });

  test('a comment in the definition moves lines in sources.json and changes nothing in the manifest', async () => {
    const campus = project();
    await campus.hpcdk(['synth']);
    const before = campus.read('cdktf.out/hpcdk/manifest.json');

    campus.write('stacks/campus.ts', `// who owns it: hpc@example.edu\n${motd}`);
    await campus.hpcdk(['synth']);

    expect(campus.read('cdktf.out/hpcdk/manifest.json')).toBe(before);
    expect(JSON.parse(campus.read('cdktf.out/hpcdk/sources.json'))).toMatchObject({ campus: { line: 7 } });
  });

  test('says so when nothing changed, from a folder of the project too', async () => {
    const campus = project();
    await campus.hpcdk(['synth']);

    const run = await campus.hpcdk(['synth'], { cwd: 'stacks' });

    expect(run.stdout).toContain('Output: ../cdktf.out, 4 files (nothing changed)');
  });

  test('takes the definition, parameters and output folder of the command line', async () => {
    const campus = new TestProject({ 'my defs/campus.ts': motd });

    const run = await campus.json([
      'synth',
      'my defs/campus.ts',
      '--param',
      'greeting=Hello there',
      '--out',
      'elsewhere',
    ]);

    expect(run.document.result).toMatchObject({ code: 'synth.written', output: 'elsewhere', unchanged: 0 });
    expect(campus.read('elsewhere/sites/campus/motd/motd')).toBe('Hello there\n');
  });

  test('honours CDKTF_OUTDIR and "output" of cdktf.json', async () => {
    const campus = project();
    campus.write('cdktf.json', JSON.stringify({ output: 'build/out', hpcdk: { definition: 'stacks/campus.ts' } }));

    await campus.hpcdk(['synth']);
    await campus.hpcdk(['synth'], { env: { CDKTF_OUTDIR: 'by-environment' } });

    expect(campus.read('build/out/sites/campus/motd/issue')).toBe('hpc\n');
    expect(campus.read('by-environment/sites/campus/motd/issue')).toBe('hpc\n');
  });

  test('lists every fault of a definition at once, each with its line and column, and writes nothing', async () => {
    const campus = project(faulty);

    const run = await campus.hpcdk(['synth']);

    expect(run.code).toBe(1);
    expect(run.stdout).toBe('');
    const places = run.stderr.split('\n').filter((line) => line.startsWith('stacks/'));
    expect(places.map((line) => line.split(':').slice(0, 4).join(':'))).toEqual([
      'stacks/campus.ts:6:5: error HPC1002',
      'stacks/campus.ts:7:5: error HPC1002',
      'stacks/campus.ts:8:5: error HPC1008',
      'stacks/campus.ts:10:3: error HPC1009',
      'stacks/campus.ts:10:3: error HPC1009',
      'stacks/campus.ts:11:3: error HPC2502',
    ]);
    expect(run.stderr).toContain(
      "  8 |     ansibel: true,\n    |     ^^^^^^^\n  at campus, ansibel\n  fix: did you mean 'ansible'?\n",
    );
    expect(run.stderr).toMatch(/\n6 errors\n$/);
    expect(Object.keys(campus.files())).not.toContainEqual(expect.stringContaining('cdktf.out'));
  });

  test('stops at a file that was edited by hand, with its diff; --force overwrites it', async () => {
    const campus = project();
    await campus.hpcdk(['synth']);
    campus.write('cdktf.out/sites/campus/motd/motd', 'Welcome\nto the lab\n');

    const stopped = await campus.hpcdk(['synth']);
    const kept = campus.read('cdktf.out/sites/campus/motd/motd');
    const forced = await campus.hpcdk(['synth', '--force']);

    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(/^cdktf.out\/sites\/campus\/motd\/motd:2: error HPC2604: /);
    expect(stopped.stderr).toContain('\n  -to the lab\n');
    expect(kept).toBe('Welcome\nto the lab\n');
    expect(forced.code).toBe(0);
    expect(campus.read('cdktf.out/sites/campus/motd/motd')).toBe('Welcome\n');
  });

  test('prunes what it wrote before, and leaves what it did not write', async () => {
    const campus = project();
    await campus.hpcdk(['synth']);
    campus.write('cdktf.out/stacks/aws/.terraform/state', 'not ours');
    campus.write('stacks/campus.ts', motd.replace(/^.*'issue'.*$/m, ''));

    const run = await campus.json(['synth']);

    expect(run.document.result).toMatchObject({ removed: ['sites/campus/motd/issue'] });
    expect(campus.read('cdktf.out/stacks/aws/.terraform/state')).toBe('not ours');
  });

  test('gives the same bytes in two folders, time zones and locales', async () => {
    const [here, there] = [project(), project(motd, 'stacks/campus.ts', { prefix: 'a longer name with blanks ' })];

    await here.hpcdk(['synth'], { env: { TZ: 'UTC', LANG: 'C' } });
    await there.hpcdk(['synth'], {
      env: { TZ: 'Asia/Kolkata', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      cwd: 'stacks',
    });

    expect(there.files('cdktf.out')).toEqual(here.files('cdktf.out'));
  });

  test('writes nothing into the project but the output and the cache in node_modules', async () => {
    const campus = project();

    await campus.hpcdk(['synth']);

    const top = Object.keys(campus.files())
      .map((path) => path.split('/').slice(0, 2).join('/'))
      .filter((path) => path !== 'node_modules/hpcdk'); // the link to this package, which some versions of Node follow
    expect([...new Set(top)].sort()).toEqual(
      ['cdktf.json', 'cdktf.out/hpcdk', 'cdktf.out/sites', 'node_modules/.cache', 'stacks/campus.ts'].sort(),
    );
  });
});

describe('hpcdk check', () => {
  test('writes nothing, and says what synth would do', async () => {
    const campus = project();

    const before = await campus.json(['check']);
    const none = Object.keys(campus.files()).filter((path) => path.startsWith('cdktf.out'));
    await campus.hpcdk(['synth']);
    const after = await campus.json(['check']);

    expect(before.document.result).toMatchObject({
      code: 'check.outdated',
      write: expect.arrayContaining(['sites/campus/motd/motd']),
    });
    expect(none).toEqual([]);
    expect(after.document.result).toMatchObject({ code: 'check.current', write: [], remove: [] });
  });

  test('reports files that were edited by hand', async () => {
    const campus = project();
    await campus.hpcdk(['synth']);
    campus.write('cdktf.out/sites/campus/motd/motd', 'mine\n');

    const run = await campus.json(['check']);

    expect(run.code).toBe(1);
    expect(run.document.diagnostics).toMatchObject([{ code: 'HPC2604', output: 'sites/campus/motd/motd' }]);
  });
});

describe('hpcdk tree', () => {
  test('shows the constructs with their files and lines', async () => {
    const run = await project().hpcdk(['tree']);

    expect(run.stdout).toBe('campus Site  stacks/campus.ts:6\n├─ sites/campus/motd/issue\n└─ sites/campus/motd/motd\n');
  });

  test('of a faulty definition still shows the constructs', async () => {
    const run = await project(faulty).json(['tree']);

    expect(run.code).toBe(1);
    expect(run.document.result).toMatchObject({
      constructs: [{ id: 'campus', files: [] }, { id: 'lab' }, { id: 'lab', path: 'lab' }],
    });
  });
});
