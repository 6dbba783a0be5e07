import { type Problem, quote } from '../../values/problem';
import { type Job, type JobExport, type JobGres, type ReadJobsOptions, userHash } from './job';
import { lineOfFault, lineOfItem } from './json-lines';
import { countTasks } from './tasks';
import { isRecord } from '../../values/json';

type Fields = Readonly<Record<string, unknown>>;

const FIX = 'export it with: SLURM_BITSTR_LEN=0 squeue --all --json';

/**
 * Reads what `squeue --json` prints, from Slurm 22.05 on. Numbers of 22.05 are numbers or null; later releases write
 * `{ set, infinite, number }` and lists of states. Keys that are not needed are ignored.
 */
export function readQueue(text: string, options: ReadJobsOptions): JobExport {
  const { file, showUsers = false } = options;
  const problems: Problem[] = [];
  const none = (message: string, line: number): JobExport => ({
    kind: 'queue',
    jobs: [],
    showsUsers: showUsers,
    problems: [{ code: 'HPC2720', message, fix: FIX, origin: { file, line } }],
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return none(`${quote(file)} is no JSON`, lineOfFault(text));
  }
  const records = record(document)?.jobs;
  if (!Array.isArray(records)) return none(`${quote(file)} has no list \`jobs\`, so squeue --json did not write it`, 1);
  const jobs: Job[] = [];
  let takenAt = number(record(document)?.last_update) ?? 0;
  for (const [index, item] of records.entries()) {
    const fields = record(item) ?? {};
    const job = readJob(fields, showUsers);
    if (typeof job === 'string') {
      const message = `the job at jobs[${index}] is passed over: ${job}`;
      problems.push({
        code: 'HPC2721',
        message,
        severity: 'warning',
        origin: { file, line: lineOfItem(text, 'jobs', index) },
      });
    } else if (job) jobs.push(job);
    for (const name of PAST_TIMES) takenAt = Math.max(takenAt, number(fields[name]) ?? 0);
    if (job && typeof job !== 'string' && job.state === 'running') {
      takenAt = Math.max(takenAt, number(fields.start_time) ?? 0);
    }
  }
  return { kind: 'queue', jobs, ...(takenAt > 0 && { takenAt }), showsUsers: showUsers, problems };
}

/** Times of a job that have passed when it is exported. */
const PAST_TIMES = ['submit_time', 'last_sched_evaluation'] as const;

/** A job that waits or runs; undefined for one that has ended, a sentence for one that cannot be read. */
function readJob(fields: Fields, showUsers: boolean): Job | string | undefined {
  const id = number(fields.job_id);
  if (id === undefined) return `job_id is ${quote(fields.job_id)}`;
  const states = [fields.job_state].flat().map((state) => text(state).toUpperCase());
  const state = states.map((word) => STATES[word]).find((word) => word !== undefined);
  if (!state)
    return states.every((word) => /^[A-Z_]+$/.test(word)) ? undefined : `job_state is ${quote(states.join())}`;
  const partition = words(fields.partition);
  if (partition.length === 0) return 'it has no partition';
  const nodeCount = Math.max(1, number(fields.node_count) ?? 1);
  const asksMemory = !Array.isArray(fields.flags) || fields.flags.some((flag) => MEMORY_ASKED.includes(text(flag)));
  const [perNode, perCpu] = [number(fields.memory_per_node), number(fields.memory_per_cpu)];
  const limit = number(fields.time_limit);
  const ends = number(fields.end_time);
  const tasks = words(fields.array_task_string).length > 0 ? countTasks(text(fields.array_task_string)) : 1;
  return {
    id: jobId(id, fields),
    cluster: text(fields.cluster),
    user: showUsers ? text(fields.user_name) : userHash(text(fields.user_name)),
    account: text(fields.account),
    partitions: partition,
    qos: text(fields.qos),
    state,
    tasks: state === 'pending' ? tasks : 1,
    nodes: state === 'running' ? text(fields.nodes) : '',
    required: text(fields.required_nodes),
    features: text(fields.features),
    ...(limit !== undefined && { limit: limit * 60 }),
    nodeCount,
    cpus: Math.max(1, number(fields.cpus) ?? 1),
    cpusPerNode: Math.max(1, number(fields.minimum_cpus_per_node) ?? 1),
    ...(asksMemory && perNode !== undefined && perNode > 0 && { memoryPerNode: perNode }),
    ...(asksMemory && perCpu !== undefined && perCpu > 0 && { memoryPerCpu: perCpu }),
    gres: readGres(fields, nodeCount),
    ...(state === 'running' && limit !== undefined && ends !== undefined && ends > 0 && { ends }),
  };
}

/** Without one of these flags the memory of a job is a default, and another default may take its place. */
const MEMORY_ASKED: readonly string[] = ['JOB_MEM_SET', 'EXACT_MEMORY_REQUESTED'];

const STATES: Readonly<Record<string, Job['state']>> = {
  PENDING: 'pending',
  RUNNING: 'running',
  SUSPENDED: 'running',
  CONFIGURING: 'running',
  COMPLETING: 'running',
  STOPPED: 'running',
  RESIZING: 'running',
  SIGNALING: 'running',
  STAGE_OUT: 'running',
};

function jobId(id: number, fields: Fields): string {
  const [array, task] = [number(fields.array_job_id), number(fields.array_task_id)];
  return array !== undefined && array > 0 && task !== undefined ? `${array}_${task}` : String(id);
}

/** What is asked for on each node. Of what is asked for by job or task, the part that one node must have at least. */
function readGres(fields: Fields, nodes: number): JobGres[] {
  const perNode = [...gresOf(text(fields.tres_per_node)), ...gresOf(text(fields.tres_per_socket))];
  const spread = [...gresOf(text(fields.tres_per_job))].map((one) => ({ ...one, count: Math.ceil(one.count / nodes) }));
  const perTask = [...gresOf(text(fields.tres_per_task))];
  return [...perNode, ...spread, ...perTask];
}

/** `gres:gpu:a100:2` of 22.05, `gres/gpu:a100:2` and `gres/gpu:a100=2` of later releases, several with commas between. */
function* gresOf(list: string): Iterable<JobGres> {
  for (const word of list.split(',')) {
    const match = /^gres[:/]([^:=()]+)(?::([^:=()]*[^:=()\d][^:=()]*))?(?:[:=](\d+))?/.exec(word.trim());
    if (!match?.[1]) continue;
    yield { name: match[1], ...(match[2] && { type: match[2] }), count: Number(match[3] ?? 1) };
  }
}

const record = (value: unknown): Fields | undefined => (isRecord(value) ? value : undefined);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const words = (value: unknown): string[] => text(value).split(',').filter(Boolean);

/** A number in either form; undefined when it is not set, has no end or is no time, size or count that Slurm can mean. */
function number(value: unknown): number | undefined {
  const fields = record(value);
  const found = fields && fields.set === true && fields.infinite !== true ? fields.number : value;
  return typeof found === 'number' && Math.abs(found) < 2 ** 33 ? found : undefined;
}
