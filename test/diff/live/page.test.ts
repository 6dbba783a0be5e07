import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { terminalDiff } from '../../../lib/diff/views/terminal';
import { plain } from '../views/support';
import { liveDiff, printed, small } from './support';

const page = readFileSync(join(__dirname, '../../../docs/diff/live.md'), 'utf8');

test('the page of the live state shows what a diff says', async () => {
  const text = printed({
    partitions: { batch: 'Default=YES MaxTime=2-00:00:00', long: 'State=DRAIN' },
    nodes: { cn003: 'State=IDLE+DRAIN' },
    config: { EnforcePartLimits: 'NO' },
  });
  const diff = await liveDiff(small(), small({ partitions: { batch: 2, long: 7 } }), text);
  const [, example = 'nothing is shown'] = /^```text live\n([^]*?)^```$/m.exec(page) ?? [];

  expect(terminalDiff(diff, plain, { width: 110 })).toContain(example);
});
