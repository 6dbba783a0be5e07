import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../values/package-root';

/** What every Ansible project has, as it stands in templates/ansible: nothing in these files depends on a site. */
const SHARED = [
  '.yamllint',
  'README.md',
  'ansible.cfg',
  'group_vars/hpcdk.yml',
  'roles/hpcdk/files/pack.py',
  'roles/hpcdk/meta/main.yml',
  'roles/hpcdk/tasks/compare_tree.yml',
  'roles/hpcdk/tasks/look.yml',
  'roles/hpcdk/tasks/manifest.yml',
  'roles/hpcdk/tasks/observe.yml',
  'roles/hpcdk/tasks/observe_tree.yml',
  'roles/hpcdk/tasks/reconfigure.yml',
  'roles/hpcdk/tasks/record.yml',
  'roles/hpcdk/tasks/service.yml',
  'roles/hpcdk/tasks/tree.yml',
] as const;

let contents: ReadonlyMap<string, string> | undefined;

/** Content by path below the Ansible project. */
export function sharedFiles(): ReadonlyMap<string, string> {
  return (contents ??= new Map(
    SHARED.map((path) => [path, readFileSync(join(packageRoot(), 'templates', 'ansible', path), 'utf8')]),
  ));
}
