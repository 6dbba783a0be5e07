#!/bin/bash
# What a newcomer does: install the packed library in an empty folder, and everything works.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --pack-destination "$work" >/dev/null
mkdir "$work/site" && cd "$work/site"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent "$work"/hpcdk-*.tgz
npx --no -- hpcdk init
npm run synth
npx --no -- tsc --noEmit
npm test -- --json --outputFile="$RESULTS/$LEG.json"
