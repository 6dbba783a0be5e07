import type { Diff, PlanStep } from '../../../lib/diff';
import type { Side } from '../../../lib/diff/side';
import {
  type Files,
  labOverlay,
  noAccountingOverlay,
  type Overlay,
  overlayKeys,
  withoutAddresses,
} from './slurm-overlay';

/**
 * The files of a side below some folders by their name, as they come to a lab that runs: with what a lab changes in every
 * slurm.conf, and without what the lab has of its own.
 */
export function placedFiles(
  { manifest, read }: Side,
  folders: readonly string[],
  accounting: boolean,
  further: Overlay = {},
): Files {
  const overlay = { ...labOverlay, ...(accounting ? {} : noAccountingOverlay), ...further };
  const files = { ...emittedFiles({ manifest, read }, folders) };
  for (const own of ['slurmdbd.conf', 'cgroup.conf']) delete files[own];
  return { ...files, 'slurm.conf': overlayKeys(withoutAddresses(files['slurm.conf'] ?? '').text, overlay).text };
}

/** Files below a folder of the lab. */
export const filesAt = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

/** The files of a side below some folders by their name, as they were emitted. */
export function emittedFiles({ manifest, read }: Pick<Side, 'manifest' | 'read'>, folders: readonly string[]) {
  const paths = Object.keys(manifest.files);
  const found = folders.flatMap((folder) =>
    paths
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => [path.slice(folder.length + 1), read?.(path) ?? ''] as const),
  );
  return Object.fromEntries(found) as Record<string, string>;
}

/**
 * Shell functions that do on a lab what the steps of a plan say. A machine keeps what runs on it when its slurmd stops, as
 * under systemd (KillMode=process). A job of `submit` ends well once `end_job` is said. Nothing waits without an end:
 * a command that finds no slurmctld would try for minutes.
 */
export const ROLL_OUT = `
  later=0
  for command in scontrol sinfo squeue sbatch sacctmgr srun; do
    eval "$command() { timeout 20 $command \\"\\$@\\"; }"
  done
  stop_slurmctld() {
    local pid i; pid=$(cat /run/slurmctld.pid)
    kill "$pid"
    for i in {1..300}; do kill -0 "$pid" 2>/dev/null || return 0; sleep 0.1; done
    echo "lab: slurmctld does not stop" >&2; return 1
  }
  start_slurmctld() { controller || { tail -n 3 /var/log/slurmctld.stderr /var/log/slurm/slurmctld.log >&2; return 1; }; }
  keeper() { # NAME: a process that stays in the namespaces of a machine
    local pid i
    [ -e "/run/keeper-$1" ] || {
      pid=$(cat "/run/lab-$1.pid")
      nsenter -t "$pid" -n -m -u -- sleep infinity >/dev/null 2>&1 &
      echo $! >"/run/keeper-$1"
      for i in {1..100}; do [ "$(readlink /proc/$!/ns/uts)" = "$(readlink "/proc/$pid/ns/uts")" ] && break; sleep 0.02; done
    }
    cat "/run/keeper-$1"
  }
  stop_slurmd() { # NAME
    local pid i; pid=$(cat "/run/lab-$1.pid")
    keeper "$1" >/dev/null
    kill "$pid" 2>/dev/null # it may have ended by itself: the files do not name its node
    for i in {1..300}; do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  }
  start_slurmd() { # NAME
    # shellcheck disable=SC2002 # the redirection would be done by the head
    [ ! -e /etc/slurm/slurm.key ] || cat /etc/slurm/slurm.key | nsenter -t "$(keeper "$1")" -m sh -c 'umask 077; cat >/run/slurm.key; cp /run/slurm.key /etc/slurm/'
    setsid nsenter -t "$(keeper "$1")" -n -m -u -- slurmd -D \${CONFIGLESS:+--conf-server "$HEAD"} \\
      </dev/null >>"/var/log/$1.slurmd" 2>&1 &
    echo $! >"/run/lab-$1.pid"
  }
  restart_slurmd() { stop_slurmd "$1"; start_slurmd "$1"; }
  booted() { find /run -maxdepth 1 -name 'lab-*.pid' -printf '%f\\n' | sed 's/^lab-//; s/\\.pid$//' | sort; }
  booted_of() { booted | grep -xF -f <(scontrol show hostnames "$1"); } # HOSTS: the others of a lab do not exist
  each() { local name; for name in $(booted_of "$2"); do "$1" "$name"; done; } # COMMAND HOSTS
  place() { # what a play leaves in /etc/slurm, and the folder that it makes
    local device state
    find /etc/slurm -name '*.conf' ! -name cgroup.conf ! -name slurmdbd.conf -delete; cp -R /srv/after/. /etc/slurm/
    for device in $(sed -n 's/.*File=\\([^ ]*\\).*/\\1/p' /etc/slurm/gres.conf 2>/dev/null); do
      for device in $(scontrol show hostnames "$device"); do [ -e "$device" ] || mknod -m 666 "$device" c 1 3; done
    done
    state=$(sed -n 's/^StateSaveLocation=//p' /etc/slurm/slurm.conf); [ -z "$state" ] || own "$state"
    ! [ -e /run/new.key ] || { cp /run/new.key /etc/slurm/slurm.key; slurm_key; }
  }
  known() { # names and addresses of machines that come later
    local name
    for name in $(scontrol show hostnames "$(sed -n 's/^NodeName=\\([^ ]*\\).*/\\1/p' /srv/after/slurm.conf | paste -sd,)"); do
      grep -qw "$name" /etc/hosts || { echo "10.98.9.$((++later)) $name" >>/etc/hosts; echo "$name" >>/run/lab/hosts.list; }
    done
    for name in $(sed -n 's/^SlurmctldHost=//p' /srv/after/slurm.conf); do
      grep -qw "$name" /etc/hosts || sed -i "s/^10.98.0.1 .*/& $name/" /etc/hosts
    done
  }
  as_user() { if [ "$USER" = root ]; then "$@"; else setpriv --reuid="$USER" --regid="$USER" --clear-groups -- "$@"; fi; }
  sbatch() { as_user timeout 20 sbatch --mem=100 --chdir=/tmp --output=/dev/null "$@"; }
  submit() { # NAME ARGUMENTS...: a job that runs until it is told to end
    local name=$1; shift
    sbatch --job-name="$name" "$@" --wrap "exec bash -c 'until [ -e /run/lab/end.$name ]; do \${WORK:-:}; sleep 0.2; done'" >/dev/null
  }
  job() { scontrol -o show job 2>/dev/null | sed -n "s/.* JobName=$1 .* JobState=\\([A-Z_]*\\) Reason=\\([^ ]*\\) .*/\\1 \\2/p"; }
  until_job() { # NAME PATTERN SECONDS
    local i end=$((SECONDS + $3))
    while [ "$SECONDS" -lt "$end" ]; do job "$1" | grep -qE "$2" && return 0; sleep 0.2; done
    echo "lab: $1 is $(job "$1"), not $2" >&2; return 1
  }
  until_state() { until_job "$1" "^($2) " "$3"; } # NAME STATES SECONDS
  until_reason() { until_job "$1" " $2$" 60; } # NAME REASON: the main scheduler looks once a minute
  until_alive() { local i; for i in {1..100}; do [ "$(alive)" = alive ] && return 0; sleep 0.2; done; return 1; }
  until_away() { # NAME: the machine of a cloud node is powered off
    local i
    for i in {1..300}; do scontrol -o show node "$1" | grep -qE 'POWERING_DOWN|POWERED_DOWN' && echo "$1 is given back" && return 0; sleep 0.2; done
  }
  end_job() { touch "/run/lab/end.$1"; until_state "$1" COMPLETED 40; }
  alive() { pgrep -f "end\\.runs " >/dev/null && echo alive || echo gone; }
  fate() { echo "fate: running $(job runs | grep . || echo none -), $(alive); pending $(job waits | grep . || echo none -)"; }
  heard() { [ -z "$(sinfo -h -t no_respond,unk -o %n -n "$(booted | paste -sd,)" 2>/dev/null)" ]; }
  until_heard() { # slurmctld has heard of every machine again, and refuses nothing that concerns it
    local end=$((SECONDS + 30))
    until heard || [ "$SECONDS" -ge "$end" ]; do sleep 0.2; done
  }
  settle() { # slurmctld has decided on what runs; on a machine that is no node any more nobody ends it
    local end=$((SECONDS + 15))
    while [ "$SECONDS" -lt "$end" ] && [ "$(alive)" = alive ]; do
      job runs | grep -q '^RUNNING ' && heard && return
      sleep 0.2
    done
  }
`;

