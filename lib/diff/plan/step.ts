import type { EffectClass } from '../../app/effect';
import { Hostlist } from '../../values/hostlist';
import { kindOf } from '../change-set';
import type { Comparison } from '../comparison';
import type { Entry, PlanStep, StepAction } from '../model';
import type { Places } from './places';

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
  /** Path of the site that files are placed in. */
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

/** The steps that an entry asks for, in order. */
export function stepsOf(entry: Entry, places: Places, comparison: Comparison): AskedStep[] {
  const texts = [...(entry.effect.steps ?? STEPS[entry.effect.class])];
  if (places.reachesHosts(entry) && !texts.includes(PLACE)) {
    const at = texts.findIndex((text) => /^(start|restart|reload|resume|scontrol|sacctmgr|reboot|open) ?/.test(text));
    texts.splice(at < 0 ? texts.length : at, 0, PLACE);
  }
  const steps = texts.flatMap((text) => stepOf(text, entry, places, comparison));
  const clouds = [...new Set(entry.files.flatMap((path) => /^(stacks\/[^/]+)\//.exec(path)?.[1] ?? []))];
  const at = steps.findIndex(({ action }) => !['by-hand', 'drain', 'stop'].includes(action));
  steps.splice(at < 0 ? steps.length : at, 0, ...clouds.map(applying));
  return steps;
}

/** What a cloud is changed by; terraform shows what it will do, and asks. */
const applying = (folder: string): AskedStep => ({
  key: `apply ${folder}`,
  action: 'apply',
  text: `terraform shows what it will do to ${folder.slice('stacks/'.length)}, and does it`,
  command: `terraform -chdir=${folder} apply`,
});

function stepOf(text: string, entry: Entry, places: Places, comparison: Comparison): AskedStep[] {
  const site = places.siteOf(entry.path);
  const service = /^(start|stop|restart|reload) (\S+)/.exec(text);
  if (text === PLACE) return placing(entry, places);
  if (service) {
    const [, verb, name] = service as unknown as [string, 'start' | 'stop' | 'restart' | 'reload', string];
    if (name === 'the') return readers(entry, places, comparison);
    const action = verb === 'reload' ? 'reconfigure' : verb;
    const hosts = site && places.hostsOf(site, places.runners(site, name, entry));
    return [
      withHosts({ key: `${verb} ${name}`, action, text, service: name, command: `systemctl ${verb} ${name}` }, hosts),
    ];
  }
  if (/^(drain|resume) /.test(text)) {
    const action = text.startsWith('drain') ? 'drain' : 'resume';
    const hosts = / that go/.test(text) ? goneHosts(entry) : hostsOf(entry, comparison);
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
