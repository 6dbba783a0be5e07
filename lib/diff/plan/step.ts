import type { EffectClass } from '../../app/effect';
import { Hostlist } from '../../values/hostlist';
import type { Comparison } from '../comparison';
import type { Entry, PlanStep, StepAction } from '../model';
import { lastPart } from '../words';
import { mountPoint } from './mounts';
import { cloudNodes, goneNodes, nodesOf } from './nodes';
import type { PlacedSite, Places } from './places';

/** One step that one entry asks for; steps of one key are one step. */
export interface AskedStep {
  readonly key: string;
  readonly action: StepAction;
  readonly text: string;
  readonly service?: string;
  readonly hosts?: string;
  readonly command?: string;
  /** The groups that files are placed on. */
  readonly groups?: readonly string[];
  /** Path of the site that files are placed in, or whose playbook is played. */
  readonly site?: string;
}

/** What a class asks for when its effect names no steps; files are placed where there are any. */
const STEPS: Readonly<Record<EffectClass, readonly string[]>> = {
  none: [],
  reconfigure: ['scontrol reconfigure'],
  'daemon-restart': ['restart the daemons that read the files'],
  'rolling-drain': ['drain the nodes', 'place the files', 'resume the nodes'],
  reboot: ['drain the nodes', 'place the files', 'reboot the nodes', 'resume the nodes'],
  'stop-logins': ['close the login hosts', 'place the files', 'open the login hosts'],
  'stop-fleet': ['drain the nodes', 'place the files', 'resume the nodes'],
  'stop-controller': ['stop slurmctld', 'place the files', 'start slurmctld'],
  'rebuild-software': ['build the software'],
  replace: [],
  'data-loss': [],
};

const PLACE = 'place the files';
const APPLY = 'terraform apply';
const ROLE = 'hosts get what is declared for them';

/** The steps that an entry asks for, in order. */
export function stepsOf(entry: Entry, places: Places, comparison: Comparison): AskedStep[] {
  const texts = [...(entry.effect.steps ?? STEPS[entry.effect.class])];
  if (places.reachesHosts(entry) && !texts.includes(PLACE) && !texts.some((text) => PLAY.test(text))) {
    const at = texts.findIndex((text) => /^(start|restart|reload|resume|scontrol|sacctmgr|reboot|open) ?/.test(text));
    texts.splice(at < 0 ? texts.length : at, 0, PLACE);
  }
  if (!texts.some((text) => PLAY.test(text)))
    texts.push(...places.rolesOf(entry).map((role) => `play ${role}: ${ROLE}`));
  const steps = texts.flatMap((text) => stepOf(text, entry, places, comparison));
  steps.push(...givingBack(texts, entry, places, comparison));
  const clouds = texts.includes(APPLY) ? [] : cloudsOf(entry);
  const at = steps.findIndex(({ action }) => !['by-hand', 'drain'].includes(action));
  steps.splice(at < 0 ? steps.length : at, 0, ...clouds.map(applying));
  return steps;
}