/** How a lab does what only a person can do, by the text of the step. */
export type ByHand = Readonly<Record<string, string>>;

/** The nodes of a lab that were never booted can be neither drained nor resumed. */
const onBooted = (command: string, hosts: string): string =>
  hosts === ''
    ? command
    : `{ on=$(booted_of '${hosts}' | paste -sd,); [ -z "$on" ] || ${command.replace(`nodename=${hosts}`, 'nodename=$on')}; }`;

/** What a step of a plan is on a lab. */
function stepScript({ action, text, hosts = '', command = '' }: PlanStep, byHand: ByHand): string {
  const found = byHand[text];
  if (found !== undefined) return found;
  const [, verb, service] = /^(start|stop|restart) (slurm\w+)/.exec(text) ?? [];
  if (text.startsWith('install Slurm')) return 'other_slurm';
  if (service === 'slurmd') return `each ${verb}_slurmd '${hosts}'`;
  if (service === 'slurmctld') return verb === 'restart' ? 'stop_slurmctld && start_slurmctld' : `${verb}_slurmctld`;
  if (action === 'place') return 'place';
  if (text.startsWith('play the whole site')) return ':';
  if (text.startsWith('sacctmgr brings')) return 'place && sh /etc/slurm/accounts.sh >/dev/null';
  if (action === 'reconfigure') return command;
  if (action === 'drain') return `${onBooted(command, hosts)}${/wait for/.test(text) ? ' && end_job runs' : ''}`;
  if (action === 'resume') return `until_heard; ${onBooted(command, hosts)}`;
  throw new Error(`nobody said how a lab does: ${text}`);
}

/** Every step of a plan, in order; a step that fails is told. */
export const planScript = ({ plan }: Diff, byHand: ByHand = {}): string =>
  plan.map((step) => `{ ${stepScript(step, byHand)}; } || echo 'step failed: ${step.text}'`).join('\n');

/** What a tool does that knows nothing of effects: files are placed, packages installed, every daemon is restarted. */
export const naiveScript = (installs: boolean) => `
  place; stop_slurmctld; ${installs ? 'other_slurm;' : ''} start_slurmctld
  for name in $(booted); do restart_slurmd "$name"; done
`;
