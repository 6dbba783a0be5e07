// The page docs/diff/scenarios.md: what a reviewer is told of realistic changes, from the scenarios of test/diff/scenarios.

const WIDTH = 100;

const as = (text) => text;
const PLAIN = { bold: as, dim: as, red: as, yellow: as, green: as, cyan: as };

/** What the scenarios of a domain are about. */
const HEADINGS = {
  partitions: 'Partitions',
  limits: 'Accounts, QOS and limits',
  nodes: 'Nodes',
  cluster: 'The whole cluster',
  storage: 'File systems',
  software: 'Software',
  cloud: 'Clouds',
  parity: 'Premises and cloud',
  hosts: 'Hosts',
  live: 'What runs otherwise',
  noise: 'What changes little or nothing',
};

/**
 * @param scenarios the scenarios by domain
 * @param diffOf the diff of a scenario
 * @param terminal shows a diff as on a terminal
 */
export async function scenariosPage({ scenarios, diffOf, terminal }) {
  const parts = [];
  for (const [domain, ofDomain] of Object.entries(scenarios)) {
    parts.push(`## ${HEADINGS[domain]}`);
    for (const scenario of ofDomain) {
      const shown = terminal(withoutPlaces(await diffOf(scenario)), PLAIN, { width: WIDTH });
      parts.push(`### ${scenario.title[0].toUpperCase()}${scenario.title.slice(1)}`);
      parts.push(`\`\`\`console\n${shown}\`\`\``);
    }
  }
  const count = Object.values(scenarios).flat().length;
  return `# A gallery of changes

What [\`hpcdk diff\`](../guide/reviewing.md) says of ${count} realistic changes, as a reviewer sees it on a terminal.

${parts.join('\n\n')}
`;
}

/** Where a line of our tests stands says nothing to a reader, and changes with every edit. */
const withoutPlaces = (diff) => ({ ...diff, entries: diff.entries.map(({ source: _, ...entry }) => entry) });
