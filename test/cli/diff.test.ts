import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Diff } from '../../lib/diff/model';
import { builtPackage, type JsonRun, projectFile, TestProject } from './support/project';
import { campus } from './support/repository';

jest.setTimeout(120_000);
afterAll(() => TestProject.cleanUp());

const root = join(__dirname, '../..');
const diffOf = ({ document }: JsonRun): Diff => (document.result as unknown as { readonly diff: Diff }).diff;
const titles = (run: JsonRun): string[] => diffOf(run).entries.map(({ title }) => title);
const SHORTER = 'partition batch: maxTime 7d → 2d';
const CLUSTER = 'sites/campus/slurm/hpc/slurm.conf';

/** A project whose output is that of 7 days, and whose definition says 2. */
async function changed(): Promise<TestProject> {
  const project = new TestProject({ 'cdktf.json': projectFile('campus.ts'), 'campus.ts': campus() });
  await project.hpcdk(['synth']);
  project.write('campus.ts', campus({ days: 2 }));
  return project;
}

describe('hpcdk diff compares', () => {
  test('the definition with the present output, and writes nothing', async () => {
    const project = await changed();
    const before = project.files('cdktf.out');

    const run = await project.json(['diff']);

    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(titles(run)).toEqual([SHORTER]);
    expect(diffOf(run)).toMatchObject({
      before: { label: 'cdktf.out', level: 'output' },
      after: { label: 'working definition', level: 'output' },
      entries: [{ source: { file: 'campus.ts', line: 9 }, files: [CLUSTER], marks: ['user-contract'] }],
    });
    expect(project.files('cdktf.out')).toEqual(before);
  });

  test('two outputs and two manifests, without a project', async () => {
    const project = await changed();
    await project.hpcdk(['synth', '--out', 'new']);
    const alone = new TestProject({}, { installed: false });
    const folders = ['cdktf.out', 'new'].map((name) => join(project.dir, name));
    const manifests = folders.map((folder) => join(folder, 'hpcdk/manifest.json'));

    const outputs = await alone.json(['diff', ...folders]);
    const fields = await alone.json(['diff', ...manifests]);

    expect([outputs.code, titles(outputs)]).toEqual([0, [SHORTER]]);
    expect([fields.code, titles(fields)]).toEqual([0, [SHORTER]]);
    expect(diffOf(fields).notes.join()).toContain('is a manifest without its output');
    expect(diffOf(outputs).after.digest).toBe(diffOf(fields).after.digest);
    expect(alone.files()).toEqual({});
  });

  test('an output with the definition: --base and an argument give the same', async () => {
    const project = await changed();

    const [argument, base] = await Promise.all([
      project.json(['diff', './cdktf.out']),
      project.json(['diff', '--base', './cdktf.out']),
    ]);

    expect(titles(base)).toEqual([SHORTER]);
    expect(base.document.result).toEqual(argument.document.result);
  });

  test('what is deployed with the definition', async () => {
    const project = await changed();
    project.write('deployed.json', project.read('cdktf.out/hpcdk/manifest.json'));

    const run = await project.json(['diff', '--deployed', 'deployed.json']);

    expect(titles(run)).toEqual([SHORTER]);
    expect(diffOf(run).before).toMatchObject({ label: 'deployed', level: 'manifest' });
    expect(diffOf(run).notes).toEqual([
      'deployed is a manifest without its output: only what was declared is compared, not the content of files',
    ]);
  });

  test('the definition under another hpcdk, by its folder', async () => {
    const project = await changed();
    const other = new TestProject({}, { installed: false });
    cpSync(builtPackage(), join(other.dir, 'other/node_modules/hpcdk'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(other.dir, 'node_modules')); // constructs and jiti
    const manifest = JSON.parse(readFileSync(join(builtPackage(), 'package.json'), 'utf8')) as object;
    other.write('other/node_modules/hpcdk/package.json', JSON.stringify({ ...manifest, version: '0.0.9' }));

    const same = await project.json(['diff', '--tool-version', builtPackage()]);
    const old = await project.json(['diff', '--tool-version', join(other.dir, 'other')]);

    expect([same.code, titles(same)]).toEqual([0, []]);
    expect(same.document.result?.code).toBe('diff.none');
    expect(old.code).toBe(0);
    expect(diffOf(old)).toMatchObject({ before: { label: 'hpcdk 0.0.9' }, entries: [] });
    expect(diffOf(old).notes[0]).toMatch(/^the same definition under hpcdk 0.0.9 and under hpcdk \d/);
  });

  test('the definition under another hpcdk, by its version: npm installs it once', async () => {
    const project = await changed();
    const npm = new TestProject({}, { installed: false });
    npm.write(
      'bin/npm',
      `#!/bin/sh
echo "$PWD $*" >> ${npm.dir}/calls
case $* in *@0.0.8) echo 'npm error 404 Not Found' >&2; exit 1;; esac
mkdir -p node_modules && cp -r ${builtPackage()} node_modules/hpcdk
ln -s ${root}/node_modules/constructs ${root}/node_modules/jiti node_modules/
sed -i 's/"version": ".*"/"version": "0.0.7"/' node_modules/hpcdk/package.json
`,
    );
    chmodSync(join(npm.dir, 'bin/npm'), 0o755);
    const env = { PATH: `${npm.dir}/bin:${process.env.PATH}`, XDG_CACHE_HOME: join(npm.dir, 'cache') };

    const first = await project.json(['diff', '--tool-version', '0.0.7'], { env });
    const second = await project.json(['diff', '--tool-version', '0.0.7'], { env });
    const none = await project.json(['diff', '--tool-version', '0.0.8'], { env });

    expect(diffOf(first)).toMatchObject({ before: { label: 'hpcdk 0.0.7', tool: '0.0.7' }, entries: [] });
    expect(diffOf(second)).toEqual(diffOf(first));
    expect(none.document.diagnostics).toMatchObject([
      { code: 'HPC7020', message: 'hpcdk 0.0.8 cannot be installed: npm error 404 Not Found' },
    ]);
    expect(npm.read('calls').match(/install .*hpcdk@0\.0\.7$/gm)).toHaveLength(1);
    expect(readdirSync(join(npm.dir, 'cache/hpcdk/versions'))).toEqual(['0.0.7']);
  });

  test('with parameters, and a definition that is named', async () => {
    const project = await changed();

    const run = await project.json(['diff', '--definition', './campus.ts', '--param', 'memory=512']);

    expect(titles(run)).toEqual(expect.arrayContaining([SHORTER, expect.stringContaining('memory')]));
  });

  test('an output that lacks a file that differs is refused: no gate could see what it says', async () => {
    const project = await changed();
    await project.hpcdk(['synth', '--out', 'new']);
    rmSync(join(project.dir, 'new/sites/campus/slurm/hpc/slurm.conf'));

    const run = await project.json(['diff', './cdktf.out', './new']);

    expect(run.code).toBe(1);
    expect(run.document.diagnostics).toMatchObject([
      {
        code: 'HPC2700',
        message: "'./new' is not complete: it lacks 'sites/campus/slurm/hpc/slurm.conf' of its manifest",
      },
    ]);
  });

  test('an output with itself: nothing, in silence', async () => {
    const project = await changed();

    const run = await project.hpcdk(['diff', 'cdktf.out', 'cdktf.out', '--exit-code', '--format', 'brief']);

    expect(run).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^no changes\nreviewed output: sha256:[0-9a-f]{64}\n$/),
      stderr: '',
    });
  });
});

