#!/bin/bash
# node.sh MAJOR: another Node writes the same bytes as this one, and passes the unit tests.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-save --no-audit --no-fund --silent "node@$1"
other=$(find "$work/node_modules" -path '*/bin/node' -type f -perm -u+x | sort | sed -n 1p)
[ "$("$other" -p 'process.versions.node.split(".")[0]')" = "$1" ] || { echo "no Node $1: $other" >&2; exit 1; }

synth() { # FOLDER: a first synth, its output moved away
  rm -rf cdktf.out node_modules/.cache/hpcdk # nothing of the other Node's run
  npm run --silent synth >"$work/log" 2>&1 || { cat "$work/log" >&2; return 1; }
  [ -s cdktf.out/hpcdk/manifest.json ] || { echo 'synth wrote no manifest' >&2; return 1; }
  mv cdktf.out "$1"
}
synth "$work/here"
(
  mkdir "$work/bin" && ln -s "$other" "$work/bin/node"
  export PATH="$work/bin:$PATH"
  echo "Node $(node -v) after $(find "$work/here" -type f | wc -l) files of the other"
  synth "$work/there"
  diff -r "$work/here" "$work/there"
  node node_modules/jest/bin/jest.js --maxWorkers=2 --testPathIgnorePatterns /test/real/ --json --outputFile="$RESULTS/$LEG.json"
)
