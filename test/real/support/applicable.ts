import type { StackFile } from '../../cloud/support';

/** What the mock API lacks: these are validated and planned, and left out of what is applied. */
export const LACKING: readonly string[] = [
  'aws_placement_group',
  'aws_budgets_budget',
  'aws_efs_backup_policy',
  'aws_vpn_gateway_route_propagation',
  'aws_fsx_lustre_file_system',
  'aws_ssm_parameter', // it holds the name of that file system
];

/** Arguments that it cannot be asked about. */
export const LACKING_ARGUMENTS: readonly string[] = ['placement'];

/** The stack without what the mock lacks, and without what refers to it. */
export function applicable(stack: StackFile): object {
  const without = (record: object, names: readonly string[]) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
  const resource = Object.fromEntries(
    Object.entries(without(stack.resource, LACKING) as StackFile['resource']).map(([type, resources]) => [
      type,
      Object.fromEntries(Object.entries(resources).map(([id, one]) => [id, without(one, LACKING_ARGUMENTS)])),
    ]),
  );
  const text = JSON.stringify({ ...stack, resource });
  return JSON.parse(text.replace(/,\\"\$\{aws_placement_group\.[\w-]+\.arn\}\\"/g, '')) as object;
}
