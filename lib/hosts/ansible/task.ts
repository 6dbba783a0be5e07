import { expression, type Expression } from './ansible-yaml';
import type { PlannedRole } from './site-plan';

/** A task of a role or a play: a module with its arguments, and keywords such as `when`. */
export type Task = Readonly<Record<string, unknown>>;

/** The condition under which something of a role holds on a host; nothing where it holds on every host of the role. */
export function groupCondition(role: PlannedRole, groups: readonly string[]): string[] {
  if (groups.length === role.groups.length) return [];
  return [groups.map((group) => `'${group}' in group_names`).join(' or ')];
}

/** `when` of a task, left out where nothing is asked. */
export function when(conditions: readonly string[]): { readonly when?: unknown } {
  if (conditions.length === 0) return {};
  return { when: conditions.length === 1 ? conditions[0] : conditions };
}

/** A file of the output, for Ansible on the control node. */
export const inOutput = (source: string): Expression => expression(`{{ hpcdk_output }}/${source}`);

/** Permissions as Ansible reads them without doubt. */
export const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

/** Tasks of the role that all roles share. */
export const shared = (name: string, tasksFrom: string, vars: Readonly<Record<string, unknown>>): Task => ({
  name,
  'ansible.builtin.import_role': { name: 'hpcdk', tasks_from: tasksFrom },
  ...(Object.keys(vars).length > 0 && { vars }),
});
