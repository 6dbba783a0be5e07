import { executions, isToBeExecuted, notExecuted } from './executions';
import { scenario, scenarios } from './index';
import { diffOfScenario, toldBy } from './scenario';

const all = Object.values(scenarios).flat();

describe.each(Object.entries(scenarios))('%s', (_, ofDomain) => {
  test.each(ofDomain.map((scenario) => [scenario.title, scenario] as const))('%s', async (_title, scenario) => {
    expect(toldBy(await diffOfScenario(scenario), scenario.told)).toEqual(scenario.told);
  });
});

test('each scenario has a title of its own', () => {
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
});

test('what kills or loses jobs without its steps says so, and to whom', async () => {
  for (const scenario of all.filter(({ naively }) => naively)) {
    const effects = (await diffOfScenario(scenario)).entries.map(({ effect }) => effect);
    if (scenario.naively?.running === 'killed') {
      expect([scenario.title, effects.some(({ running }) => /killed|lost/.test(running ?? ''))]).toContain(true);
    }
    if (scenario.naively?.pending === 'lost') {
      expect([scenario.title, effects.some(({ pending }) => /lost|NODE_FAIL/.test(pending ?? ''))]).toContain(true);
    }
  }
});

test('what loses data, stops everything or needs no restart of Slurm is executed on a real one, or says why not', async () => {
  const executed = new Set(executions.map(({ title }) => title));
  const asked = await Promise.all(all.map(async (one) => isToBeExecuted(await diffOfScenario(one))));
  const left = all.map(({ title }) => title).filter((title, at) => asked[at] && !executed.has(title));
  expect(left.sort()).toEqual(Object.keys(notExecuted).sort());
});

test('what is executed is a scenario that says what becomes of jobs', () => {
  const silent = executions.filter(({ title, naively }) => !scenario(title)[naively ? 'naively' : 'fate']);
  expect(silent.map(({ title }) => title)).toEqual([]);
});
