import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConstruct } from 'constructs';
import { closest } from '../values/closest';
import { Duration } from '../values/duration';
import { byCodeUnit } from '../values/json';
import { withOrigin } from '../values/origin';
import { type Problem, quote } from '../values/problem';
import { Size } from '../values/size';
import { App } from './app';
import { type RawRow, readCsv, readYaml } from './table-readers';

/** What the cells of a column hold. An empty cell is no value. */
interface ColumnTypes {
  /** Text as it stands. */
  readonly text: string;
  /** A whole number. */
  readonly integer: number;
  /** `true` or `false`. */
  readonly boolean: boolean;
  /** A length of time, e.g. `2d`. */
  readonly duration: Duration;
  /** An amount of memory, e.g. `256GiB`. */
  readonly size: Size;
  /** Several words, with blanks or `;` between them; a sequence in YAML. */
  readonly words: readonly string[];
}

/** The columns of a table: what their cells hold; a name with `?` at its end may be left out or empty. */
export type Columns = Readonly<Record<string, keyof ColumnTypes>>;

type Name<K> = K extends `${infer N}?` ? N : K;
/** One row: its cells by column, marked with its place, so that a diagnostic points at it. */
export type Row<C extends Columns> = {
  readonly [K in keyof C as K extends `${string}?` ? never : K]: ColumnTypes[C[K]];
} & { readonly [K in keyof C as K extends `${string}?` ? Name<K> : never]?: ColumnTypes[C[K]] };

/**
 * Reads a list of nodes, accounts or anything else from a CSV or YAML file of the project (a header line, or a sequence of
 * mappings). What is wrong with the file is reported with everything else, at its row; a row with a fault is left out.
 *
 * @param scope any construct of the app
 * @param file path relative to the folder of cdktf.json, ending in .csv, .yaml or .yml
 * @param columns what the cells hold
 */
export function readTable<const C extends Columns>(scope: IConstruct, file: string, columns: C): Row<C>[] {
  const app = App.of(scope);
  const report = (problem: Problem, line = 1) => app.report({ ...problem, origin: { file, line } });
  let text: string;
  try {
    text = readFileSync(join(app.projectDir, file), 'utf8');
  } catch {
    app.report({
      code: 'HPC2510',
      message: `the table ${quote(file)} cannot be read`,
      fix: 'the path is relative to the folder of cdktf.json',
    });
    return [];
  }
  const read = /\.ya?ml$/.test(file) ? readYaml : readCsv;
  const rows: Row<C>[] = [];
  for (const raw of read(text, report)) {
    const row = readRow(raw, columns, report);
    if (row) rows.push(withOrigin(row, { file, line: raw.line }) as Row<C>);
  }
  return rows;
}

function readRow(raw: RawRow, columns: Columns, report: (problem: Problem, line: number) => void): object | undefined {
  const names = Object.keys(columns).map((name) => name.replace(/\?$/, ''));
  let sound = true;
  const fail = (problem: Problem) => {
    sound = false;
    report(problem, raw.line);
  };
  for (const name of Object.keys(raw.cells).sort(byCodeUnit)) {
    if (names.includes(name)) continue;
    const near = closest(name, names);
    fail({
      code: 'HPC2511',
      message: `there is no column ${quote(name)}`,
      fix: near ? `did you mean '${near}'?` : `the columns are ${names.join(', ')}`,
    });
  }
  const row: Record<string, unknown> = {};
  for (const [column, type] of Object.entries(columns)) {
    const name = column.replace(/\?$/, '');
    const cell = raw.cells[name];
    if (cell === undefined || cell === null || cell === '') {
      if (!column.endsWith('?')) fail({ code: 'HPC2512', message: `the row has no ${quote(name)}` });
    } else row[name] = readCell(cell, type, name, fail);
  }
  return sound ? row : undefined;
}

function readCell(cell: unknown, type: keyof ColumnTypes, name: string, fail: (problem: Problem) => void): unknown {
  const wrong = (wanted: string) =>
    fail({ code: 'HPC2513', message: `${quote(cell)} in column '${name}' is not ${wanted}` });
  const text = String(cell);
  switch (type) {
    case 'text':
      return typeof cell === 'object' ? wrong('text') : text;
    case 'integer':
      return /^-?\d+$/.test(text) ? Number(text) : wrong('a whole number');
    case 'boolean':
      return /^(true|false)$/.test(text) ? text === 'true' : wrong('true or false');
    case 'words':
      return Array.isArray(cell) ? cell.map(String) : text.split(/[\s;]+/).filter(Boolean);
    case 'duration':
    case 'size': {
      const value = type === 'duration' ? Duration.parse(text) : Size.parse(text);
      if (value.problem) fail({ ...value.problem, message: `column '${name}': ${value.problem.message}` });
      return value;
    }
  }
}
