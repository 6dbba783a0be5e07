// Writes the pages of docs/ that are made from the sources: node scripts/generate-docs.mjs [--check]
// With --check nothing is written; pages that are not current are listed, and the exit code is 1.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { format, resolveConfig } from 'prettier';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const load = createJiti(import.meta.url);
const { codes } = await load.import('../lib/codes.ts');
const { commands, commonOptions } = await load.import('../lib/cli/commands.ts');

const note = '<!-- Made by scripts/generate-docs.mjs from the sources; change those. -->';

/** What the first letters of a number stand for. */
const AREAS = {
  1: 'Values: quantities and names',
  2: 'Files, the tree and the output',
  3: 'Software',
  4: 'Slurm: nodes, partitions, accounts',
  5: 'Cloud',
  6: 'Hosts and services',
  7: 'Command line and loading',
};

function codesPage() {
  const areas = Object.entries(AREAS).map(([digit, title]) => {
    const entries = Object.entries(codes).filter(([id]) => id.startsWith(`HPC${digit}`));
    const pages = entries.map(
      ([id, { title, why, fix }]) => `### ${id}\n\n${title}\n\n${text(why)}\n\n**Fix:** ${text(fix)}\n`,
    );
    return entries.length === 0 ? '' : `## ${title}\n\n${pages.join('\n')}`;
  });
  return `${note}

# Codes of diagnostics

Every fault that hpcdk reports has a code. \`hpcdk explain CODE\` prints what stands here; \`hpcdk explain\` lists all of them.

${areas.filter((area) => area !== '').join('\n')}`;
}

function commandsPage() {
  const pages = commands.map(({ name, summary, details, argument, options, examples }) => {
    const usage = argument ? ` ${argument.required ? `<${argument.name}>` : `[${argument.name}]`}` : '';
    const rows = [...options, ...commonOptions].map(
      (option) => `| \`--${option.name}${option.value ? ` ${option.value}` : ''}\` | ${text(option.summary)} |`,
    );
    return [
      `## hpcdk ${name}${usage}`,
      `${summary.charAt(0).toUpperCase()}${text(summary.slice(1))}.${details ? ` ${text(details)}` : ''}`,
      ...(argument ? [`\`${argument.name}\`: ${text(argument.summary)}.`] : []),
      `| Option | |\n| --- | --- |\n${rows.join('\n')}`,
      examples.map((line) => `    ${line}`).join('\n'),
    ].join('\n\n');
  });
  return `${note}

# Commands

Every command takes \`--help\`, and ends with exit code 0, or 1 after any error. What \`--json\` and \`--format sarif\` print is
described in [results](results.md).

${pages.join('\n\n')}
`;
}

/** Text for Markdown: characters that have a meaning there stand for themselves. */
const text = (plain) => plain.replace(/[\\`*_{}[\]<>|]/g, '\\$&');

const stale = [];
for (const [path, page] of Object.entries({ 'docs/codes.md': codesPage(), 'docs/cli/commands.md': commandsPage() })) {
  const file = join(root, path);
  const formatted = await format(page, { ...(await resolveConfig(file)), parser: 'markdown' });
  if (existsSync(file) && readFileSync(file, 'utf8') === formatted) continue;
  if (process.argv.includes('--check')) stale.push(path);
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, formatted);
  }
}
if (stale.length > 0) {
  process.stderr.write(`not current: ${stale.join(', ')}; run node scripts/generate-docs.mjs\n`);
  process.exit(1);
}