describe('what cannot be compared is told', () => {
  test.each([
    [['nothing', 'cdktf.out'], 'HPC7018', "'nothing' is no folder here"],
    [['cdktf.out', 'cdktf.out/sites'], 'HPC2700', "'cdktf.out/sites' is no output of hpcdk"],
    [['--base', 'nothing'], 'HPC2700', "'nothing' cannot be read (ENOENT)"],
    [['--deployed', 'campus.ts'], 'HPC2520', "'deployed': the manifest is no JSON"],
    [['cdktf.out', '--base', 'cdktf.out'], 'HPC7001', "a diff has two sides, and 'cdktf.out', --base are given"],
    [['cdktf.out', 'cdktf.out', '--param', 'a=1'], 'HPC7001', 'two outputs are compared as they are'],
    [['--tool-version', 'nothing'], 'HPC7020', "'nothing' has no built hpcdk in it"],
    [['--fail-on', 'dataloss'], 'HPC2710', "there is no gate 'dataloss'"],
    [['--fail-on', 'vulnerable'], 'HPC2762', 'the gate vulnerable has no advisories to judge by'],
    [['--section', 'secret'], 'HPC2714', "there is no section 'secret'"],
    [['--explain', 'campus/hpc/nodes'], 'HPC7025', "nothing changes at 'campus/hpc/nodes'"],
    [['--explain', 'campus/hpc/nothing'], 'HPC2715', "neither side has 'campus/hpc/nothing'"],
    [['--path', 'campus/hpc/nothing'], 'HPC2715', "neither side has 'campus/hpc/nothing'"],
    [['--definition', 'nothing.ts'], 'HPC7005', "the definition 'nothing.ts' does not exist"],
    [['--param', 'x'], 'HPC7010', "the parameter 'x' is not name=value"],
    [['--out', 'nothing/diff.txt'], 'HPC7014', 'cannot be written to (ENOENT)'],
    [['a', 'b', 'c'], 'HPC7001', 'too many arguments'],
  ])('%j: %s', async (args, code, message) => {
    const run = await (await changed()).json(['diff', ...args]);

    expect(run.code).toBe(1);
    expect(run.document.diagnostics).toEqual([
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    ]);
    expect(run.document.result).toBeUndefined();
  });

  test('no output yet', async () => {
    const project = new TestProject({ 'cdktf.json': projectFile('campus.ts'), 'campus.ts': campus() });

    const run = await project.json(['diff']);

    expect(run.document.diagnostics).toMatchObject([
      { code: 'HPC7018', message: "there is no output in 'cdktf.out' to compare the definition with" },
    ]);
    expect(existsSync(join(project.dir, 'cdktf.out'))).toBe(false);
  });

  test('a faulty definition: named as a side, and nothing half shown', async () => {
    const project = await changed();
    project.write('campus.ts', campus({ hosts: 'cn[9-1]' }));

    const run = await project.json(['diff']);

    expect([run.code, run.document.result]).toEqual([1, undefined]);
    expect(run.document.diagnostics[0]).toMatchObject({
      message: expect.stringMatching(/^working definition: /),
      source: { file: 'campus.ts', line: 8 },
    });
  });
});

