import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../values/package-root';
import type { ResourceChange } from './resource-changes';

/** What Terraform does with a resource that differs. */
export type Fate = 'added' | 'removed' | 'moved' | 'changed' | 'replaced' | 'perhaps replaced';

/** The table of the provider's answers, see data/aws/replacing-attributes.json. */
interface Table {
  readonly provider: string;
  readonly date: string;
  readonly types: Readonly<Record<string, ByFate>>;
}

/** Arguments of a type by what their change does. */
interface ByFate {
  readonly replaces: readonly string[];
  readonly inPlace: readonly string[];
  /** Those in place that make it anew all the same while their new value is not known. @default - none */
  readonly replacesUnknown?: readonly string[];
}

let loaded: Table | undefined;

/** The table, read when a resource differs. */
export function replacementTable(): Table {
  const path = join(packageRoot(), 'data', 'aws', 'replacing-attributes.json');
  return (loaded ??= JSON.parse(readFileSync(path, 'utf8')) as Table);
}

/** What Terraform does with a resource, and which arguments are the reason when it makes it anew. */
export function fateOf({ before, after, attributes, moved, unknown = [] }: ResourceChange): {
  readonly fate: Fate;
  readonly because: readonly string[];
} {
  if (!before) return { fate: 'added', because: [] };
  if (!after) return { fate: 'removed', because: [] };
  if (attributes.length === 0) return { fate: 'moved', because: [] };
  // Nothing is made of a data source, and what orders resources is no property of them.
  const counted = after.type.startsWith('data.') ? [] : attributes.filter((name) => !NEVER.has(name));
  if (counted.length === 0) return { fate: moved ? 'moved' : 'changed', because: [] };
  const { types } = replacementTable();
  const known = Object.hasOwn(types, after.type) ? types[after.type] : undefined;
  const forcing = counted.filter(
    (name) => known?.replaces.includes(name) || (unknown.includes(name) && known?.replacesUnknown?.includes(name)),
  );
  if (forcing.length > 0) return { fate: 'replaced', because: forcing };
  const untried = counted.filter((name) => !known?.inPlace.includes(name));
  return untried.length > 0 ? { fate: 'perhaps replaced', because: untried } : { fate: 'changed', because: [] };
}

/** Arguments that never make a resource anew (Terraform language, "Meta-Arguments"; tags change in place everywhere). */
const NEVER: ReadonlySet<string> = new Set(['tags', 'depends_on', 'lifecycle', 'tag_specifications', 'volume_tags']);

/** Types that hold data of users: one that goes takes its data with it. */
const HOLDS_DATA =
  /^aws_(s3_bucket|efs_file_system|fsx_\w*file_system|fsx_\w*volume|ebs_volume|db_instance|rds_cluster\w*|dynamodb_table|secretsmanager_secret|kms_key|backup_vault|instance|ecr_repository|docdb_cluster|redshift_cluster|elasticache_cluster|sqs_queue)$/;

/** Whether data goes when the resource goes. */
export const holdsData = (type: string): boolean => HOLDS_DATA.test(type);
