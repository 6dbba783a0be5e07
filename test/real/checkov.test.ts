import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { everything } from '../cloud/everything';
import { synth } from '../cloud/support';
import { describeWith, failure, run } from './support/tools';

const accepted = join(__dirname, 'checkov.yaml');

interface Finding {
  readonly check_id: string;
  readonly resource: string;
}
interface Answer {
  readonly results: { readonly failed_checks: readonly Finding[]; readonly passed_checks: readonly Finding[] };
  readonly summary: { readonly parsing_errors: number };
}

describeWith(['checkov'], 'the stack of a cloud, read by checkov', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hpcdk-checkov-'));
    await writeFile(join(folder, 'cdk.tf.json'), (await synth(everything().app)).files.get('stacks/aws/cdk.tf.json')!);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function checkov(...more: string[]): Promise<Answer> {
    const args = [
      '-d',
      folder,
      '--framework',
      'terraform_json',
      '--skip-download',
      '--soft-fail',
      '-o',
      'json',
      ...more,
    ];
    const result = await run('checkov', args, { cwd: folder });
    if (result.code !== 0) throw new Error(failure('checkov', result));
    return JSON.parse(result.stdout) as Answer;
  }

  test('has no finding but those that stay for a reason', async () => {
    const { results, summary } = await checkov('--config-file', accepted);
    expect(summary.parsing_errors).toBe(0);
    expect(results.passed_checks.length).toBeGreaterThan(100);
    expect(results.failed_checks.map(({ check_id, resource }) => `${check_id} ${resource}`)).toEqual([]);
  });

  test('has each of those findings still', async () => {
    const { results } = await checkov();
    const { 'skip-check': skipped } = parse(await readFile(accepted, 'utf8')) as { 'skip-check': string[] };
    const found = new Set(results.failed_checks.map(({ check_id }) => check_id));
    expect(skipped.filter((id) => !found.has(id))).toEqual([]);
  });
});