describe('gates and exit codes', () => {
  test('0 without a question, 2 with --exit-code, 3 when a gate fails, 1 for an error', async () => {
    const project = await changed();
    const codes = await Promise.all(
      [[], ['--exit-code'], ['--exit-code', '--fail-on', 'user-contract'], ['--exit-code', '--base', 'nowhere']].map(
        async (args) => (await project.hpcdk(['diff', ...args])).code,
      ),
    );

    expect(codes).toEqual([0, 2, 3, 1]);
    expect((await project.hpcdk(['diff', '--fail-on', 'data-loss,cost>10%'])).code).toBe(0);
  });

  test('a gate that failed names its entries, and what to write to let them through: it does', async () => {
    const project = await changed();

    const failed = await project.hpcdk(['diff', '--fail-on', 'data-loss,user-contract', '--format', 'brief']);
    const advice = failed.stderr.split('\n').filter((line) => /^ {2}(- id| {2}(reason|until)): /.test(line));
    project.write(
      'hpcdk.acknowledged.yaml',
      advice
        .map((line) => `${line.slice(2).replace('...', 'users know').replace('YYYY-MM-DD', '9999-12-31')}\n`)
        .join(''),
    );
    const passed = await project.json(['diff', '--fail-on', 'user-contract']);

    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain(`gate user-contract failed\n  ${SHORTER}\n`);
    expect(failed.stderr).not.toContain('gate data-loss failed');
    expect(advice).toHaveLength(3);
    expect([passed.code, passed.document.diagnostics]).toEqual([0, []]);
    expect(diffOf(passed).entries[0]?.acknowledged).toEqual({ reason: 'users know', until: '9999-12-31' });
    expect(diffOf(passed).gates).toMatchObject([
      { gate: 'user-contract', failed: false, acknowledged: [expect.anything()] },
    ]);
  });

  test('acknowledgements that have expired or match nothing are said, at their line', async () => {
    const project = await changed();
    project.write(
      'hpcdk.acknowledged.yaml',
      '- {id: a, reason: b, until: 2020-01-01}\n- {id: c, reason: d, until: 9999-12-31}\n',
    );

    const run = await project.json(['diff', '--fail-on', 'user-contract']);

    expect(run.code).toBe(3);
    expect(run.document.diagnostics).toMatchObject([
      { code: 'HPC2712', severity: 'warning', source: { file: 'hpcdk.acknowledged.yaml', line: 1 } },
      { code: 'HPC2713', severity: 'warning', source: { file: 'hpcdk.acknowledged.yaml', line: 2 } },
    ]);
  });

  test('a faulty file of acknowledgements is an error', async () => {
    const project = await changed();
    project.write('hpcdk.acknowledged.yaml', '- {id: a}\n');

    expect((await project.json(['diff'])).document).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: 'HPC2711', source: { line: 1 } }],
    });
  });

  test('a folder of that name cannot be read', async () => {
    const project = await changed();
    mkdirSync(join(project.dir, 'hpcdk.acknowledged.yaml'));

    expect((await project.json(['diff'])).document.diagnostics).toMatchObject([{ code: 'HPC7022' }]);
  });
});

