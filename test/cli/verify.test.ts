import Ajv from 'ajv';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { motd } from './support/definitions';
import { projectFile, TestProject } from './support/project';

jest.setTimeout(60_000);
afterEach(() => TestProject.cleanUp());

const validate = new Ajv().compile(
  JSON.parse(readFileSync(join(__dirname, '../../schemas/command-result.schema.json'), 'utf8')),
);

/** A project with its output, and the digest that a review of it shows. */
async function reviewed(): Promise<{ readonly project: TestProject; readonly digest: string }> {
  const project = new TestProject({ 'cdktf.json': projectFile('campus.ts'), 'campus.ts': motd });
  await project.hpcdk(['synth']);
  const { stdout } = await project.hpcdk(['diff', 'cdktf.out', 'cdktf.out', '--format', 'markdown']);
  return { project, digest: /sha256:[0-9a-f]{64}/.exec(stdout)?.[0] ?? 'none' };
}

const codes = ({ document }: Awaited<ReturnType<TestProject['json']>>) =>
  document.diagnostics.map(({ code, message }) => `${code}: ${message}`);

describe('GIVEN an output that was reviewed', () => {
  test('WHEN it is verified THEN it is what has the digest of the review, with or without the definition', async () => {
    const { project, digest } = await reviewed();

    const run = await project.hpcdk(['verify', '--reviewed', digest]);
    rmSync(join(project.dir, 'campus.ts'));
    const bare = await project.json(['verify', 'cdktf.out', '--reviewed', digest.replace('sha256:', '')]);

    expect([run.code, run.stdout]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(`^cdktf.out: \\d+ files, as synth wrote them\\ndigest: ${digest} \\(reviewed\\)\\n$`),
      ),
    ]);
    expect(bare.document.result).toMatchObject({
      code: 'verify.output',
      digest,
      reviewed: true,
      changed: [],
      foreign: [],
    });
  });

  test('WHEN another definition was synthesised since THEN it is refused', async () => {
    const { project, digest } = await reviewed();
    await project.hpcdk(['synth', '--param', 'greeting=Hello']);

    const run = await project.json(['verify', '--reviewed', digest]);

    expect(run.code).toBe(1);
    expect(codes(run)).toEqual([
      expect.stringMatching(/^HPC2741: 'cdktf.out' is not the output that was reviewed: it has the digest sha256:/),
    ]);
  });

  test('WHEN files were edited and removed by hand THEN each is named, though the manifest says the digest', async () => {
    const { project, digest } = await reviewed();
    project.write('cdktf.out/sites/campus/motd/motd', 'mine\n');
    rmSync(join(project.dir, 'cdktf.out/sites/campus/motd/issue'));

    const run = await project.json(['verify', '--reviewed', digest]);

    expect(run.code).toBe(1);
    expect(codes(run)).toEqual([
      "HPC2740: 'sites/campus/motd/issue' is missing",
      "HPC2740: 'sites/campus/motd/motd' is not as synth wrote it",
    ]);
    expect(run.document.result).toMatchObject({
      reviewed: false,
      changed: ['sites/campus/motd/motd'],
      missing: ['sites/campus/motd/issue'],
    });
    expect(validate(run.document) ? [] : validate.errors).toEqual([]);
  });

  test('WHEN others put files beside THEN they are named, but for what Terraform keeps', async () => {
    const { project, digest } = await reviewed();
    project.write('cdktf.out/sites/campus/ansible/group_vars/all/extra.yml', 'a: 1\n');
    project.write('cdktf.out/stacks/aws/terraform.tfstate', '{}\n');
    project.write('cdktf.out/stacks/aws/.terraform/modules.json', '{}\n');

    const run = await project.json(['verify', '--reviewed', digest]);

    expect(run.code).toBe(0);
    expect(codes(run)).toEqual([
      "HPC2742: 'sites/campus/ansible/group_vars/all/extra.yml' is a file that hpcdk did not write: the digest says nothing of it",
    ]);
  });

  test.each([
    [['verify', '--reviewed', 'sha256:12'], "HPC7001: 'sha256:12' is no digest"],
    [['verify', 'nothing'], "HPC2700: 'nothing' cannot be read (ENOENT)"],
    [['verify', 'cdktf.out/hpcdk/manifest.json'], "HPC7001: 'cdktf.out/hpcdk/manifest.json' is a manifest, and"],
  ])('WHEN the question is wrong THEN %j says so', async (args, message) => {
    const { project } = await reviewed();

    const run = await project.json(args);

    expect([run.code, codes(run)]).toEqual([1, [expect.stringContaining(message)]]);
  });
});
