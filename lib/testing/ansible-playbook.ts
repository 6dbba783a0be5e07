import { yaml } from '../documents/yaml';
import { Hostlist } from '../values/hostlist';
import { quote } from '../values/problem';
import { AnsibleInventory } from './ansible-inventory';
import { type Candidate, expectNamed, expectOne } from './candidates';
import { ExpectationError } from './expectation-error';
import type { Wanted } from './match';
import { listOf, readDocument, recordOf } from './read-document';

/** A play of site.yml, as it stands there. */
export type AnsiblePlay = Readonly<Record<string, unknown>>;

/** A task of a role or a handler. */
export interface AnsibleTask {
  readonly name: string;
  /** The role that it stands in. */
  readonly role: string;
  /** The module by its full name, e.g. `ansible.builtin.copy`. */
  readonly module: string;
  /** The arguments of the module. */
  readonly args: unknown;
  /** Keywords beside the module: `when`, `notify`, `loop`. */
  readonly keywords: Readonly<Record<string, unknown>>;
}

/** What a test wants of a task beside the arguments of its module. */
export interface WantedTask {
  readonly role?: Wanted;
  readonly name?: Wanted;
  readonly notify?: Wanted;
  readonly when?: Wanted;
  /** Other keywords of the task. */
  readonly [keyword: string]: Wanted;
}

/** An Ansible project: the plays of its site.yml, its roles and its inventory. */
export class AnsiblePlaybook {
  /** Reads a project: path below its folder -> content. */
  static parse(files: Readonly<Record<string, string>>, where = 'the playbook'): AnsiblePlaybook {
    return new AnsiblePlaybook(files, where);
  }

  /** The plays in their order. */
  readonly plays: readonly AnsiblePlay[];
  /** The names of its roles, sorted. */
  readonly roles: readonly string[];
  /** Every task of the roles, those in blocks too. */
  readonly tasks: readonly AnsibleTask[];
  /** Every handler of the roles. */
  readonly handlers: readonly AnsibleTask[];
  readonly inventory: AnsibleInventory;

  private constructor(
    files: Readonly<Record<string, string>>,
    private readonly where: string,
  ) {
    const read = (path: string) => readDocument(yaml, files[path] ?? '', `${where}/${path}`);
    this.plays = listOf(read('site.yml')).map(recordOf);
    const ofRoles = Object.keys(files).flatMap((path) => {
      const [, role = '', part = ''] = /^roles\/([^/]+)\/(tasks|handlers)\/[^/]+\.ya?ml$/.exec(path) ?? [];
      return role === '' ? [] : [{ role, part, tasks: () => tasksOf(read(path), role) }];
    });
    this.roles = [...new Set(ofRoles.map(({ role }) => role))].sort();
    this.tasks = ofRoles.filter(({ part }) => part === 'tasks').flatMap(({ tasks }) => tasks());
    this.handlers = ofRoles.filter(({ part }) => part === 'handlers').flatMap(({ tasks }) => tasks());
    const inventories = Object.keys(files).filter((path) => /^inventory\/.*\.ya?ml$/.test(path));
    this.inventory = new AnsibleInventory(inventories.map(read), `${where}/inventory`);
  }

  /** Fails unless a play is what is wanted, e.g. `{ hosts: 'hpc_controller', tags: ['configure'] }`. */
  hasPlay(wanted: { readonly [key: string]: Wanted }): this {
    const candidates = this.plays.map((facts) => ({ name: String(facts.name ?? facts.hosts), facts }));
    expectOne({ where: `${this.where}/site.yml`, what: 'play' }, candidates, wanted);
    return this;
  }

  /** Fails unless the plays of these names stand in this order; others may stand between them. */
  hasPlaysInOrder(...names: readonly string[]): this {
    const all = this.plays.map((play) => String(play.name ?? ''));
    let from = 0;
    for (const name of names) {
      const at = all.indexOf(name, from);
      if (at < 0) {
        const after = all.includes(name)
          ? `${quote(name)} stands before ${quote(all[from - 1])}`
          : `there is no play ${quote(name)}`;
        throw new ExpectationError(`${this.where}/site.yml: ${after}; the plays are ${all.map(quote).join(', ')}`);
      }
      from = at + 1;
    }
    return this;
  }

  /** Fails unless a role of the name is there. */
  hasRole(name: string): this {
    expectNamed(
      { where: this.where, what: 'role' },
      this.roles.map((role) => ({ name: role, facts: {} })),
      name,
    );
    return this;
  }

  /**
   * Fails unless a task calls a module with arguments.
   *
   * @param module by its full or its short name: `copy` is `ansible.builtin.copy`
   * @param args what its arguments must have
   * @param wanted what else the task must have: its role, its handlers, its condition
   */
  hasTask(module: string, args: Wanted = {}, wanted: WantedTask = {}): this {
    expectOne({ where: this.where, what: `task with ${module}` }, candidatesOf(this.tasks, module), {
      ...wanted,
      args,
    });
    return this;
  }

  /** Fails unless a handler of the name calls a module with arguments. */
  hasHandler(name: string, module: string, args: Wanted = {}): this {
    const kind = { where: this.where, what: 'handler' };
    expectNamed(kind, candidatesOf(this.handlers, module), name, { args });
    return this;
  }

  /** Fails unless a group of the inventory has all of these hosts. */
  hasHosts(group: string, hosts: string | Hostlist): this {
    this.inventory.hasHosts(group, hosts);
    return this;
  }
}

const candidatesOf = (tasks: readonly AnsibleTask[], module: string): Candidate[] =>
  tasks
    .filter((task) => task.module === module || task.module.endsWith(`.${module}`))
    .map(({ name, role, args, keywords }) => ({
      name,
      facts: { ...keywords, notify: listOf(keywords.notify), name, role, args },
    }));

/** Keys of a task that name no module (ansible-doc, "Playbook keywords"); `loop_control` and `with_` belong to loops. */
const KEYWORDS = new Set(
  [
    'action',
    'any_errors_fatal',
    'args',
    'async',
    'become',
    'become_exe',
    'become_flags',
    'become_method',
    'become_user',
  ]
    .concat(['changed_when', 'check_mode', 'collections', 'connection', 'debugger', 'delay', 'delegate_facts'])
    .concat(['delegate_to', 'diff', 'environment', 'failed_when', 'ignore_errors', 'ignore_unreachable', 'listen'])
    .concat(['local_action', 'loop', 'loop_control', 'module_defaults', 'name', 'no_log', 'notify', 'poll', 'port'])
    .concat(['register', 'remote_user', 'retries', 'run_once', 'tags', 'throttle', 'timeout', 'until', 'vars', 'when']),
);

function tasksOf(list: unknown, role: string): AnsibleTask[] {
  return listOf(list).flatMap((entry): AnsibleTask[] => {
    const task = recordOf(entry);
    if (task.block !== undefined) {
      return [task.block, task.rescue, task.always].flatMap((part) => tasksOf(part, role));
    }
    const isKeyword = (key: string) => KEYWORDS.has(key) || key.startsWith('with_');
    const module = Object.keys(task).find((key) => !isKeyword(key)) ?? '';
    const keywords = Object.fromEntries(Object.entries(task).filter(([key]) => isKeyword(key)));
    return [{ name: String(task.name ?? module), role, module, args: task[module], keywords }];
  });
}
