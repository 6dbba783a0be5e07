import { quote, type Report } from '../values/problem';
import { readContainerfile } from './containerfile-reader';
import { comment, containerfile as escape, json, oneLine } from './escape';
import type { Containerfile, ContainerfileFlag, ContainerfileStep } from './containerfile-step';
import { type Expandable, printExpandable } from './expandable';
import type { Format } from './format';

/** Containerfiles as buildah, podman and docker build them; no heredocs, no ONBUILD and HEALTHCHECK. */
export const containerfile: Format<Containerfile> = {
  name: 'containerfile',
  print({ steps }, report) {
    return steps
      .map((step, index) => {
        const before = steps[index - 1];
        const isNewStage = 'instruction' in step && step.instruction === 'FROM' && before && !('comment' in before);
        return `${isNewStage ? '\n' : ''}${printStep(step, report)}\n`;
      })
      .join('');
  },
  parse: readContainerfile,
};

const refuse = (report: Report, message: string) => report({ code: 'HPC2060', message });

function printStep(step: ContainerfileStep, report: Report): string {
  if ('comment' in step) return printComment(step.comment, report);
  const head = [
    step.instruction,
    ...('flags' in step ? (step.flags ?? []).map((flag) => printFlag(flag, report)) : []),
  ];
  const text =
    'words' in step
      ? printWords(step.words, report)
      : 'pairs' in step
        ? printPairs(step.instruction, step.pairs, report)
        : 'exec' in step
          ? `[${step.exec.map((word) => json(word, report)).join(', ')}]`
          : printLines(step.instruction, step.lines, report);
  return `${head.join(' ')} ${text}`;
}

function printComment(text: string, report: Report): string {
  if (/^\s*(escape|syntax|check)\s*=/i.test(text)) {
    refuse(report, `the comment ${quote(text)} would be a directive to the parser of the Containerfile`);
    return '#';
  }
  return text === '' ? '#' : `# ${comment(text, report)}`;
}

function printFlag([name, value]: ContainerfileFlag, report: Report): string {
  if (!/^[a-z][a-z-]*$/.test(name)) refuse(report, `${quote(name)} cannot be the name of a flag in a Containerfile`);
  return value === undefined ? `--${name}` : `--${name}=${printWord(value, report)}`;
}

function printWords(words: readonly Expandable[], report: Report): string {
  const printed = words.map((word) => printWord(word, report));
  if (words.length === 0 || words.some((word) => word.length === 0))
    refuse(report, 'an instruction of a Containerfile needs its words');
  if (/^\[|^--/.test(printed[0] ?? '')) refuse(report, `${quote(printed[0])} would be read as a JSON form or a flag`);
  return printed.join(' ');
}

function printWord(word: Expandable, report: Report): string {
  const literal = (text: string) => {
    if (!/[\s"'`\\$]|<</.test(oneLine(text, report))) return oneLine(text, () => undefined);
    refuse(
      report,
      `${quote(text)} cannot be a word of a Containerfile: blanks, quotes, backslashes, $ and << have a meaning there`,
    );
    return '';
  };
  return printExpandable(word, report, literal, (name) => `\${${name}}`);
}

function printPairs(
  instruction: 'ENV' | 'LABEL' | 'ARG',
  pairs: readonly (readonly [name: string, value?: Expandable])[],
  report: Report,
): string {
  const name = instruction === 'LABEL' ? /^[\w./-]+$/ : /^[A-Za-z_]\w*$/;
  if (pairs.length === 0) refuse(report, `${instruction} needs a name and a value`);
  return pairs
    .map(([key, value]) => {
      if (!name.test(key)) refuse(report, `${quote(key)} cannot be a name in ${instruction}`);
      if (value === undefined) {
        if (instruction !== 'ARG') refuse(report, `${instruction} ${quote(key)} needs a value`);
        return key;
      }
      const text = printExpandable(
        value,
        report,
        (piece) => escape(piece, report).slice(1, -1),
        (variable) => `\${${variable}}`,
      );
      return `${key}="${text}"`;
    })
    .join(` \\\n    `);
}

function printLines(instruction: string, lines: readonly string[], report: Report): string {
  const wrong = (line: string, index: number): string | undefined => {
    if (line === '' || line !== line.trim()) return 'is empty or has blanks at its ends, which the builder drops';
    if (line.endsWith('\\')) return 'ends with a backslash, which joins it with the next line';
    if (line.startsWith('#')) return 'begins with #, which makes it a comment';
    if (/(^|\s)\d*<<-?[^\s<]/.test(line)) return 'has a heredoc, which not every builder reads';
    if (index === 0 && line.startsWith('--')) return 'begins with --, which makes it a flag';
    return undefined;
  };
  if (lines.length === 0) refuse(report, `${instruction} needs a line of shell text`);
  lines.forEach((line, index) => {
    const why = wrong(oneLine(line, report), index);
    if (why) refuse(report, `the line ${quote(line)} of ${instruction} ${why}`);
  });
  const text = lines.map((line) => oneLine(line, () => undefined)).join(' \\\n    ');
  if (/^\[[^]*\]$/.test(text)) refuse(report, `${quote(text)} of ${instruction} would be read as the JSON form`);
  return text;
}
