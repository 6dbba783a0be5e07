# shellcheck shell=bash
# For .ci/run: `leg NAME COMMAND...` runs one leg and goes on, `must` stops when it fails, `finish` counts. A leg finds
# RESULTS, a folder where its jest runs write NAME.json, and LEG, its name.
export CI=true DEBIAN_FRONTEND=noninteractive FORCE_COLOR=0 NO_UPDATE_NOTIFIER=1 TZ=UTC
RESULTS=$(mktemp -d) && export RESULTS
trap 'rm -rf "$RESULTS"' EXIT
# install.sh puts here the programs that come from PyPI; before all else, so that no other copy is found first.
HPCDK_CI_CACHE=${HPCDK_CI_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/hpcdk-ci} && export HPCDK_CI_CACHE
export PATH="$HPCDK_CI_CACHE/bin:$PATH"

leg() {
  local name=$1 begin=$SECONDS code
  shift
  printf '\n=== %s: %s\n' "$name" "$*"
  LEG=$name timeout -k 30 "${LEG_SECONDS:-1500}" "$@" </dev/null
  code=$?
  echo "$code" >"$RESULTS/$name.leg"
  printf -- '--- %s: exit code %d after %d s\n' "$name" "$code" "$((SECONDS - begin))"
  return "$code"
}

must() {
  leg "$@" || finish
}

finish() {
  printf '\n=== %d s in all\n' "$SECONDS"
  node scripts/ci/count.mjs "$RESULTS"
  exit
}
