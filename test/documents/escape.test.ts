import { execFileSync } from 'node:child_process';
import fc from '../fast-check';
import * as luaparse from 'luaparse';
import { documentCodes } from '../../lib/documents/codes';
import { escapes, type Escape } from '../../lib/documents/escape';
import { collect, hostile } from './hostile';

const run = (escape: Escape, value: string) => {
  const { report, codes } = collect();
  return { text: escape(value, report), codes: codes() };
};

/** For any string: a report, or the reader gives the string back. */
const carries = (escape: Escape, read: (text: string) => string, arbitrary = hostile) =>
  fc.assert(
    fc.property(arbitrary, (value) => {
      const { text, codes } = run(escape, value);
      for (const code of codes) expect(documentCodes).toHaveProperty(code);
      if (codes.length === 0) expect(read(text)).toBe(value);
      else read(text); // what is written after a report is still well-formed
    }),
  );

describe('escape', () => {
  test('lua: an independent Lua parser gives the string back', () => {
    carries(
      escapes.lua,
      (text) => {
        const chunk = luaparse.parse(`x = ${text}`, { encodingMode: 'x-user-defined' });
        const [assignment] = chunk.body;
        if (assignment?.type !== 'AssignmentStatement') throw new Error('not one assignment');
        const [value] = assignment.init;
        if (value?.type !== 'StringLiteral') throw new Error('not a string');
        expect(chunk.body).toHaveLength(1);
        return value.value;
      },
      fc.string({ unit: 'binary-ascii' }),
    );
    expect(run(escapes.lua, 'a"\n\\\u0001é').text).toBe('"a\\"\\n\\\\\\001é"');
  });

  test('shell: sh gives the string back', () => {
    const values = fc.sample(hostile, { numRuns: 60, seed: 1 }).filter((v) => run(escapes.shell, v).codes.length === 0);
    const script = values.map((value) => `printf '%s\\0' ${run(escapes.shell, value).text}`).join('\n');
    expect(execFileSync('sh', { input: script }).toString().split('\0').slice(0, -1)).toEqual(values);
    expect(values.length).toBeGreaterThan(20);
  });

  test('ini: what is written reads the same whether a reader strips, unquotes, expands or knows comments', () => {
    carries(escapes.ini, (text) =>
      text
        .split(/\s[;#]/)[0]!
        .trim()
        .replace(/^(["'`])(.*)\1$/, '$2')
        .replace(/%%/g, '%'),
    );
    expect(run(escapes.ini, '/var/log/a b;c').codes).toEqual([]);
    for (const bad of [' a', '"a"', 'a % b', 'a ; b', '${HOME}', 'a\\'])
      expect(run(escapes.ini, bad).codes).toEqual(['HPC2042']);
    expect(run(escapes.ini, 'a\nb').codes).toEqual(['HPC2041']);
  });

  test('containerfile: quotes, backslashes and $ are literal, a line break is refused', () => {
    carries(escapes.containerfile, (text) => {
      expect(text).toMatch(/^"(?:[^"\\$\n]|\\["\\$])*"$/);
      return text.slice(1, -1).replace(/\\(.)/g, '$1');
    });
    expect(run(escapes.containerfile, 'a\nb').codes).toEqual(['HPC2041']);
  });

  test('apptainer: build arguments and lines that start a section are refused', () => {
    expect(run(escapes.apptainer, "it's\nfine").text).toBe("'it'\\''s\nfine'");
    expect(run(escapes.apptainer, 'a\n  %post').codes).toEqual(['HPC2044']);
    for (const escape of [escapes.apptainer, escapes.apptainerLabel]) {
      expect(run(escape, 'x {{ NAME }}').codes).toEqual(['HPC2043']);
      expect(run(escape, 'x {{ two words }} {{').codes).toEqual([]);
    }
    expect(run(escapes.apptainerLabel, 'a ').codes).toEqual(['HPC2041']);
    carries(escapes.apptainerLabel, (text) => text.trim());
  });

  test('comment: one line, and it ends there', () => {
    carries(escapes.comment, (text) => {
      expect(text).not.toMatch(/[\n\r]|\\$/);
      return text;
    });
    expect(run(escapes.comment, 'a\nServerName x').codes).toEqual(['HPC2041']);
    expect(run(escapes.comment, 'a\\').codes).toEqual(['HPC2046']);
  });

  test('terraform: template markers are doubled', () => {
    expect(run(escapes.terraform, '${a} %{b} $${c} $ %').text).toBe('$${a} %%{b} $$${c} $ %');
    carries(escapes.terraform, (text) => text.replace(/\$\$\{/g, '${').replace(/%%\{/g, '%{'));
  });

  test('json: a JSON string in printable characters', () => {
    carries(escapes.json, (text) => {
      expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028]/);
      return JSON.parse(text) as string;
    });
  });

  test('xml: markup characters and blanks of attributes are references', () => {
    expect(run(escapes.xml, '<a href="x">&\n').text).toBe('&#60;a href=&#34;x&#34;&#62;&#38;&#10;');
    expect(run(escapes.xml, '\u0001').codes).toEqual(['HPC2045']);
    carries(escapes.xml, (text) => {
      expect(text).not.toMatch(/[<>"'\n]|&(?!#\d+;)/);
      return text.replace(/&#(\d+);/g, (_, n) => String.fromCharCode(n));
    });
  });

  test.each(Object.entries(escapes))('%s: a NUL and half a surrogate pair are refused', (_, escape) => {
    expect(run(escape, 'a\0b').codes).toEqual(['HPC2040']);
    expect(run(escape, 'a\ud800b').codes).toEqual(['HPC2040']);
  });
});
