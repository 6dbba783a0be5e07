import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codes } from '../../lib/codes';
import { commands, commonOptions } from '../../lib/cli/commands';
import { describeWith, run, runOk } from '../real/support/tools';
import { completion } from '../../lib/cli/actions/completion';

const script = (shell: string): string => {
  const { result } = completion(shell, { commands, commonOptions });
  return result?.code === 'completion.script' ? result.script : '';
};
const names = [...commands.map(({ name }) => name), 'help'];

describeWith(['bash'], 'completion in bash', () => {
  const complete = async (...words: string[]): Promise<string[]> => {
    const line = words.map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(hpcdk ${line}); COMP_CWORD=${words.length}; _hpcdk; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const text = await runOk('bash', ['-c', `${script('bash')}\n${ask}`]);
    return text.split('\n').filter((word) => word !== '');
  };

  test.each([
    [['sy'], ['synth']],
    [[''], [...names, '--help', '--version']],
    [
      ['synth', '--fo'],
      ['--force', '--format'],
    ],
    [
      ['check', '--format', ''],
      ['terminal', 'json', 'sarif'],
    ],
    [['explain', 'HPC700'], Object.keys(codes).filter((code) => code.startsWith('HPC700'))],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['help', 'tr'], ['tree']],
    [['synth', '--out', ''], []], // bash offers files then
    [['synth', 'sta'], []],
  ])('%j', async (words, offered) => {
    expect(await complete(...words)).toEqual(offered);
  });
});

describeWith(['fish'], 'completion in fish', () => {
  const complete = async (line: string): Promise<string[]> => {
    const ask = `complete -C '${line}'`;
    const text = await runOk('fish', ['--no-config', '-c', `${script('fish')}\n${ask}`]);
    return text.split('\n').flatMap((offer) => offer.split('\t')[0] || []);
  };

  test.each([
    ['hpcdk sy', ['synth']],
    ['hpcdk synth --fo', ['--force', '--format']],
    ['hpcdk check --format s', ['sarif']],
    ['hpcdk explain HPC7001', ['HPC7001']],
    ['hpcdk completion z', ['zsh']],
  ])('%s', async (line, offered) => {
    expect(await complete(line)).toEqual(offered);
  });

  test('offers files for a definition', async () => {
    expect(await complete('hpcdk synth /etc/pass')).toContain('/etc/passwd');
  });
});

describeWith(['zsh'], 'completion in zsh', () => {
  /** Completion needs a line editor, so zsh is driven in a terminal of its own (zpty); Control-X shows the line. */
  const complete = async (line: string): Promise<string | undefined> => {
    const folder = mkdtempSync(join(tmpdir(), 'hpcdk-zsh-'));
    writeFileSync(join(folder, '_hpcdk'), script('zsh'));
    writeFileSync(
      join(folder, 'setup'),
      `autoload -Uz compinit; compinit -u -D; source ${folder}/_hpcdk
show() { print -r -- "<line $BUFFER>" }; zle -N show; bindkey '^X' show
PS1='<prompt>'`,
    );
    const drive = `
zmodload zsh/zpty; zpty shell 'zsh -f -i'; zpty -w shell 'source ${folder}/setup'
zpty -r -m shell seen '*<prompt>*'
zpty -w -n shell ${line.replaceAll(' ', '\\ ')}$'\t\x18'
zpty -r -m shell seen '*<line *>*'
print -r -- "$seen"; zpty -d shell`;
    const { stdout } = await run('zsh', ['-f', '-c', drive], { timeoutMs: 20_000 });
    rmSync(folder, { recursive: true });
    return /<line (.*?) ?>/.exec(stdout)?.[1];
  };

  test('the script is valid', async () => {
    expect(await run('zsh', ['-n'], { input: script('zsh') })).toMatchObject({ code: 0, stderr: '' });
  });

  test.each([
    ['hpcdk sy', 'hpcdk synth'],
    ['hpcdk completion z', 'hpcdk completion zsh'],
    ['hpcdk check --format s', 'hpcdk check --format sarif'],
    ['hpcdk synth --forc', 'hpcdk synth --force'],
  ])('%s gives %s', async (line, completed) => {
    expect(await complete(line)).toBe(completed);
  });
});
