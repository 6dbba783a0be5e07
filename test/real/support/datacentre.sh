#!/bin/bash
# One disposable data centre: a copy-on-write view of a root tree in its own network, mount, host name and process
# namespaces. Everything that runs in here may write to any path; nothing of it is left when the script ends.
# datacentre.ts starts it under `unshare -n -m -u -p -f --kill-child` and makes the folder LAB:
#   LAB/files/...  what stands at each absolute path    LAB/lab.env    settings of this run
#   LAB/script     what the test wants to see           LAB/logs/      every log, copied there at the end
# Shell functions for the script are at the end of this file.
# shellcheck disable=SC1091 # the two files of LAB are made for each run
set -u
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8

enter_copy() { # LAB ROOT OTHER: make the copy-on-write root, go into it, run this script there again
  local lab=$1 lower=$2 other=$3 cow new node
  cow=$lab/cow new=$lab/cow/root
  mkdir -p "$cow" && mount -t tmpfs lab "$cow" && mkdir "$cow/upper" "$cow/work" "$new"
  mount -t overlay lab -o "lowerdir=$lower,upperdir=$cow/upper,workdir=$cow/work" "$new"
  mkdir -p "$new"/{proc,sys,dev,run,tmp,var/spool,var/log,etc/slurm}
  mount -t proc proc "$new/proc"
  mount --rbind /sys "$new/sys"
  # What another Slurm left on this machine must not be seen.
  for d in dev run tmp var/spool var/log etc/slurm; do mount -t tmpfs -o mode=755 lab "$new/$d"; done
  chmod 1777 "$new/tmp"
  # A /dev of our own, because fake devices are made in it.
  for node in null:3 zero:5 full:7 random:8 urandom:9; do mknod -m 666 "$new/dev/${node%:*}" c 1 "${node#*:}"; done
  mknod -m 666 "$new/dev/tty" c 5 0
  mkdir "$new/dev/pts" "$new/dev/shm" && mount -t devpts -o newinstance,ptmxmode=666 lab "$new/dev/pts"
  mount -t tmpfs -o mode=1777 lab "$new/dev/shm"
  ln -s pts/ptmx "$new/dev/ptmx" && ln -s /proc/self/fd "$new/dev/fd"
  for node in stdin:0 stdout:1 stderr:2; do ln -s "/proc/self/fd/${node#*:}" "$new/dev/${node%:*}"; done
  mkdir "$new/run/lab" "$new/run/lock" && mount --bind "$lab" "$new/run/lab"
  [ -z "$other" ] || { mkdir "$new/run/other" && mount --bind -o ro "$other" "$new/run/other"; }
  [ -d "$lab/files" ] && cp -R --preserve=mode "$lab/files/." "$new/"
  cd "$new" && pivot_root . . && umount -l . && cd / && exec bash /run/lab/datacentre.sh inside
}

own() { # PATH...: make folders that belong to the Slurm user
  mkdir -p "$@" && chown "$SLURM_USER" "$@"
}

network() { # addresses: the head is 10.98.0.1, the machines follow in the order of hosts.list
  local host i=10
  hostname "$HEAD"
  ip link set lo up
  ip link add br0 type bridge && ip addr add 10.98.0.1/16 dev br0 && ip link set br0 up
  {
    echo "127.0.0.1 localhost"
    echo "10.98.0.1 $HEAD $ALIASES"
    while read -r host; do
      echo "10.98.$((i / 250)).$((i % 250 + 1)) $host"
      i=$((i + 1))
    done
  } >/etc/hosts
}

hosts() { # every node that the configuration names, then the machines that it does not
  {
    scontrol show hostnames "$(sed -n 's/^NodeName=\([^ ]*\).*/\1/Ip' /etc/slurm/*.conf | grep -vi '^default$' | paste -sd,)"
    tr ' ' '\n' <<<"$MACHINES"
  } 2>/run/lab/logs/hostnames.log | awk 'NF && !seen[$0]++'
}

munge_key() {
  mkdir /run/munge && chmod 755 /run/munge
  head -c 128 /dev/urandom >/run/lab-munge.key && chmod 400 /run/lab-munge.key
  munged --force --key-file=/run/lab-munge.key --seed-file=/run/lab-munge.seed --log-file=/var/log/munged.log
}

slurm_key() { # auth/slurm, from 23.11
  [ -s /etc/slurm/slurm.key ] || head -c 1024 /dev/urandom >/etc/slurm/slurm.key
  chmod 600 /etc/slurm/slurm.key && chown "$SLURM_USER" /etc/slurm/slurm.key
}

