import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../lib/values/package-root';
import { templateFaults } from './template-lint';

const folder = join(packageRoot(), 'templates');
const templates = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'))
  : [];

describe('templates', () => {
  test('every expression goes through an escape of its format', () => {
    const faults = templates.flatMap((file) =>
      templateFaults(readFileSync(join(folder, file), 'utf8')).map((fault) => `${file}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  test.each([
    '{{x}}',
    '{{{x}}}',
    '{{&x}}',
    '{{this}}',
    '{{#each list}}{{this}}{{/each}}',
    '{{#if a}}{{else}}{{b}}{{/if}}',
    '{{lua}}',
    '{{join list ", "}}',
    '{{join list ", " escape="html"}}',
    '{{eq a b}}',
    '{{#with a}}{{/with}}',
    '{{#indent 2}}{{x}}{{/indent}}',
    '{{> part}}',
    '{{@key}}',
  ])('the lint refuses %s', (source) => expect(templateFaults(source)).toHaveLength(1));

  test.each([
    '{{lua x}} {{raw body}}',
    '{{#each list}}{{@index}} {{shell this}}{{/each}}',
    '{{join list ", " escape="lua"}}',
    '{{containerfile (shell x)}}',
    '{{#if (eq a "b")}}{{! why }}{{/if}}',
  ])('the lint takes %s', (source) => expect(templateFaults(source)).toEqual([]));
});
