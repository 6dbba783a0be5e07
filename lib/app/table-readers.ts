import type { Problem } from '../values/problem';

/** A row before its cells are read. */
export interface RawRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, unknown>>;
}

type Report = (problem: Problem, line: number) => void;

/** Reads CSV (RFC 4180) with a header line; lines that start with `#` and empty lines are skipped. */
export function readCsv(text: string, report: Report): RawRow[] {
  const { parse } = require('csv-parse/sync') as typeof import('csv-parse/sync');
  try {
    const records = parse(text, {
      columns: (header: string[]) => header.map((name) => name.trim()),
      info: true,
      trim: true,
      bom: true,
      comment: '#',
      comment_no_infix: true,
      skip_empty_lines: true,
    }) as { record: Record<string, string>; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    const { message, lines } = error as { message: string; lines?: number };
    report({ code: 'HPC2514', message: `the table is no CSV: ${message}` }, lines ?? 1);
    return [];
  }
}

/** Reads a YAML sequence of mappings. */
export function readYaml(text: string, report: Report): RawRow[] {
  const { isMap, isSeq, LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', schema: 'failsafe' });
  for (const error of document.errors) {
    const sentence = (error.message.split('\n')[0] as string).replace(/ at line .*$/, '');
    report({ code: 'HPC2514', message: `the table is no YAML: ${sentence}` }, error.linePos?.[0].line ?? 1);
  }
  if (document.errors.length > 0) return [];
  if (!isSeq(document.contents)) {
    report({ code: 'HPC2514', message: 'the table is no sequence of mappings' }, 1);
    return [];
  }
  return document.contents.items.flatMap((item) => {
    const line = lines.linePos(item.range[0]).line;
    if (isMap(item)) return [{ line, cells: item.toJSON() as Record<string, unknown> }];
    report({ code: 'HPC2514', message: 'the item is no mapping of columns to cells' }, line);
    return [];
  });
}
