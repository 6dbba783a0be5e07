// Writes the pages of docs/ that are made from the sources, and the tables of properties on the others (between
// `<!-- props NameProps -->` and `<!-- /props -->`): node scripts/generate-docs.mjs [--check]
// With --check nothing is written; pages that are not current are listed, and the exit code is 1.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { effectsPage } from './effects-page.mjs';
import { scenariosPage } from './scenarios-page.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const load = createJiti(import.meta.url);
const { codes } = await load.import('../lib/codes.ts');
const { commands, commonOptions } = await load.import('../lib/cli/commands.ts');
const { allOptions } = await load.import('../lib/cli/command.ts');

const hpcdk = await load.import('../lib/index.ts');
const { EFFECT_CLASSES } = await load.import('../lib/app/effect.ts');
const { slurmOptions } = await load.import('../lib/compute/slurm/options.ts');
const { slurmKeys } = await load.import('../lib/compute/slurm/key-effects.ts');

const { scenarios } = await load.import('../test/diff/scenarios/index.ts');
const { diffOfScenario } = await load.import('../test/diff/scenarios/scenario.ts');
const { terminalDiff } = await load.import('../lib/diff/views/terminal.ts');

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
  const pages = commands.map(({ name, summary, details, arguments: args = [], options, examples }) => {
    const usage = args.map((one) => (one.required ? ` <${one.name}>` : ` [${one.name}]`)).join('');
    const rows = allOptions(options, commonOptions).map(
      (option) => `| \`--${option.name}${option.value ? ` ${option.value}` : ''}\` | ${text(option.summary)} |`,
    );
    return [
      `## hpcdk ${name}${usage}`,
      `${summary.charAt(0).toUpperCase()}${text(summary.slice(1))}.${details ? ` ${text(details)}` : ''}`,
      ...args.map((one) => `\`${one.name}\`: ${text(one.summary)}.`),
      `| Option | |\n| --- | --- |\n${rows.join('\n')}`,
      examples.map((line) => `    ${line}`).join('\n'),
    ].join('\n\n');
  });
  return `${note}

# Commands

Every command takes \`--help\`, and ends with exit code 0, or 1 after any error; \`hpcdk diff\` has two more. These, and what
\`--json\` and \`--format sarif\` print, are described in [results](results.md).

${pages.join('\n\n')}
`;
}

/** Text for Markdown: characters that have a meaning there stand for themselves. */
const text = (plain) => plain.replace(/[\\`*_{}[\]<>|]/g, '\\$&');

/** The interfaces of lib by name, read from their text: members with docstring and default, and what they extend. */
function readInterfaces() {
  const found = new Map();
  for (const path of readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    const source = readFileSync(join(root, 'lib', path), 'utf8');
    if (!source.includes('Props')) continue;
    ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true).forEachChild((node) => {
      if (ts.isInterfaceDeclaration(node)) found.set(node.name.text, node);
    });
  }
  return found;
}

/** The rows of an interface's members, those of the interfaces that it extends first. */
function rowsOf(name, interfaces) {
  const node = interfaces.get(name);
  if (!node) throw new Error(`there is no interface ${name} in lib`);
  const above = (node.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.expression.getText()));
  const own = node.members.filter(ts.isPropertySignature).map((member) => {
    const [doc] = ts.getJSDocCommentsAndTags(member);
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default');
    const written = tag ? ts.getTextOfJSDocComment(tag.comment) : undefined;
    const fallback = written?.startsWith('- ') ? cell(written.slice(2)) : `\`${written}\``;
    const meaning = cell(ts.getTextOfJSDocComment(doc?.comment) ?? '');
    return `| \`${member.name.getText()}\` | ${meaning} | ${member.questionToken ? fallback : 'required'} |`;
  });
  return [...above.flatMap((other) => rowsOf(other, interfaces)), ...own];
}

/** A docstring in one cell of a table; what stands in back quotes stays as it is. */
const cell = (comment) => comment.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim();

/** The pages with tables of properties, brought up to date. */
function pagesWithProps() {
  const interfaces = readInterfaces();
  const pages = {};
  for (const path of readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.md')) continue;
    const page = readFileSync(join(root, 'docs', path), 'utf8');
    const marked = /<!-- props (\w+) -->[^]*?<!-- \/props -->/g;
    if (!marked.test(page)) continue;
    pages[`docs/${path}`] = page.replace(marked, (_, name) => {
      const head = '| property | meaning | default |\n| --- | --- | --- |';
      return `<!-- props ${name} -->\n\n${head}\n${rowsOf(name, interfaces).join('\n')}\n\n<!-- /props -->`;
    });
  }
  return pages;
}

/** The kinds of constructs that the library exports, by name. */
const kinds = Object.values(hpcdk)
  .filter((one) => typeof one === 'function' && typeof one.kind === 'string' && one.fields)
  .sort((a, b) => (a.kind < b.kind ? -1 : 1));

const effects = () =>
  effectsPage({
    kinds,
    classes: EFFECT_CLASSES,
    options: slurmOptions(),
    keys: {
      'Keys of slurm.conf': { file: 'slurm.conf', scope: 'global', of: slurmKeys('slurm.conf') },
      'Keys of a partition': { file: 'slurm.conf', scope: 'partition', of: slurmKeys('slurm.conf', 'partition') },
      'Keys of slurmdbd.conf': { file: 'slurmdbd.conf', scope: 'global', of: slurmKeys('slurmdbd.conf') },
    },
    escape: text,
  });

const stale = [];
const made = {
  'docs/diff/effects.md': `${note}\n\n${effects()}`,
  'docs/diff/scenarios.md': `${note}\n\n${await scenariosPage({ scenarios, diffOf: diffOfScenario, terminal: terminalDiff })}`,
  'docs/codes.md': codesPage(),
  'docs/cli/commands.md': commandsPage(),
  ...pagesWithProps(),
};
for (const [path, page] of Object.entries(made)) {
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