database() { # MariaDB on a socket; root comes in without a password
  mkdir -p /run/mysqld /run/mdata && chown mysql /run/mysqld /run/mdata
  mariadb-install-db --user=mysql --datadir=/run/mdata --auth-root-authentication-method=normal >/var/log/mariadb-install.log 2>&1
  mariadbd --no-defaults --skip-networking --socket=/run/mysqld/mysqld.sock --datadir=/run/mdata --user=mysql \
    >/var/log/mariadbd.log 2>&1 &
  until_ok 200 mariadb-admin --no-defaults --socket=/run/mysqld/mysqld.sock ping
}

accounting() { # slurmdbd refuses to run under another host name than its DbdHost, so it gets that name
  database || return 1
  chown "$SLURM_USER" /etc/slurm/slurmdbd.conf && chmod 600 /etc/slurm/slurmdbd.conf
  # shellcheck disable=SC2016 # the inner shell expands it
  unshare -u sh -c 'hostname "$0"; exec slurmdbd -D' "$DBD_HOST" >/var/log/slurmdbd.stderr 2>&1 &
  until_ok 100 sacctmgr -n -i show cluster || return 1
  [ -s /run/lab/accounts ] || echo "sacctmgr -i add cluster $CLUSTER" >/run/lab/accounts
  bash /run/lab/accounts >/var/log/accounts.log 2>&1 || { cat /var/log/accounts.log >&2; return 1; }
}

until_ok() { # TENTHS COMMAND...: try until the command succeeds
  local left=$1
  shift
  until timeout 5 "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || { echo "lab: gave up waiting for: $*" >&2; return 1; }
    sleep 0.1
  done
}

controller() {
  slurmctld >/var/log/slurmctld.stderr 2>&1 || return 1
  until_ok 150 sh -c 'scontrol ping | grep -qw UP'
}

inside() {
  . /run/lab/lab.env
  mkdir -p /run/lab/logs /var/log/slurm
  trap 'cp -R /var/log/. /run/lab/logs/ 2>/dev/null; chmod -R a+rX /run/lab/logs' EXIT
  # shellcheck disable=SC2086 # lists of words
  own /var/log/slurm /var/spool/slurmctld $OWNED_FOLDERS
  for device in $DEVICES; do
    mkdir -p "$(dirname "$device")"
    [ -e "$device" ] || mknod -m 666 "$device" c 1 3
  done
  if [ -n "$OTHER_FIRST" ]; then other_slurm; else cgroup_plugin; fi
  hosts >/run/lab/hosts.list
  network </run/lab/hosts.list
  if [ "$AUTH" = slurm ]; then slurm_key; else munge_key; fi
  cd /
  if [ -n "$START" ]; then
    if [ -n "$DBD_HOST" ]; then accounting || exit 1; fi
    controller || { cat /var/log/slurmctld.stderr >&2; exit 1; }
    for machine in $MACHINES; do machine_up "$machine"; done
  fi
  . /run/lab/script
}

# --- for the script of a test -----------------------------------------------------------------------------------------

cgroup_plugin() { # from 23.11 on a cgroup file without a plugin makes slurmd look for systemd's cgroup: no namespace has it
  [ -n "$CGROUP_DISABLED" ] || return 0
  sed -i '/^CgroupPlugin=disabled$/d' /etc/slurm/cgroup.conf 2>/dev/null
  slurmd -V | awk '{ split($2, v, "."); exit !(v[1] >= 24) }' || return 0
  sed -i '/^ *CgroupPlugin *=/Id' /etc/slurm/cgroup.conf 2>/dev/null
  echo CgroupPlugin=disabled >>/etc/slurm/cgroup.conf
}

check() { # what the three Slurm programs say of the files, as `program: line`
  local node
  scontrol show hostnames n1 2>&1 >/dev/null | sed 's/^/scontrol: /'
  # shellcheck disable=SC2013 # a hostlist is one word
  for node in $(sed -n 's/^NodeName=\([^ ]*\).*/\1/Ip' /etc/slurm/*.conf | grep -vi '^default$'); do
    slurmd -G -N "$(scontrol show hostnames "$node" 2>/dev/null | sed -n 1p)" 2>&1 | sed 's/^/slurmd: /'
  done
  slurmctld -D >/var/log/check 2>&1 &
  until_ok 50 sh -c "grep -q 'Running as primary controller' /var/log/check || ! kill -0 $!" && sleep 1.2
  kill $! 2>/dev/null
  sed 's/^/slurmctld: /' /var/log/check
}

slurm_programs() { (cd "$1/" && echo usr/sbin/slurm*d-wlm usr/bin/{sinfo,squeue,sbatch,scontrol,srun} usr/lib/*/slurm-wlm); } # ROOT