describe('what is shown', () => {
  test.each(['terminal', 'brief', 'markdown', 'html', 'sarif'])('as %s, on stdout or in a file', async (format) => {
    const project = await changed();
    const [run, none] = await Promise.all([
      project.hpcdk(['diff', '--format', format]),
      project.hpcdk(['diff', '--format', format, '--out', 'diff.txt']),
    ]);

    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('maxTime 7d');
    expect(none).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(project.read('diff.txt')).toBe(run.stdout);
  });

  test('JSON, in a file too, is of the schema of results', async () => {
    const validate = new Ajv({ strict: false }).compile(
      JSON.parse(readFileSync(join(root, 'schemas/command-result.schema.json'), 'utf8')) as object,
    );
    const project = await changed();

    const run = await project.json(['diff', '--fail-on', 'user-contract', '--out', 'diff.json']).catch(() => undefined);
    const shown = await project.json(['diff', '--explain', 'campus/hpc']);

    expect(run).toBeUndefined(); // stdout is empty
    expect(validate(JSON.parse(project.read('diff.json'))) ? [] : validate.errors).toEqual([]);
    const document = JSON.parse(project.read('diff.json')) as { readonly result: { readonly diff: object } };
    expect(document).toMatchObject({ command: 'diff', exitCode: 3 });
    const isDiff = new Ajv2020({ strict: false }).compile(
      JSON.parse(readFileSync(join(root, 'schemas/diff.schema.json'), 'utf8')) as object,
    );
    expect(isDiff(document.result.diff) ? [] : isDiff.errors).toEqual([]);
    expect(validate(shown.document) ? [] : validate.errors).toEqual([]);
  });

  test('sections and paths; gates look at everything all the same', async () => {
    const project = await changed();
    project.write('campus.ts', campus({ days: 2, hosts: 'cn[001-072]' }));

    const section = await project.json(['diff', '--section', 'contract']);
    const path = await project.json(['diff', '--path', 'campus/hpc/nodes', '--fail-on', 'user-contract']);
    const all = await project.json(['diff']);

    expect(titles(section)).toEqual([SHORTER]);
    expect(titles(path).join()).not.toContain(SHORTER);
    expect(titles(all)).toHaveLength(titles(section).length + titles(path).length);
    expect(diffOf(section).notes.join()).toMatch(/\d of \d changes not shown/);
    expect(path.code).toBe(3);
  });

  test('--strict shows what is hidden', async () => {
    const project = await changed();
    project.write('campus.ts', campus());
    project.write('cdktf.out/hpcdk/manifest.json', project.read('cdktf.out/hpcdk/manifest.json'));

    const [plain, strict] = await Promise.all([project.json(['diff']), project.json(['diff', '--strict'])]);

    expect(titles(plain)).toEqual([]);
    expect(titles(strict)).toEqual([]);
  });

  test('--explain: where it is declared, the properties, the files, and why the class holds', async () => {
    const project = await changed();
    const { id, path } = diffOf(await project.json(['diff'])).entries[0] as Diff['entries'][number];

    const runs = await Promise.all(
      [id, path, `${path}#maxTime`, CLUSTER].map((what) => project.hpcdk(['diff', '--explain', what])),
    );

    for (const run of runs) expect(run).toEqual(runs[0]);
    expect(runs[0]?.code).toBe(0);
    const text = runs[0]?.stdout ?? '';
    expect(text).toContain(`${SHORTER}\n  id: ${id}\nDeclared\n  campus (site)  campus.ts:5\n`);
    expect(text).toContain('  ~ maxTime: 7d → 2d\n');
    expect(text).toContain(`Files\n  ${CLUSTER} → /etc/slurm/slurm.conf`);
    expect(text).toContain('  rule: Partition.maxTime, when it is decreased or changes');
  });

  test('from a folder of the project below', async () => {
    const project = await changed();
    project.write('below/note.txt', '');

    const run = await project.hpcdk(['diff', '--format', 'brief'], { cwd: 'below' });

    expect(run.stdout).toContain(SHORTER);
  });
});

