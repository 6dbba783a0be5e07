import { printable, type Style } from '../../app/diagnostics/terminal';
import { diffView } from '../diff/view';
import { foldersOf } from '../folders';
import type {
  CheckResult,
  CiDiffResult,
  CommandResult,
  DeclaredKind,
  EjectResult,
  ExplainListResult,
  ExplainResult,
  InitResult,
  SynthResult,
  TreeNode,
  VerifyResult,
} from '../result';
import { countOf, files } from '../../app/words';
import { terminalExplanations } from './explanations';

/** What a command has to say, for people. */
export function terminalResult(result: CommandResult, style: Style): string {
  switch (result.code) {
    case 'synth.written':
    case 'synth.unchanged':
      return synthSummary(result, style);
    case 'check.current':
    case 'check.outdated':
      return checkSummary(result, style);
    case 'verify.output':
      return verified(result, style);
    case 'tree':
      return lines(result.constructs.flatMap((node) => treeLines(node, style, '', '')));
    case 'explain.code':
      return explained(result, style);
    case 'explain.list':
      return codeList(result);
    case 'eject.written':
      return ejected(result, style);
    case 'init.written':
      return initialised(result, style);
    case 'completion.script':
      return result.script;
    case 'diff.explained':
      return terminalExplanations(result.explanations, style);
    case 'ci.diff':
      return ciSummary(result, style);
    case 'diff.none':
    case 'diff.changes':
      return diffView(result.diff, 'terminal', { style });
  }
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

function declaration(declared: readonly DeclaredKind[], style: Style): string[] {
  if (declared.length === 0) return [];
  // a line is broken between kinds, not between a number and its kind
  const kinds = declared.map(({ kind, count }) => countOf(count, kind).replaceAll(' ', '\u00a0'));
  const [first = '', ...rest] = wrap(`Declared: ${kinds.join(', ')}`).map((line) => line.replaceAll('\u00a0', ' '));
  return [first.replace('Declared:', style.bold('Declared:')), ...rest.map((line) => `  ${line}`)];
}

function synthSummary(result: SynthResult, style: Style): string {
  const { output, declared, folders, written, removed, unchanged, recovered, next } = result;
  const total = written.length + unchanged;
  const change =
    result.code === 'synth.unchanged'
      ? 'nothing changed'
      : [
          `${written.length} written`,
          removed.length > 0 && `${removed.length} removed`,
          unchanged > 0 && `${unchanged} unchanged`,
        ]
          .filter(Boolean)
          .join(', ');
  const width = Math.max(0, ...folders.map(({ path }) => path.length));
  return lines([
    ...(recovered ? [style.yellow('An earlier synth had been stopped half-way; it was finished first.')] : []),
    ...declaration(declared, style),
    `${style.bold('Output:')} ${printable(output)}, ${files(total)} (${change})`,
    ...folders.map(({ path, files: count }) => `  ${path.padEnd(width)}  ${style.dim(files(count))}`),
    ...steps(next, style),
  ]);
}

const steps = (next: readonly string[], style: Style): string[] =>
  next.length === 0 ? [] : [style.bold('Next:'), ...next.map((command) => `  ${style.cyan(printable(command))}`)];

function checkSummary({ output, declared, write, remove, unchanged }: CheckResult, style: Style): string {
  const changes = [...write.map((path) => `  write  ${path}`), ...remove.map((path) => `  remove ${path}`)];
  const shown = changes.length > 20 ? [...changes.slice(0, 20), `  ... ${changes.length - 20} more`] : changes;
  const verdict =
    changes.length === 0
      ? `${printable(output)} is up to date, ${files(unchanged)}`
      : `${printable(output)} would change: ${files(write.length)} to write, ${remove.length} to remove, ${unchanged} unchanged`;
  return lines([...declaration(declared, style), style.green('No errors.'), verdict, ...shown]);
}

function verified({ output, digest, reviewed, files: total, changed, missing }: VerifyResult, style: Style): string {
  const wrong = changed.length + missing.length;
  const state = wrong === 0 ? 'as synth wrote them' : style.red(`${wrong} of them not as synth wrote them`);
  return lines([
    `${printable(output)}: ${files(total)}, ${state}`,
    `digest: ${digest}${reviewed ? style.green(' (reviewed)') : ''}`,
  ]);
}

function treeLines(node: TreeNode, style: Style, first: string, rest: string): string[] {
  const place = node.source ? style.dim(`  ${printable(node.source.file)}:${node.source.line}`) : '';
  const leaves: string[][] = [
    ...filesOf(node, style),
    ...node.children.map((child) => treeLines(child, style, '', '')),
  ];
  const below = leaves.flatMap((leaf, index) => {
    const last = index === leaves.length - 1;
    return leaf.map((line, row) => `${rest}${row === 0 ? (last ? '└─ ' : '├─ ') : last ? '   ' : '│  '}${line}`);
  });
  return [`${first}${style.bold(printable(node.id))} ${node.kind}${place}`, ...below];
}

/** The files of a construct; many of one folder are counted: a tree of modules would hide the constructs. */
function filesOf({ files: all }: TreeNode, style: Style): string[][] {
  if (all.length <= MOST_FILES) return all.map((file) => [style.cyan(printable(file))]);
  return foldersOf(all).map(({ path, files: count }) => [
    `${style.cyan(printable(path))}${style.dim(`  ${files(count)}`)}`,
  ]);
}

/** Files that `tree` lists one by one for a construct. */
const MOST_FILES = 12;

function explained({ entry: { id, title, why, fix } }: ExplainResult, style: Style): string {
  return lines([`${style.bold(id)}: ${title}`, '', ...wrap(why), '', ...wrap(`${style.green('fix:')} ${fix}`)]);
}

const codeList = ({ entries }: ExplainListResult): string => lines(entries.map(({ id, title }) => `${id}  ${title}`));

function ejected({ directory, files: written }: EjectResult, style: Style): string {
  return lines([
    `${style.bold('Ejected:')} ${printable(directory)}, ${files(written.length)}`,
    '  They are yours now: nothing of hpcdk is needed to use them. README.md there says how.',
  ]);
}

function initialised({ directory, files: written, kept, next }: InitResult, style: Style): string {
  return lines([
    `${style.bold('Project:')} ${printable(directory)}`,
    ...written.map((path) => `  ${path}`),
    ...kept.map((entry) => style.yellow(`  kept as it was: ${entry}`)),
    ...steps(next, style),
  ]);
}

function ciSummary({ diff, files: written, comment }: CiDiffResult, style: Style): string {
  const done = {
    created: 'The comment was posted.',
    updated: 'The comment was updated.',
    none: 'No comment was posted.',
  };
  return `${diffView(diff, 'brief', { style })}${lines([...written.map((path) => `  ${printable(path)}`), done[comment]])}`;
}

/** Breaks text at blanks into lines of up to 90 characters. */
function wrap(text: string): string[] {
  const wrapped: string[] = [];
  for (const word of text.split(' ')) {
    const last = wrapped.at(-1);
    if (last !== undefined && last.length + word.length < 90) wrapped[wrapped.length - 1] = `${last} ${word}`;
    else wrapped.push(word);
  }
  return wrapped;
}