/** The folders of the clouds that an entry changes. */
const cloudsOf = ({ files }: Entry): string[] => [
  ...new Set(files.flatMap((path) => /^(stacks\/[^/]+)\//.exec(path)?.[1] ?? [])),
];

/** What a cloud is changed by; terraform shows what it will do, and asks. */
const applying = (folder: string): AskedStep => ({
  key: `apply ${folder}`,
  action: 'apply',
  text: `terraform shows what it will do to ${folder.slice('stacks/'.length)}, and does it`,
  command: `terraform -chdir=${folder} apply`,
});

/** A step that says what it does, and the role of the site's playbook that does it. */
const PLAY = /^play (\w+): (.+)$/;

function stepOf(asked: string, entry: Entry, places: Places, comparison: Comparison): AskedStep[] {
  const [does = '', typed] = asked.split(' $ ');
  const text = filledIn(does, entry);
  const site = places.siteOf(entry.path);
  const [, role, played] = PLAY.exec(text) ?? [];
  if (text === PLACE) return placing(entry, places);
  if (text === APPLY && cloudsOf(entry).length > 0) return cloudsOf(entry).map(applying);
  if (role !== undefined && played !== undefined) return [playing(role, played, site, places)];
  const [, verb, service] = /^(start|stop|restart|reload) (\S+)/.exec(text) ?? [];
  if (service === 'slurmdbd' && site && !site.services.some(({ name }) => name === service)) return [];
  if (service === 'the') return readers(entry, places, comparison);
  if (text === 'stop slurmd on the nodes that go') return goingDown(text, entry, comparison);
  if (service !== undefined) {
    const action = verb === 'reload' ? 'reconfigure' : (verb as 'start' | 'stop' | 'restart');
    const all = site && hostsOfService(action, site, service, entry, places);
    const hosts = text.endsWith(' on the nodes') ? (nodesOf(entry, comparison) ?? all) : all;
    if (action === 'restart' && hosts === '') return [];
    const command = `systemctl ${text.endsWith(' for good') ? 'disable --now' : verb} ${service}`;
    return [withHosts({ key: `${verb} ${service}`, action, text, service, command }, hosts)];
  }
  if (/^(drain|resume) /.test(text)) {
    const action = text.startsWith('drain') ? 'drain' : 'resume';
    const hosts = drained(text, entry, places, comparison);
    const state = action === 'drain' ? drainedBy(text) : 'state=resume';
    const command = hosts ? { command: `scontrol update nodename=${hosts} ${state}` } : {};
    const step = withHosts({ key: `${action} ${hosts ?? text}`, action, text, ...command }, hosts);
    return action === 'drain' ? [step, ...drainedInCloud(text, entry, places, comparison)] : [step];
  }
  if (text === 'scontrol reconfigure') {
    return [
      {
        key: `${text} ${site?.path ?? ''}`,
        action: 'reconfigure',
        text: 'slurmctld and slurmd read their files again',
        command: text,
      },
    ];
  }
  if (text.startsWith('unmount ')) return [unmounting(text, entry, places, comparison)];
  const [, runs] = / where (\S+) runs$/.exec(text) ?? [];
  const runners = runs !== undefined && site ? places.hostsOf(site, places.runners(site, runs, entry)) : undefined;
  if (runs !== undefined && runners === undefined) return [];
  const hosts = text.includes(' the nodes ') ? nodesOf(entry, comparison) : runners;
  const action = text.startsWith('build ') ? 'build' : 'by-hand';
  const command = typed === undefined ? {} : { command: filledIn(typed, entry, shellWord) };
  return [withHosts({ key: `by hand: ${text}`, action, text, ...command }, hosts)];
}

/** A step with the values of its entry and the name of its construct, as it was before. */
function filledIn(step: string, entry: Entry, escape = (value: string): string => value): string {
  const { before, after, action, path } = entry;
  const values = { before, after, name: lastPart(action === 'moved' ? (before ?? path) : path) };
  return step.replace(/\{(before|after|name)\}/g, (_, word: keyof typeof values) =>
    escape(values[word] ?? `the ${word}`),
  );
}

/** One word of a shell, whatever a manifest holds. */
const shellWord = (value: string): string =>
  /^[\w./:@%+,=-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;

/** Nodes in a cloud are given back once their jobs have ended: the next ones are as declared. */
const drainedBy = (text: string): string =>
  text.startsWith('drain the cloud nodes') ? 'state=power_down_asap' : 'state=drain reason=hpcdk';

const inCloud = (entry: Entry, places: Places, comparison: Comparison): string | undefined => {
  const site = places.siteOf(entry.path);
  return site && cloudNodes(entry, site.path, comparison);
};

/** A drain of every node means those in a cloud too, which the playbook does not know. */
function drainedInCloud(text: string, entry: Entry, places: Places, comparison: Comparison): AskedStep[] {
  const hosts = / every node/.test(text) ? inCloud(entry, places, comparison) : undefined;
  if (hosts === undefined) return [];
  const command = `scontrol update nodename=${hosts} ${drainedBy(text)}`;
  const said = 'drain the cloud nodes and wait for the running jobs';
  return [{ key: `drain ${hosts}`, action: 'drain', text: said, hosts, command }];
}

/**
 * Nodes in a cloud read their files, and mount, when they start. Where every node is to do so again they are given
 * back, which ends a drain too (seen on Slurm 22.05 and 24.11).
 */
function givingBack(texts: readonly string[], entry: Entry, places: Places, comparison: Comparison): AskedStep[] {
  if (!texts.some((text) => /^(resume|restart slurmd on) every node/.test(text))) return [];
  const hosts = inCloud(entry, places, comparison);
  if (hosts === undefined) return [];
  const text = 'give the cloud nodes back once their jobs have ended: the next ones start as declared';
  const command = `scontrol update nodename=${hosts} state=power_down_asap`;
  return [{ key: `give back ${hosts}`, action: 'resume', text, hosts, command }];
}

/** What no longer belongs to the cluster does not start again with its host. */
function goingDown(text: string, entry: Entry, comparison: Comparison): AskedStep[] {
  const hosts = entry.kind === 'BurstPool' ? undefined : goneNodes(entry, comparison);
  return hosts ? [{ key: text, action: 'stop', text, hosts, command: 'systemctl disable --now slurmd' }] : [];
}

/** A file system taken off every host that mounts something, and out of its /etc/fstab. */
function unmounting(text: string, entry: Entry, places: Places, comparison: Comparison): AskedStep {
  const site = places.siteOf(entry.path);
  const path = mountPoint(entry, comparison);
  const said = text.replace('{mount}', path ?? 'it');
  const step = { key: `by hand: ${said}`, action: 'by-hand', text: said } as const;
  const groups = site?.tags.roles.mounts;
  if (!site || !groups || path === undefined) return step;
  const command = `cd ${site.project} && ansible ${groups.join(',')} -b -m ansible.posix.mount -a ${shellWord(`path=${path} state=absent`)}`;
  return withHosts({ ...step, command }, places.hostsOf(site, groups));
}

/** What stops does so where it runs now; what starts, where it is going to run; what restarts, where it does both. */
function hostsOfService(
  action: StepAction,
  site: PlacedSite,
  service: string,
  entry: Entry,
  places: Places,
): string | undefined {
  const old = action === 'stop' ? places.hostsBefore(site, service) : undefined;
  const hosts = old ?? places.hostsOf(site, places.runners(site, service, entry));
  return action === 'restart' && hosts ? without(hosts, places.newHosts(site)) : hosts;
}

const without = (hosts: string, others: Hostlist): string => Hostlist.parse(hosts).difference(others).toString();

/** The nodes of a step that drains or resumes: those that go, all that run slurmd, or those of the entry. */
function drained(text: string, entry: Entry, places: Places, comparison: Comparison): string | undefined {
  if (/ that go/.test(text)) return goneNodes(entry, comparison);
  if (!/ every node/.test(text)) return nodesOf(entry, comparison);
  const site = places.siteOf(entry.path);
  return site && (places.hostsBefore(site, 'slurmd') ?? places.hostsOf(site, places.runners(site, 'slurmd', entry)));
}

/** A role of the playbook, played in every phase on the groups that have it. */
function playing(role: string, does: string, site: PlacedSite | undefined, places: Places): AskedStep {
  const groups = site?.tags.roles[role];
  const step = { key: `play ${role} ${site?.path ?? ''}`, action: 'run', text: does } as const;
  if (!site || !groups) return step;
  const command = `cd ${site.project} && ansible-playbook site.yml --tags ${role} --limit ${groups.join(',')}`;
  return withHosts({ ...step, command, site: site.path }, places.hostsOf(site, groups));
}

const withHosts = (step: AskedStep, hosts: string | undefined): AskedStep => (hosts ? { ...step, hosts } : step);

/** The step that places the files of an entry: by its site's playbook, where it has one. */
function placing(entry: Entry, places: Places): AskedStep[] {
  if (!places.reachesHosts(entry)) return [];
  const site = places.siteOfFiles(entry);
  const groups = places.groupsOf(entry);
  return [
    {
      key: `place ${site?.path ?? ''}`,
      action: 'place',
      text: PLACE,
      groups,
      ...(site && { site: site.path }),
    },
  ];
}

/** The restarts that the readers of an entry's files need. */
function readers(entry: Entry, places: Places, { before, after }: Comparison): AskedStep[] {
  const names = entry.files.flatMap((path) => {
    const file = after.manifest.files[path] ?? before.manifest.files[path];
    return (file?.readers ?? []).filter(({ on }) => on === 'restart').map(({ service }) => service);
  });
  const site = places.siteOf(entry.path);
  return [...new Set(names)].map((name) => {
    const hosts = site && places.hostsOf(site, places.runners(site, name, entry));
    const text = `restart ${name}`;
    return withHosts(
      { key: text, action: 'restart', text, service: name, command: `systemctl restart ${name}` },
      hosts,
    );
  });
}

/** A step as the plan shows it. */
export const planStep = ({ action, text, hosts, command }: AskedStep, because: readonly string[]): PlanStep => ({
  action,
  text,
  ...(hosts && { hosts }),
  ...(command && { command }),
  because,
});
