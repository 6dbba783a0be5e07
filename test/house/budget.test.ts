import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackage, projectFile, TestProject } from '../cli/support/project';

jest.setTimeout(60_000);
afterEach(() => TestProject.cleanUp());

const root = join(__dirname, '../..');

const cloud = `import { AwsCloud, define } from 'hpcdk';

export default define((app) => {
  const aws = new AwsCloud(app, 'aws', { region: 'eu-central-1', network: '10.42.0.0/16', onPremises: ['10.0.0.0/16'] });
});
`;

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

/**
 * The modules of packages that a run of hpcdk executes, as `package/path`: those that are loaded from node_modules, and those
 * that stand in a bundle, each as a function of its own that V8 counts.
 */
async function executed(project: TestProject, args: readonly string[]): Promise<string[]> {
  const { code, stderr } = await project.hpcdk(args, { env: { NODE_V8_COVERAGE: join(project.dir, 'coverage') } });
  expect([code, stderr]).toEqual([0, '']);
  const files = readdirSync(join(project.dir, 'coverage')).map((name) => project.read(`coverage/${name}`));
  const names = files.flatMap((text) =>
    (JSON.parse(text) as Coverage).result.flatMap(({ url, functions }) => [
      url,
      ...functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0).map(({ functionName }) => functionName),
    ]),
  );
  const modules = names.filter((name) => name.includes('node_modules/') && !name.includes('/.cache/hpcdk-test/'));
  return [...new Set(modules.map((name) => name.replace(/^.*node_modules\//, '')))].sort();
}

const packagesOf = (modules: readonly string[]): string[] =>
  [...new Set(modules.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name))].sort();

/** What only some commands need, and what each costs on its own: tens of milliseconds up to seconds. */
const heavy =
  /^(cdktf|@cdktf\/.*|cdktn|typescript|yaml|handlebars|diff|csv-parse|jsii.*|@jsii\/.*|archiver|zod|@swc\/.*|luaparse|ajv)$/;

const newProject = () => {
  const project = new TestProject({ 'cdktf.json': projectFile('stacks/hello.ts'), 'cloud.ts': cloud });
  cpSync(join(root, 'stacks'), join(project.dir, 'stacks'), { recursive: true });
  return project;
};

describe('a command executes no package that it does not need', () => {
  test.each([
    ['nothing but the command line', ['--help'], ['commander']],
    ['nothing but the command line', ['synth', '--help'], ['commander']],
    ['nothing but the command line', ['completion', 'bash'], ['commander', 'picocolors']],
  ])('%s: hpcdk %j', async (_what, args, packages) => {
    expect(packagesOf(await executed(newProject(), args))).toEqual(packages);
  });

  test('explain', async () => {
    expect(packagesOf(await executed(newProject(), ['explain', 'HPC1001'])).filter((name) => heavy.test(name))).toEqual(
      [],
    );
  });

  test('tree reads the definition and renders nothing', async () => {
    const packages = packagesOf(await executed(newProject(), ['tree', 'cloud.ts']));

    expect(packages).toEqual(expect.arrayContaining(['constructs', 'jiti']));
    expect(packages.filter((name) => heavy.test(name))).toEqual([]);
  });

  const without = readdirSync(join(root, 'stacks'))
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => !/\bAwsCloud\b|readTable\b/.test(readFileSync(join(root, 'stacks', file), 'utf8')));

  test.each(without)('synth of a definition without a cloud: %s', async (file) => {
    const packages = packagesOf(await executed(newProject(), ['synth', `stacks/${file}`]));

    expect(packages).toEqual(expect.arrayContaining(['constructs', 'jiti']));
    // templates are compiled by the build; running them takes a small part of Handlebars
    expect(packages.filter((name) => heavy.test(name) && name !== 'handlebars')).toEqual([]);
  });

  test('diff of two outputs reads neither a definition nor what makes one', async () => {
    const project = newProject();
    await project.hpcdk(['synth', 'cloud.ts', '--out', 'old']);
    project.write('cloud.ts', cloud.replace('10.42.0.0/16', '10.43.0.0/16'));
    await project.hpcdk(['synth', 'cloud.ts', '--out', 'new']);
    project.write('cloud.ts', 'throw new Error("a definition was loaded");');

    const same = packagesOf(await executed(project, ['diff', 'old', 'old', '--format', 'brief']));
    const changed = packagesOf(await executed(project, ['diff', 'old', 'new', '--json']));

    expect(same).toEqual(['commander', 'picocolors']);
    expect(changed.filter((name) => heavy.test(name) || ['constructs', 'jiti'].includes(name))).toEqual([]);
  });

  test('synth of a definition with a cloud executes the submodules of the provider that it uses, and never its root', async () => {
    const modules = await executed(newProject(), ['synth', 'cloud.ts']);
    const provider = modules.filter((name) => name.startsWith('@cdktf/provider-aws/'));

    expect(packagesOf(modules)).toEqual(expect.arrayContaining(['cdktf', '@cdktf/provider-aws']));
    expect(provider.filter((name) => /^@cdktf\/provider-aws\/lib\/index\.js$/.test(name))).toEqual([]);
    // the root executes more than a thousand
    expect(provider.length).toBeLessThan(100);
    expect(packagesOf(modules).filter((name) => /^(typescript|yaml|diff|csv-parse)$/.test(name))).toEqual([]);
  });

  test('a stack that was rendered before needs no cdktf', async () => {
    const project = newProject();
    await project.hpcdk(['synth', 'cloud.ts']);
    const modules = await executed(project, ['synth', 'cloud.ts']).then(packagesOf);

    expect(modules.filter((name) => /cdktf/.test(name))).toEqual([]);
  });

  test('the measure sees what is loaded: a hand-edited file needs diff', async () => {
    const project = newProject();
    await project.hpcdk(['synth']);
    const [path] = Object.keys(project.files('cdktf.out/sites'));
    project.write(`cdktf.out/sites/${path ?? ''}`, 'edited\n');

    const modules = await executed(project, ['synth', '--force']).then(packagesOf);
    expect(modules).not.toContain('diff');
    project.write(`cdktf.out/sites/${path ?? ''}`, 'edited\n');
    await expect(executed(project, ['synth'])).rejects.toThrow();
  });
});

test('the package is built for this worker', () => expect(builtPackage()).toContain('hpcdk-test'));
