import { instanceType } from '../../values/instance-type';
import { Size } from '../../values/size';
import { isRecord, type Json, type JsonRecord } from '../../values/json';
import { aspect, type Look, type Meeting, type PoolOf, text, texts, type Topic } from './aspect';
import { poolsOf } from './mounts';

const optionText = (option: string, names: string): string =>
  names
    .split(', ')
    .map((name) => `${option}=${name}`)
    .join(', ');

const wordTopic = (name: string, option: string): Topic => ({
  name,
  inPartition: true,
  called: (names) => optionText(option, names),
  differs: (names, { premises, cloud, jobs }, was) =>
    `${optionText(option, names)} ${names.includes(', ') ? 'are' : 'is'} met on ${was === undefined ? cloud : premises} only: ${jobs} that ask for ${names.includes(', ') ? 'them' : 'it'} wait for those`,
});

const FEATURES = wordTopic('features', '--constraint');
const GRES = wordTopic('gres', '--gres');

/** Which nodes of a partition a job can ask for, and what a CPU of them comes with. */
export const shapes: Look = (meeting) =>
  isMixed(meeting) ? [...features(meeting), ...gres(meeting), ...memory(meeting)] : [];

const isMixed = ({ premises, cloud, shared }: Meeting): boolean =>
  premises.some((a) => cloud.some((b) => shared(a.path, b.path).length > 0));

function words(topic: Topic, field: string, meeting: Meeting, of: (pool: PoolOf) => readonly string[]) {
  const pools = poolsOf(meeting);
  return [...new Set(pools.flatMap(of))].flatMap((word) =>
    aspect(
      topic,
      word,
      pools.map((pool) => [pool.path, of(pool).includes(word) ? 'yes' : undefined]),
      pools.map(({ path }) => `${path}#${field}`),
    ),
  );
}

const features = (meeting: Meeting) => words(FEATURES, 'features', meeting, ({ values }) => texts(values.features));

const gres = (meeting: Meeting) =>
  [...words(GRES, 'type', meeting, ({ values }) => gresWords(values))].map((one) => ({
    ...one,
    behind: [...one.behind, ...meeting.cloud.map(({ path }) => `${path}#instanceTypes`)],
  }));

type Values = PoolOf['values'];

/** What a script can ask for: `gpu:a100`. Of a pool in a cloud, what each of its types has. */
function gresWords(values: Values): string[] {
  const types = texts(values.instanceTypes);
  if (types.length === 0) {
    const devices = record(values.type).gres;
    return (Array.isArray(devices) ? devices : []).map((one: Json) => {
      const { name, type } = record(one);
      return type === undefined ? text(name) : `${text(name)}:${text(type)}`;
    });
  }
  const [first = [], ...others] = types.map((type) => {
    const { gpus, accelerators } = instanceType(type) ?? {};
    return [...(gpus ? [`gpu:${gpus.name}`] : []), ...(accelerators ? [`neuron:${accelerators.name}`] : [])];
  });
  return first.filter((word) => others.every((list) => list.includes(word)));
}

/** Memory that differs by less than a tenth is taken as the same: what a system keeps for itself differs as well. */
const NEAR = 0.9;

const MEMORY: Topic = {
  name: 'memory',
  inPartition: true,
  called: () => 'memory per CPU',
  alike: (premises, cloud) => {
    const [a, b] = [Number(premises), Number(cloud)];
    return Math.min(a, b) >= NEAR * Math.max(a, b);
  },
  differs: (_names, { premises, cloud, jobs }, was = '0', is = '0') => {
    const less = Math.min(Number(was), Number(is));
    const where = Number(was) < Number(is) ? premises : cloud;
    return `memory per CPU is ${gib(was)} on ${premises} and ${gib(is)} on ${cloud}: ${jobs} that ask for more than ${gib(less)} leave CPUs of ${where} idle`;
  },
};

const gib = (mib: number | string): string => `${(Number(mib) / 1024).toFixed(1)} GiB`;

const memory = (meeting: Meeting) =>
  aspect(
    MEMORY,
    'memory',
    poolsOf(meeting).map(({ path, values }) => [path, memoryPerCpu(values)]),
    poolsOf(meeting).flatMap(({ path }) =>
      ['type', 'instanceTypes', 'multithreading'].map((field) => `${path}#${field}`),
    ),
  );

/** MiB of memory for each CPU as Slurm counts them. */
function memoryPerCpu(values: Values): string | undefined {
  const types = texts(values.instanceTypes).flatMap((type) => instanceType(type) ?? []);
  const { sockets, cores, threads, memory: size } = record(values.type);
  const cpus =
    types.length > 0
      ? Math.min(...types.map((type) => type.cores * (values.multithreading === false ? 1 : type.threadsPerCore)))
      : [sockets, cores, threads].reduce<number>((n, one) => n * (typeof one === 'number' ? one : 1), 1);
  const mib =
    types.length > 0
      ? Math.min(...types.map(({ memoryMib }) => memoryMib))
      : Size.parse(text(size) || '0B').bytes / 2 ** 20;
  return mib > 0 && cpus > 0 ? String(Math.floor(mib / cpus)) : undefined;
}

const record = (value: Json | undefined): JsonRecord => (isRecord(value) ? value : {});
