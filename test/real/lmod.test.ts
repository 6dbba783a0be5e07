import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Definition } from '../../lib/app/definition';
import campus from '../../stacks/campus';
import definition from '../../stacks/modules-only';
import { checkModuleTree, lmodNeeds, modules } from './support/lmod';
import { describeWith, run } from './support/tools';

/** The tree of a definition in a folder of its own, with its modulefiles relative to it. */
async function placed(from: Definition) {
  const dir = mkdtempSync(join(tmpdir(), 'hpcdk-modules-'));
  const { files, diagnostics } = await from.synthesize({ projectDir: join(__dirname, '../..') });
  expect(diagnostics).toEqual([]);
  const folder = 'sites/campus/modules/modules';
  const tree = join(dir, folder, 'tree');
  for (const [path, { content }] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content.replaceAll('/apps/modules', tree));
  }
  const modulefiles = [...files.keys()]
    .filter((path) => path.startsWith(`${folder}/tree`) && path.endsWith('.lua') && !path.endsWith('.modulerc.lua'))
    .map((path) => path.slice(`${folder}/tree/`.length, -'.lua'.length));
  return { dir, tree, modulefiles };
}

/** Loads every module of a tree on the way that its place in the hierarchy gives; says how many there are. */
async function loadEach(tree: string, modulefiles: readonly string[]): Promise<number> {
  // GIVEN the way to each modulefile, read from its place in the hierarchy
  const ways = modulefiles.map((path) => {
    const [target = '', release = '', level, ...rest] = path.split('/');
    if (release === 'releases') return { start: `${target}/releases`, load: `release/${rest.at(-1)}` };
    const name = rest.slice(-2).join('/');
    const above =
      level === 'Core'
        ? []
        : level === 'Compiler'
          ? [rest.slice(0, 2).join('/')]
          : [rest.slice(0, 2).join('/'), rest.slice(2, 4).join('/')];
    return { start: `${target}/releases`, load: ['release/' + release, ...above, name].join(' '), name };
  });
  for (const start of new Set(ways.map((way) => way.start))) {
    // WHEN each is loaded in turn
    const mine = ways.filter((way) => way.start === start);
    const commands = mine.flatMap(({ load }) => ['--force purge', `load ${load}`]);
    const outcomes = (await modules(join(tree, start), commands)).filter(({ command }) => command.startsWith('load'));
    // THEN it is loaded, with what stands above it
    for (const { command, code, loaded, stderr } of outcomes) {
      const wanted = command.split(' ').slice(1);
      expect([command, code, wanted.filter((name) => !loaded.includes(name)), stderr]).toEqual([
        command,
        0,
        [],
        expect.any(String),
      ]);
    }
  }
  return ways.length;
}

