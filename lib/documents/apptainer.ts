import { quote, type Report } from '../values/problem';
import { readApptainer } from './apptainer-reader';
import type { ApptainerDefinition, ApptainerSection, ApptainerStage } from './apptainer-section';
import { apptainer as escape, apptainerLabel, comment, noBuildArgument, oneLine, textOf } from './escape';
import { type Expandable, printExpandable } from './expandable';
import type { Format } from './format';

/** Definition files as `apptainer build` reads them, without build arguments and SCIF apps. */
export const apptainer: Format<ApptainerDefinition> = {
  name: 'apptainer',
  print({ comment: lines = [], stages }, report) {
    const top = lines.map((line) => `${line === '' ? '#' : `# ${noBuildArgument(comment(line, report), report)}`}\n`);
    return `${top.join('')}${stages.map((stage) => printStage(stage, report)).join('\n\n')}`;
  },
  parse: readApptainer,
};

const refuse = (report: Report, message: string) => report({ code: 'HPC2062', message });

function printStage({ header, sections }: ApptainerStage, report: Report): string {
  const lines = header.map(([keyword, value]) => printHeader(keyword, value, report));
  if (header[0]?.[0].toLowerCase() !== 'bootstrap') refuse(report, 'the header of a stage begins with Bootstrap');
  if (header.slice(1).some(([keyword]) => keyword.toLowerCase() === 'bootstrap')) {
    refuse(report, 'the header of a stage has Bootstrap only once');
  }
  return [`${lines.join('\n')}\n`, ...sections.map((section) => printSection(section, report))].join('\n');
}

function printHeader(keyword: string, value: string, report: Report): string {
  const text = noBuildArgument(oneLine(value, report), report);
  if (!/^[A-Za-z]+\d*$/.test(keyword)) refuse(report, `${quote(keyword)} cannot be a keyword of a definition's header`);
  if (text !== text.trim() || /#|\\$/.test(text) || text === '') {
    refuse(
      report,
      `${quote(value)} cannot stand in a header: # starts a comment there, a backslash joins lines, blanks are stripped`,
    );
  }
  return `${keyword}: ${text}`;
}

function printSection(section: ApptainerSection, report: Report): string {
  if ('script' in section) {
    const args = section.args === undefined ? '' : ` ${oneWordLine(section.args, report)}`;
    return `%${section.section}${args}\n${printScript(section.script, report)}\n`;
  }
  if ('variables' in section) {
    return `%environment\n${section.variables.map((variable) => printVariable(variable, report)).join('')}`;
  }
  if ('labels' in section) return `%labels\n${section.labels.map((label) => printLabel(label, report)).join('')}`;
  const from = section.from === undefined ? '' : ` from ${oneWordLine(section.from, report)}`;
  return `%files${from}\n${section.files.map((file) => printFile(file, report)).join('')}`;
}

function oneWordLine(text: string, report: Report): string {
  const line = noBuildArgument(oneLine(text, report), report);
  if (line === '' || line !== line.trim()) refuse(report, `${quote(text)} cannot stand after the name of a section`);
  return line;
}

function printScript(script: string, report: Report): string {
  const text = noBuildArgument(textOf(script, report), report);
  if (text.includes('\r'))
    report({ code: 'HPC2041', message: `${quote(script)} has a carriage return, which Apptainer drops` });
  const bad = /^(?:[\s\u0085]*%|bootstrap:).*/im.exec(text);
  if (!bad) return text;
  report({
    code: 'HPC2044',
    message: `the line ${quote(bad[0])} cannot stand in a script: it would start a section or a stage of the definition`,
  });
  return '';
}

function printVariable([name, value]: readonly [string, Expandable], report: Report): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) refuse(report, `${quote(name)} cannot be the name of an environment variable`);
  const text = printExpandable(
    value,
    report,
    (piece) => escape(piece, report),
    (variable) => `"\${${variable}}"`,
  );
  return `    export ${name}=${text === '' ? "''" : text}\n`;
}

function printLabel([name, value]: readonly [string, string], report: Report): string {
  if (/[\s#%]|^$|[{}\u0000-\u001f\u007f-\u009f]/.test(name))
    refuse(report, `${quote(name)} cannot be the name of a label`);
  return `    ${name} ${apptainerLabel(value, report)}\n`;
}

function printFile([source, target]: readonly [string, string?], report: Report): string {
  const word = (path: string) => {
    const text = oneLine(path, report);
    if (/["'{}%#]|^$/.test(text)) refuse(report, `${quote(path)} cannot be a path in %files`);
    return /\s/.test(text) ? `"${text}"` : text;
  };
  return `    ${[source, ...(target === undefined ? [] : [target])].map(word).join(' ')}\n`;
}