other_slurm() { # the Slurm of the other root tree in place of this one, as Debian's packages leave it; then back again
  local file from=/run/other
  [ ! -d /run/slurm.was ] || from=/run/slurm.was
  for file in $(slurm_programs /); do mkdir -p "/run/slurm.is/${file%/*}" && mv "/$file" "/run/slurm.is/$file"; done
  for file in $(slurm_programs "$from"); do cp -R "$from/$file" "/$file"; done
  rm -rf /run/slurm.was && mv /run/slurm.is /run/slurm.was
  cgroup_plugin
}

address() { awk -v h="$1" '{ for (i = 2; i <= NF; i++) if ($i == h) { print $1; exit } }' /etc/hosts; }

machine_up() { # NAME: boot a machine and its slurmd; its output goes to /var/log/NAME.slurmd
  # -b: a node that says it booted before it was asked to resume is ignored. The signal mask and the process group are
  # reset because this also runs under ResumeProgram.
  setsid env --default-signal unshare -n -m -u bash /run/lab/datacentre.sh machine "$1" "$(address "$1")" \
    </dev/null >>"/var/log/$1.slurmd" 2>&1 &
  local pid=$! i
  echo $pid >"/run/lab-$1.pid"
  for i in {1..200}; do
    [ "$(readlink /proc/$pid/ns/net)" != "$(readlink /proc/self/ns/net)" ] && break
    sleep 0.02
  done
  i=$(awk -v h="$1" '$0 == h { print NR }' /run/lab/hosts.list)
  ip link add "v$i" type veth peer name eth0 netns $pid && ip link set "v$i" master br0 up
}

machine_down() { # NAME: power off
  kill "$(cat "/run/lab-$1.pid")"
  ip link del "v$(awk -v h="$1" '$0 == h { print NR }' /run/lab/hosts.list)"
}

on() { # NAME COMMAND...: run a command on a machine
  local pid
  pid=$(cat "/run/lab-$1.pid")
  shift
  nsenter -t "$pid" -n -m -u -- "$@"
}

state() { timeout 10 sinfo -h -N -n "$1" -o %t | sort -u; } # NAME

wait_state() { # NAME STATE [SECONDS]: sinfo's short state, such as idle or idle~
  local i
  for ((i = ${3:-30} * 10; i > 0; i--)); do
    [ "$(state "$1")" = "$2" ] && return 0
    sleep 0.1
  done
  echo "lab: $1 is $(state "$1"), not $2" >&2
  return 1
}

machine() { # NAME ADDRESS, in the namespaces of that machine
  . /run/lab/lab.env
  local i
  hostname "$1"
  # What a machine has for itself: /run (with the one munged and the lab), /tmp, its spool; /etc/slurm when configless.
  mkdir -p /run.own && mount -t tmpfs -o mode=755 own /run.own && mkdir -p /run.own/{munge,lab,slurm,lock}
  [ -d /run/munge ] && mount --bind /run/munge /run.own/munge
  mount --bind /run/lab /run.own/lab
  mount --move /run.own /run
  mount -t tmpfs -o mode=1777 own /tmp
  # shellcheck disable=SC2086 # lists of words
  for folder in $OWN_FOLDERS; do mkdir -p "$folder" && mount -t tmpfs own "$folder"; done
  for ((i = 0; i < 250; i++)); do
    ip link show eth0 >/dev/null 2>&1 && break
    sleep 0.02
  done
  ip link set lo up && ip addr add "$2/16" dev eth0 && ip link set eth0 up
  if [ -n "$CONFIGLESS" ]; then
    mount -t tmpfs own /etc/slurm
    exec slurmd -b -D --conf-server "$HEAD"
  fi
  exec slurmd -b -D
}

case ${1-} in
  enter) enter_copy "$2" "$3" "$4" ;;
  inside) inside ;;
  machine) machine "$2" "$3" ;;
  resume) . /run/lab/lab.env && for machine in $(scontrol show hostnames "$2"); do machine_up "$machine"; done ;;
  suspend) for machine in $(scontrol show hostnames "$2"); do machine_down "$machine"; done ;;
esac
