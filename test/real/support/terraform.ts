import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { run, RunOptions, RunResult } from './tools';

/** What `tool` must find for a stack to be applied. */
export const terraformNeeds = ['terraform'];

/** Where an unpacked provider may be: roots that administrators use, and terraform's own. */
const mirrorRoots = () => [
  join(homedir(), '.terraform.d/plugins'),
  '/usr/local/share',
  '/usr/share',
  '/usr/local',
  '/opt',
];

/**
 * Terraform on stacks of a test, without a network when this machine has the AWS provider unpacked in a folder
 * `<host>/hashicorp/aws/<version>/<platform>` somewhere below the usual roots; otherwise terraform downloads it.
 */
export class Terraform {
  private constructor(
    private readonly home: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** @param version of the AWS provider, as the stack requires it. */
  static async open(version = '5.100.0'): Promise<Terraform> {
    const home = await mkdtemp(join(tmpdir(), 'hpcdk-terraform-'));
    const found = findProvider('aws', version);
    const lines = ['disable_checkpoint = true'];
    if (found !== undefined) {
      const here = `${found.host}/hashicorp/aws`;
      lines.push(
        'provider_installation {',
        `  filesystem_mirror {\n    path = ${JSON.stringify(found.mirror)}\n    include = ["${here}"]\n  }`,
        `  direct {\n    exclude = ["${here}"]\n  }`,
        '}',
      );
    }
    await writeFile(join(home, 'terraform.rc'), `${lines.join('\n')}\n`);
    const cache = join(tmpdir(), 'hpcdk-terraform-cache');
    await mkdir(cache, { recursive: true });
    return new Terraform(home, {
      TF_CLI_CONFIG_FILE: join(home, 'terraform.rc'),
      ...(found === undefined ? { TF_PLUGIN_CACHE_DIR: cache } : {}),
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      TF_CLI_ARGS: '-no-color',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  }

  /** Runs `terraform -chdir=DIR ...`. */
  run(dir: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const env = { ...this.env, ...options.env };
    return run('terraform', [`-chdir=${dir}`, ...args], { timeoutMs: 300_000, ...options, env });
  }

  close(): Promise<void> {
    return rm(this.home, { recursive: true, force: true });
  }
}

/** A folder of unpacked providers that has this one, and the registry's name as its path says it. */
export function findProvider(name: string, version: string): { mirror: string; host: string } | undefined {
  for (const root of mirrorRoots()) {
    for (const folder of below(root, 3)) {
      if (existsSync(join(folder, 'hashicorp', name, version)))
        return { mirror: dirname(folder), host: basename(folder) };
    }
  }
  return undefined;
}

/** The folders below a root whose names are host names, to a depth. */
function* below(root: string, depth: number): Generator<string> {
  let entries;
  try {
    entries = readdirSync(root, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const path = join(root, entry.name);
    if (entry.name.includes('.')) yield path;
    if (depth > 1) yield* below(path, depth - 1);
  }
}

/** The services that our stacks use, by the names of the provider's `endpoints` block. */
const services = [
  ...['autoscaling', 'budgets', 'cloudwatch', 'dynamodb', 'ec2', 'ecr', 'efs', 'events', 'fsx', 'iam', 'kms', 'lambda'],
  ...[
    'logs',
    'route53',
    'route53resolver',
    's3',
    'scheduler',
    'secretsmanager',
    'servicequotas',
    'sns',
    'sqs',
    'ssm',
    'sts',
  ],
];

/**
 * The content of a `mock_override.tf.json` beside a stack: terraform merges it over the stack's own provider block, so the
 * emitted file stays as it is. Put no credentials into the stack; these are dummies.
 *
 * @param alias one override for each aliased provider of the stack. @default the provider without an alias
 */
export function awsProviderOverride(endpoint: string, region: string, aliases: readonly string[] = []): string {
  const block = {
    region,
    access_key: 'test',
    secret_key: 'test',
    skip_credentials_validation: true,
    skip_metadata_api_check: 'true',
    skip_region_validation: true,
    skip_requesting_account_id: true,
    s3_use_path_style: true,
    endpoints: [Object.fromEntries(services.map((service) => [service, endpoint]))],
  };
  const blocks = [block, ...aliases.map((alias) => ({ alias, ...block }))];
  return `${JSON.stringify({ provider: { aws: blocks } }, null, 2)}\n`;
}
