import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from '../fast-check';
import Handlebars from 'handlebars';
import { renderTemplate, renderText } from '../../lib/documents/template';
import { lua } from '../../lib/documents/escape';
import { collect, hostile } from './hostile';

const render = (source: string, context: object) => renderText(source, context, collect().report);

describe('renderText', () => {
  test('escapes for the target format and hands over what the escape reports', () => {
    const { report, codes } = collect();
    expect(renderText('x = {{lua a}}, {{lua b}}', { a: '"', b: 'n\0' }, report)).toBe('x = "\\"", "n"');
    expect(codes()).toEqual(['HPC2040']);
  });

  test('gives any string to the escape unchanged', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        expect(render('{{#each list}}{{lua this}}{{/each}}', { list: [value] })).toBe(lua(value, collect().report));
      }),
    );
  });

  test('helpers: join, indent, eq, raw, each with its index', () => {
    expect(render('{{join a ", " escape="lua"}}', { a: ['x', 1] })).toBe('"x", "1"');
    expect(render('{{#indent 2}}a\n\n{{raw b}}\n{{/indent}}', { b: 'b\nc' })).toBe('  a\n\n  b\n  c\n');
    expect(render('{{#if (eq a "b")}}yes{{else}}no{{/if}}', { a: 'b' })).toBe('yes');
    expect(render('{{#each a}}{{@index}}{{raw this}}{{else}}none{{/each}}', { a: ['x', 'y'] })).toBe('0x1y');
    expect(render('{{#unless a}}{{raw "<&>"}}{{/unless}}', { a: false })).toBe('<&>');
  });

  test.each([
    ['{{x}}', {}],
    ['{{lua x}}', {}],
    ['{{raw x}}', {}],
    ['{{lua x.y}}', { x: {} }],
    ['{{#each x}}{{/each}}', {}],
    ['{{#if x}}{{/if}}', {}],
    ['{{#unless x}}{{/unless}}', {}],
    ['{{join x ","}}', {}],
    ['{{join x "," escape="constructor"}}', { x: [] }],
    ['{{nosuch x}}', { x: 1 }],
    ['{{> part}}', {}],
    ['{{log x}}', { x: 1 }],
    ['{{lua x}}', { x: {} }],
  ])('throws for %s with %j', (source, context) => expect(() => render(source, context)).toThrow());

  test.each(['toString', 'constructor.name', '__proto__.x', 'hasOwnProperty'])(
    'does not reach the prototype by %s',
    (path) => {
      expect(() => render(`{{lua ${path}}}`, {})).toThrow();
      expect(() => render(`{{#each ${path}}}{{/each}}`, {})).toThrow();
    },
  );

  test('leaves the shared Handlebars alone', () => {
    render('{{lua x}}', { x: '' });
    expect(Handlebars.helpers).not.toHaveProperty('lua');
    expect(Handlebars.helpers).toHaveProperty('lookup');
  });
});

describe('renderTemplate', () => {
  test('throws with the name of a template that is not there', () => {
    expect(() => renderTemplate('no/such', {}, collect().report)).toThrow(/no\/such\.hbs/);
  });

  test('Handlebars is loaded only when a template is rendered', () => {
    jest.isolateModules(() => {
      const seen = jest.fn();
      jest.doMock('handlebars', () => {
        seen();
        return Handlebars;
      });
      const template = require('../../lib/documents/template') as typeof import('../../lib/documents/template');
      expect(seen).not.toHaveBeenCalled();
      template.renderText('', {}, collect().report);
      expect(seen).toHaveBeenCalledTimes(1);
    });
  });
});

describe('the templates of the bundle', () => {
  const root = mkdtempSync(join(tmpdir(), 'hpcdk-template-'));
  afterAll(() => rmSync(root, { recursive: true }));

  test('precompiled, they give the same text', async () => {
    // GIVEN templates compiled by the step of the build
    mkdirSync(join(root, 'templates/a'), { recursive: true });
    const source = '{{#each list}}\n{{shell this}}\n{{/each}}\n';
    writeFileSync(join(root, 'templates/a/b.sh.hbs'), source);
    const { execFileSync } = await import('node:child_process');
    const script = join(__dirname, '../../scripts/precompile-templates.mjs');
    execFileSync(process.execPath, [script, join(root, 'templates'), join(root, 'templates.js')]);
    const specs = require(join(root, 'templates.js')) as Record<string, TemplateSpecification>;
    expect(Object.keys(specs)).toEqual(['a/b.sh']);
    // WHEN the runtime of Handlebars gets them THEN they still refuse a missing variable, and do not escape HTML
    const engine = Handlebars.create();
    engine.registerHelper('shell', (value: unknown) => `'${String(value)}'`);
    const template = engine.template<object>(specs['a/b.sh']!);
    expect(template({ list: ['<a>'] })).toBe(render(source, { list: ['<a>'] }));
  });
});
