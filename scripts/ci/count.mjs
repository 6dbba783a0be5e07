// node scripts/ci/count.mjs RESULTS: sums jest's reports and the exit codes of the legs into one line.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const files = readdirSync(folder).sort();
let passed = 0;
let failed = 0;
const failedIn = {};
for (const file of files.filter((name) => name.endsWith('.json'))) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  // A test file that could not be loaded has no tests to count.
  const failures = report.numFailedTests + report.numRuntimeErrorTestSuites;
  passed += report.numPassedTests;
  failed += failures;
  failedIn[file.replace(/\.json$/, '')] = failures;
}
for (const file of files.filter((name) => name.endsWith('.leg'))) {
  const name = file.replace(/\.leg$/, '');
  const code = Number(readFileSync(join(folder, file), 'utf8'));
  if (code === 0) continue;
  if (!failedIn[name]) failed += 1;
  console.log(`failed: ${name}${failedIn[name] ? ` (${failedIn[name]} tests)` : ''}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
