import { diffOf } from '../support/sides';
import { partitions } from './partitions';
import { toldBy } from './scenario';

describe.each([['partitions', partitions] as const])('%s', (_, scenarios) => {
  test.each(scenarios.map((scenario) => [scenario.title, scenario] as const))('%s', async (_title, scenario) => {
    const diff = await diffOf(scenario.before, scenario.after, scenario.options);
    expect(toldBy(diff, scenario.told)).toEqual(scenario.told);
  });
});
