import { run } from './tools';

/** What `tool` must find for `checkov`. */
export const checkovNeeds = ['checkov'];

/** One complaint of checkov about a resource. */
export interface CheckovFinding {
  /** The id of the check, such as `CKV_AWS_21`. */
  readonly check: string;
  /** What should hold, in checkov's words. */
  readonly title: string;
  /** The resource's address, such as `aws_s3_bucket.cache`; some checks give its name without the type. */
  readonly resource: string;
}

/** What checkov found in the Terraform JSON of a folder, without a network; sorted by check and resource. */
export async function checkov(dir: string): Promise<readonly CheckovFinding[]> {
  const args = ['--directory', dir, '--framework', 'terraform_json', '--skip-download', '--output', 'json', '--quiet'];
  const { code, stdout, stderr } = await run('checkov', args, { env: { BC_SKIP_MAPPING: 'TRUE' } });
  const report = parse(stdout);
  if (report === undefined || code > 1) throw new Error(`checkov: exit code ${code}\n${stdout}\n${stderr}`);
  if (report.summary.parsing_errors > 0) throw new Error(`checkov could not read ${dir}: ${stdout}`);
  const findings = report.results.failed_checks.map(({ check_id, check_name, resource }) => ({
    check: check_id,
    title: check_name,
    resource: resource.replace(/^resource\./, ''),
  }));
  return findings.sort((a, b) => (`${a.check} ${a.resource}` < `${b.check} ${b.resource}` ? -1 : 1));
}

interface Report {
  readonly summary: { readonly parsing_errors: number };
  readonly results: {
    readonly failed_checks: readonly { check_id: string; check_name: string; resource: string }[];
  };
}

function parse(stdout: string): Report | undefined {
  try {
    const report = JSON.parse(stdout) as Partial<Report>;
    return report.results === undefined ? undefined : (report as Report);
  } catch {
    return undefined;
  }
}
