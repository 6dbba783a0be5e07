#!/bin/bash
# The tests that touch the cloud, with cdktf replaced by its maintained continuation under the same name.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- --ignore-failed-read |
  tar --extract --directory "$work"
cd "$work"
# An override must be word for word the direct dependency; the provider still asks for cdktf 0.21, hence the flag.
npm pkg set devDependencies.cdktf=npm:cdktn@0.24.0 overrides.cdktf=npm:cdktn@0.24.0
npm install --legacy-peer-deps --no-audit --no-fund --silent
[ "$(node -p 'require("cdktf/package.json").name')" = cdktn ] || { echo 'cdktf is not cdktn here' >&2; exit 1; }
npm run synth
HPCDK_REQUIRE_TOOLS=1 npx jest --maxWorkers=2 --json --outputFile="$RESULTS/$LEG.json" \
  --testPathPatterns 'test/(cloud|stacks)/' 'test/real/[^/]*(cloud|terraform)'