describeWith(lmodNeeds, 'the module tree of stacks/modules-only.ts in Lmod', () => {
  let dir: string;
  let tree: string;
  /** Every modulefile below the tree. */
  let modulefiles: string[];
  const releases = () => join(tree, 'x86_64_v4/releases');

  beforeAll(async () => {
    ({ dir, tree, modulefiles } = await placed(definition));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  test('passes the checker of Lmod', async () => {
    expect(await checkModuleTree(tree)).toEqual([]);
  });

  test('lets users load every module that it has', async () => {
    // 2 x (10 + 2 x 5) modules of 2026.1, 9 of 2025.1 on one target, releases on two
    expect(await loadEach(tree, modulefiles)).toBeGreaterThan(40);
  });

  test('reloads what depends on a compiler or an MPI when it is swapped', async () => {
    const [, swapped, mpich] = await modules(releases(), [
      'load release gcc openmpi gromacs py-numpy',
      'load llvm',
      'load mpich',
    ]);
    expect(swapped?.loaded).toEqual(
      expect.arrayContaining(['llvm/20.1.8', 'openmpi/5.0.8', 'gromacs/2025.3', 'python/3.12.12']),
    );
    expect(swapped?.loaded).not.toContain('gcc/13.3.0');
    expect(swapped?.env.GROMACS_ROOT).toBe('/apps/2026.1/x86_64_v4/llvm-20.1.8-openmpi-5.0.8/gromacs/2025.3');
    expect(swapped?.env.CC).toBe('/apps/2026.1/x86_64_v4/core/llvm/20.1.8/bin/clang');
    expect(mpich?.loaded).not.toContain('openmpi/5.0.8');
    expect(mpich?.env.GROMACS_ROOT).toContain('llvm-20.1.8-mpich-4.2.3');
    expect(mpich?.env.PYTHONPATH).toBe('/apps/2026.1/x86_64_v4/llvm-20.1.8-python/lib/python3.12/site-packages');
  });

  test('has the newest release as the default, keeps it over a purge, and swaps it for the older one', async () => {
    const [first, purged, older] = await modules(releases(), ['load release', 'purge', 'load release/2025.1']);
    expect(first?.loaded).toEqual(['release/2026.1']);
    expect(purged?.loaded).toEqual(['release/2026.1']);
    expect(older?.loaded).toEqual(['release/2025.1']);
  });

  test('hides what is hidden from avail, spider and a load without a version; aliases lead to their module', async () => {
    const said = await modules(releases(), [
      'load release',
      '-t avail',
      '-t spider',
      'load libfabric',
      'load libfabric/2.3.1',
      'load clang',
    ]);
    const text = (index: number) => `${said[index]?.stdout}${said[index]?.stderr}`;
    expect(text(1)).toContain('cmake/3.31.9');
    expect(text(1) + text(2)).not.toContain('libfabric');
    expect(said[3]?.code).not.toBe(0);
    expect(said[4]?.loaded).toContain('libfabric/2.3.1');
    expect(said[5]?.loaded).toContain('llvm/20.1.8');
  });

  test('tells users of a module that goes', async () => {
    const [loaded, shown] = await modules(releases(), ['load release/2025.1 gcc openmpi gromacs', 'show gromacs']);
    expect(loaded?.stderr.replace(/\s+/g, ' ')).toContain(
      'gromacs/2024.3 is deprecated and goes on 2026-12-31: load release/2026.1',
    );
    expect(shown?.stderr).not.toMatch(/^gromacs\/2024\.3 is deprecated/m);
  });

  test('is found by spider, with descriptions and the ways that lead to each module', async () => {
    const [all, one] = await modules(releases(), ['spider', 'spider gromacs/2025.3']);
    const text = `${all?.stdout}${all?.stderr}`;
    const names = new Set(modulefiles.map((path) => path.split('/').at(-2) ?? ''));
    for (const name of names) if (name !== 'libfabric') expect(text).toContain(`${name}: ${name}/`);
    expect(text).toContain('molecular dynamics');
    expect(`${one?.stdout}${one?.stderr}`).toContain('release/2026.1  llvm/20.1.8  mpich/4.2.3');
  });

  test('members of a family swap one another out', async () => {
    const [, second] = await modules(releases(), ['load release gcc openmpi', 'load mpich']);
    expect(second?.loaded.filter((name) => /openmpi|mpich/.test(name))).toEqual(['mpich/4.2.3']);
  });

  test('a login shell gets the tree of its machine and the default release', async () => {
    const login = (target: string) =>
      run(
        'bash',
        [
          '--noprofile',
          '--norc',
          '-c',
          `. /usr/share/lmod/lmod/init/bash; . ${dirname(tree)}/profile.sh; module -t list 2>&1; echo "$MODULEPATH"`,
        ],
        {
          env: {
            HOME: dir,
            MODULES_TARGET: target,
            MODULEPATH: undefined,
            LMOD_SYSTEM_DEFAULT_MODULES: undefined,
            HPCDK_MODULES: undefined,
          },
        },
      );
    const { stdout, code } = await login('x86_64_v3');
    expect([code, stdout.split('\n').filter((line) => line !== '')]).toEqual([
      0,
      ['release/2026.1', `${tree}/x86_64_v3/2026.1/Core:${tree}/x86_64_v3/releases`],
    ]);
    // Which target this machine has is not known here; that one is found without help is.
    const found = await login('');
    expect(found.stdout).toMatch(process.arch === 'x64' ? /x86_64_v[34]\/releases/ : /^\s*$/);
  });
});

describeWith(['shellcheck'], 'the script for logins', () => {
  test('has no finding of shellcheck', async () => {
    const { files } = await definition.synthesize({ projectDir: join(__dirname, '../..') });
    const input = files.get('sites/campus/modules/modules/profile.sh')?.content ?? '';
    expect(input).toContain('x86_64_v4');
    const { code, stdout } = await run('shellcheck', ['-s', 'sh', '-'], { input });
    expect([code, stdout]).toEqual([0, '']);
  });
});

describeWith(lmodNeeds, 'the module tree of the reference campus in Lmod', () => {
  test('lets users load every module that it has', async () => {
    const { dir, tree, modulefiles } = await placed(campus);
    try {
      expect(await loadEach(tree, modulefiles)).toBeGreaterThan(200);
    } finally {
      rmSync(dir, { recursive: true });
    }
  }, 400_000);
});
