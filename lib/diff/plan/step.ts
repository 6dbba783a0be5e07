import type { EffectClass } from '../../app/effect';
import { Hostlist } from '../../values/hostlist';
import { kindOf } from '../change-set';
import type { Comparison } from '../comparison';
import type { Entry, PlanStep, StepAction } from '../model';
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
  const clouds = texts.includes(APPLY) ? [] : cloudsOf(entry);
  const at = steps.findIndex(({ action }) => !['by-hand', 'drain', 'stop'].includes(action));
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
  const text = asked.replace(/\{(before|after)\}/g, (_, side: 'before' | 'after') => entry[side] ?? `the ${side}`);
  const site = places.siteOf(entry.path);
  const [, role, does] = PLAY.exec(text) ?? [];
  if (text === PLACE) return placing(entry, places);
  if (text === APPLY && cloudsOf(entry).length > 0) return cloudsOf(entry).map(applying);
  if (role !== undefined && does !== undefined) return [playing(role, does, site, places)];
  const [, verb, service] = /^(start|stop|restart|reload|upgrade) (\S+)/.exec(text) ?? [];
  if (service === 'slurmdbd' && site && !site.services.some(({ name }) => name === service)) return [];
  if (service === 'the') return readers(entry, places, comparison);
  if (service !== undefined && verb !== 'upgrade') {
    const action = verb === 'reload' ? 'reconfigure' : (verb as 'start' | 'stop' | 'restart');
    const hosts = site && hostsOfService(action, site, service, entry, places);
    if (action === 'restart' && hosts === '') return [];
    return [
      withHosts({ key: `${verb} ${service}`, action, text, service, command: `systemctl ${verb} ${service}` }, hosts),
    ];
  }
  if (/^(drain|resume) /.test(text)) {
    const action = text.startsWith('drain') ? 'drain' : 'resume';
    const hosts = drained(text, entry, places, comparison);
    const state = action === 'drain' ? 'state=drain reason=hpcdk' : 'state=resume';
    const command = hosts ? { command: `scontrol update nodename=${hosts} ${state}` } : {};
    return [withHosts({ key: `${action} ${hosts ?? text}`, action, text, ...command }, hosts)];
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
  return [{ key: `by hand: ${text}`, action: text.startsWith('build ') ? 'build' : 'by-hand', text }];
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
  if (/ that go/.test(text)) return goneHosts(entry);
  if (!/ every node/.test(text)) return hostsOf(entry, comparison);
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
  const site = places.siteOf(entry.path);
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

/** The hosts that an entry takes away. */
function goneHosts({ before, after, field, kind }: Entry): string | undefined {
  if (field !== 'hosts' || before === undefined) return undefined;
  const gone = Hostlist.parse(before).difference(Hostlist.parse(after ?? ''));
  return gone.isEmpty || gone.problem || kind === '' ? undefined : gone.toString();
}

/** The hosts of the construct of an entry, as they were before: those that run jobs now. */
function hostsOf(entry: Entry, { before, after }: Comparison): string | undefined {
  for (const { manifest } of [before, after]) {
    const construct = manifest.constructs[entry.path];
    const hosts = construct?.values.hosts;
    if (construct && typeof hosts === 'string' && kindOf(manifest, construct) === entry.kind) return hosts;
  }
  return undefined;
}

/** A step as the plan shows it. */
export const planStep = ({ action, text, hosts, command }: AskedStep, because: readonly string[]): PlanStep => ({
  action,
  text,
  ...(hosts && { hosts }),
  ...(command && { command }),
  because,
});
