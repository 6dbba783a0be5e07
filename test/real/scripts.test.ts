import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, failure, run, runOk } from './support/tools';

const repository = join(__dirname, '../..');

describeWith(['shellcheck', 'git'], 'the shell scripts of this repository', () => {
  test('pass shellcheck', async () => {
    const files = (await runOk('git', ['ls-files'], { cwd: repository })).split('\n').filter((file) => file !== '');
    const scripts = files.filter((file) => file.endsWith('.sh') || file.startsWith('.ci/'));
    expect(scripts).toContain('.ci/run');
    const result = await run('shellcheck', ['-x', ...scripts], { cwd: repository });
    expect(failure('shellcheck', result)).toContain('exit code 0');
  });

  test('name no host of a package registry', async () => {
    const files = (await runOk('git', ['ls-files', '.ci', 'scripts'], { cwd: repository })).split('\n');
    const texts = files.filter((file) => file !== '').map((file) => readFileSync(join(repository, file), 'utf8'));
    expect(texts.join('').match(/https?:\/\/(?!127\.0\.0\.1)\S+/g)).toBeNull();
  });
});