describe('what a site exported', () => {
  const queue = readFileSync(join(root, 'test/diff/jobs/data/squeue-22.05.json'), 'utf8').replaceAll('"demo"', '"hpc"');
  const history = `Cluster|JobID|User|Account|Partition|QOS|TimelimitRaw|NNodes|ReqCPUS|ReqMem|ReqTRES|Constraints|ReqNodes
hpc|7|ada|bio|batch|normal|8640|1|4|4G|cpu=4||
hpc|8|bob|bio|batch|normal|60|1|4|4G|cpu=4||
`;

  test('the queue and the history are counted, users by a hash unless they shall be named', async () => {
    const project = await changed();
    project.write('squeue.json', queue);
    project.write('sacct.txt', history);
    const args = ['diff', '--jobs', 'squeue.json', '--history', 'sacct.txt'];

    const [plain, named] = await Promise.all([project.json(args), project.json([...args, '--show-users'])]);

    expect([plain.code, plain.document.diagnostics]).toEqual([0, []]);
    expect(diffOf(plain).entries[0]?.jobs).toMatchObject({ killed: 0, refused: 1 });
    expect(plain.stdout).not.toContain('ada');
    expect(named.stdout.length).toBeGreaterThan(0);
  });

  test.each([
    ['--jobs', '{"jobs":[{"user_name":"ada",'],
    ['--history', 'JobID|User|Account|Partition\n1|ada|x\n'],
    ['--live', '{"format_version":"1.2","variables":{"password":{"value":"ada",'],
  ])('%s: a line that cannot be read is not shown, for it names users or secrets', async (option, text) => {
    const project = await changed();
    project.write('export', text);

    const run = await project.hpcdk(['diff', option, 'export']);

    expect(run.stderr).toMatch(/export:\d/);
    expect(run.stderr + run.stdout).not.toContain('ada');
  });

  test('what runs, in several files', async () => {
    const project = await changed();
    project.write('config.txt', 'Configuration data as of now\nClusterName = hpc\nSLURM_VERSION = 21.08.8\n');
    project.write('records.txt', 'PartitionName=mine MaxTime=UNLIMITED TotalCPUs=0 TotalNodes=0\n');

    const run = await project.json(['diff', '--live', 'config.txt', '--live', 'records.txt']);

    expect([run.code, run.document.diagnostics]).toEqual([0, []]);
    const [system] = diffOf(run).live?.systems ?? [];
    expect(system).toMatchObject({ name: 'hpc', version: '21.08.8' });
    expect(system?.findings.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['cluster hpc', 'partition mine']),
    );
  });

  test('prices of the site', async () => {
    const project = await changed();
    project.write('prices.json', readFileSync(join(root, 'data/aws/prices.json'), 'utf8'));

    expect((await project.json(['diff', '--prices', 'prices.json'])).code).toBe(0);
  });

  test.each([
    ['--jobs', 'HPC2720'],
    ['--history', 'HPC2722'],
    ['--live', 'HPC2750'],
    ['--prices', 'HPC2730'],
    ['--packages', 'HPC2760'],
    ['--advisories', 'HPC2761'],
  ])('%s: a file that is none, or is not there', async (option, code) => {
    const project = await changed();
    project.write('below/wrong', '\n');

    const wrong = await project.json(['diff', option, 'below/wrong']);
    const none = await project.json(['diff', option, 'nothing']);

    expect(wrong.document).toMatchObject({ exitCode: 1, diagnostics: [{ code, source: { file: 'below/wrong' } }] });
    expect(none.document).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: 'HPC7022', message: "'nothing' cannot be read (ENOENT)" }],
    });
  });
});

test('a revision that is named without git says so', async () => {
  const project = await changed();

  const { document } = await project.json(['diff', 'main']);

  expect(document.diagnostics).toMatchObject([
    {
      code: 'HPC7018',
      message: expect.stringMatching(
        /^'main' is no folder here, and no revision can be looked up: not a git repository/,
      ),
    },
  ]);
});
