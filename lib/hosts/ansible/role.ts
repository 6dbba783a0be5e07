import { type Phase, PHASES } from '../../app/host-fact';
import type { Reader } from '../../documents/document';
import { expression } from './ansible-yaml';
import { fileTasks, treePath, treeSource } from './file-tasks';
import { type PlacedFile, placedFiles } from './placed-file';
import { commandTasks, plainTasks } from './plain-tasks';
import type { PlannedRole } from './site-plan';
import type { Task } from './task';

/** What a service needs after a change of a file, as it is noted on the host: `slurmctld.restart`. */
export interface Need {
  readonly service: string;
  readonly on: 'restart' | 'reload' | 'reconfigure';
}

/** Says what the readers of a file need on the hosts of some groups: services that do not run there need nothing. */
export type NeedsOf = (readers: readonly Reader[], groups: readonly string[]) => readonly Need[];

const VERB = { restart: 'Restart', reload: 'Reload', reconfigure: 'Reconfigure' } as const;
const handlerName = ({ service, on }: Need): string => `${VERB[on]} ${service}`;

/** The files of one role. */
export class Role {
  readonly name: string;
  readonly groups: readonly string[];
  readonly files: readonly PlacedFile[];
  private readonly tasks: ReadonlyMap<Phase, readonly Task[]>;

  constructor(
    readonly plan: PlannedRole,
    /** Its folder, below the output folder. */
    readonly folder: string,
    private readonly needsOf: NeedsOf,
  ) {
    this.name = plan.name;
    this.groups = plan.groups;
    this.files = placedFiles(plan, folder);
    this.tasks = new Map(
      PHASES.map((phase) => [phase, this.tasksOf(phase)] as const).filter(([, tasks]) => tasks.length > 0),
    );
  }

  /** The phases in which it does something, services apart. */
  get phases(): readonly Phase[] {
    return [...this.tasks.keys()];
  }

  /** The services that its commands want to run before. */
  get before(): readonly string[] {
    return this.plan.facts.flatMap(({ fact }) => (fact.fact === 'command' && fact.before ? [fact.before] : []));
  }

  /** Source by path of what is ours whole on the hosts of a group; folders end with a slash. */
  owned(group: string): Readonly<Record<string, string>> {
    const files = this.files
      .filter((file) => file.ownership === 'owned' && file.groups.includes(group))
      .map((file) => [file.path, file.source] as const);
    return Object.fromEntries([...files, ...this.trees(group)]);
  }

  /** The YAML files below its folder. */
  yamlFiles(author: string): ReadonlyMap<string, unknown> {
    const files = new Map<string, unknown>();
    for (const [phase, tasks] of this.tasks) files.set(`tasks/${phase}.yml`, tasks);
    const phases = this.phases.map((phase) => ({
      name: VERB_OF_PHASE[phase],
      'ansible.builtin.import_tasks': `${phase}.yml`,
      tags: [phase],
    }));
    if (phases.length > 0) files.set('tasks/main.yml', phases);
    const handlers = this.handlers();
    if (handlers.length > 0) files.set('handlers/main.yml', handlers);
    files.set('meta/main.yml', this.meta(author));
    return files;
  }

  private trees(group: string): (readonly [string, string])[] {
    return this.plan.facts.flatMap(({ fact, groups, observed }) =>
      fact.fact === 'tree' && !observed && groups.includes(group) ? [[treePath(fact), treeSource(fact)] as const] : [],
    );
  }

  private tasksOf(phase: Phase): readonly Task[] {
    const facts = this.plan.facts.filter((planned) => planned.phase === phase);
    const trees = facts.flatMap(({ fact, groups, observed }) =>
      fact.fact === 'tree' ? [{ fact, groups, observed }] : [],
    );
    return [
      ...plainTasks(this.plan, facts),
      ...fileTasks(
        this.plan,
        this.files.filter((file) => file.phase === phase),
        trees,
        (file) => this.needsOf(file.readers, file.groups).map(handlerName),
      ),
      ...commandTasks(this.plan, facts),
    ];
  }

  /** Handlers note what a service needs; the plays at the end of site.yml do it, in an order that is safe over all hosts. */
  private handlers(): readonly Task[] {
    const needs = new Map<string, Need>();
    for (const { readers, groups, ownership } of this.files) {
      if (ownership === 'observed') continue;
      for (const need of this.needsOf(readers, groups)) needs.set(handlerName(need), need);
    }
    return [...needs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { service, on }]) => ({
        name,
        'ansible.builtin.file': {
          path: expression(`{{ hpcdk_state }}/pending/${service}.${on}`),
          state: 'touch',
          mode: '0644',
        },
      }));
  }

  private meta(author: string): unknown {
    return {
      galaxy_info: {
        role_name: this.name,
        author,
        description: `What hosts with the role ${this.name} get`,
        license: 'Apache-2.0',
        min_ansible_version: '2.14',
        platforms: [
          { name: 'Debian', versions: ['all'] },
          { name: 'EL', versions: ['all'] },
        ],
      },
      dependencies: [],
    };
  }
}

const VERB_OF_PHASE: Readonly<Record<Phase, string>> = {
  prepare: 'Prepare the host',
  configure: 'Place files',
  start: 'Start',
  settle: 'Run commands',
};
