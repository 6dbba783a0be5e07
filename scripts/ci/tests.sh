#!/bin/bash
# All tests; a program that is not there is a failure.
set -euo pipefail
HPCDK_REQUIRE_TOOLS=1 npm test -- --maxWorkers=2 --json --outputFile="$RESULTS/$LEG.json"
