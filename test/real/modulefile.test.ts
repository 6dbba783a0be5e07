import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lmodrc } from '../../lib/documents/lmodrc';
import { modulefile, type Modulefile } from '../../lib/documents/modulefile';
import { modulerc } from '../../lib/documents/modulerc';
import { collect } from '../documents/hostile';
import { describeWith, run, runOk } from './support/tools';

const hostileValues = [
  'plain',
  'two\nlines',
  `"double" and 'single'`,
  'ends with ]]',
  ']==] inside ]=]\nand a line',
  'back\\slash \\n',
  '$HOME `id` $(id) !x',
  'tab\there, bell \u0007',
  '-- no comment',
  'é 漢 😀',
  '%s %d {{x}} ${y}',
  ' blanks ',
];

describeWith(['luac', 'lua'], 'modulefiles in Lua', () => {
  let dir: string;
  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'hpcdk-modulefile-'))));
  afterAll(() => rmSync(dir, { recursive: true }));

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
    return join(dir, path);
  };
  const print = (file: Modulefile) => {
    const { report, problems } = collect();
    const text = modulefile.print(file, report);
    expect(problems).toEqual([]);
    return text;
  };

  test('Lua itself gives every string back', async () => {
    const text = print({
      calls: hostileValues.flatMap((value) => [
        { fn: 'help', args: [value] },
        { fn: 'LmodMessage', args: [value], when: 'load' },
      ]),
    });
    const path = write('strings.lua', text);
    await runOk('luac', ['-p', path]);
    const probe = `function help(s) io.write(s, "\\0") end; LmodMessage = help; function mode() return "load" end; dofile("${path}")`;
    const stdout = await runOk('lua', ['-e', probe]);
    expect(stdout.split('\0').slice(0, -1)).toEqual(hostileValues.flatMap((value) => [value, value]));
  });

  describeWith(['/usr/share/lmod/lmod/libexec/lmod'], 'and Lmod', () => {
    /** Runs bash with our tree on MODULEPATH. */
    const bash = (script: string, env: Record<string, string> = {}) =>
      run('bash', ['-c', `. /usr/share/lmod/lmod/init/bash; module purge; ${script}`], {
        env: {
          MODULEPATH: join(dir, 'tree'),
          LMOD_SYSTEM_DEFAULT_MODULES: '',
          HOME: dir,
          LMOD_QUIET: undefined,
          ...env,
        },
      });

    test('every value reaches the environment of the shell', async () => {
      // GIVEN a module that sets one variable for each hostile string
      const values = hostileValues.filter((value) => !value.includes('\n'));
      const calls = values.map((value, i) => ({ fn: 'setenv' as const, args: [`HPCDK_${i}`, value] }));
      write(
        'tree/hostile/1.0.lua',
        print({
          header: ['x'],
          calls: [{ fn: 'help', args: ['Two\nlines\n'] }, { fn: 'whatis', args: ['Name: hostile'] }, ...calls],
        }),
      );
      // WHEN it is loaded
      const names = values.map((_, i) => `"$HPCDK_${i}"`).join(' ');
      const result = await bash(`module load hostile/1.0 && printf '%s\\0' ${names}`);
      // THEN bash has exactly these values
      expect(result.stdout.split('\0').slice(0, -1)).toEqual(values);
      expect((await bash('module help hostile')).stderr).toContain('Two\nlines\n');
    });

    test('a message is printed on load only, .modulerc.lua sets the default and hides, lmodrc.lua marks', async () => {
      const { report, problems } = collect();
      const version = (path: string) => [
        { fn: 'prepend_path' as const, args: ['HPCDK_PATH', path] },
        { fn: 'add_property' as const, args: ['status', 'deprecated'] },
        { fn: 'LmodMessage' as const, args: ['"it" goes\naway'], when: 'load' as const },
      ];
      for (const v of ['1.0', '2.0', '3.0']) write(`tree/app/${v}.lua`, print({ calls: version(`/apps/${v}`) }));
      const rc = modulerc.print(
        {
          calls: [
            { fn: 'module_version', args: ['app/1.0', 'default'] },
            { fn: 'hide_version', args: ['app/3.0'] },
            { fn: 'module_alias', args: ['tool', 'app/2.0'] },
          ],
        },
        report,
      );
      const rcFile = write('modulerc.lua', rc);
      const properties = lmodrc.print(
        {
          propT: {
            status: {
              validT: { deprecated: 1 },
              displayT: { deprecated: { short: '(Dep)', long: '(deprecated)', color: 'red', doc: 'goes "soon"' } },
            },
          },
        },
        report,
      );
      const env = { LMOD_MODULERCFILE: rcFile, LMOD_RC: write('lmodrc.lua', properties) };
      expect(problems).toEqual([]);

      const loaded = await bash(
        'module load app; echo "$HPCDK_PATH"; module swap app/1.0 tool; echo "$HPCDK_PATH"',
        env,
      );
      expect(loaded.stdout).toBe('/apps/1.0\n/apps/2.0\n');
      expect(loaded.stderr).toContain('"it" goes\naway');
      const available = await bash('module avail', env);
      expect(available.stderr).toContain('app/2.0');
      expect(available.stderr).not.toContain('app/3.0');
      expect(available.stderr).toContain('goes "soon"');
      expect((await bash('module show app', env)).stderr).not.toMatch(/^"it" goes/m);
    });
  });
});
