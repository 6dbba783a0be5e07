import { yaml } from '../../documents/yaml';
import { quote, type Report } from '../../values/problem';

/** A template of ours: the only text that Ansible may expand. */
export class Expression {
  constructor(readonly text: string) {}
}

/** Marks text as a template of ours. A value in it must be one whose rule allows no braces and no quotes. */
export const expression = (text: string): Expression => new Expression(text);

/** The beginning of anything that Ansible expands. */
const TEMPLATE = /\{[{%#]/;

/** Prints typed objects as YAML for Ansible; text that Ansible would expand is refused unless it is our own. */
export function ansibleYaml(value: unknown, report: Report): string {
  return yaml.print(settle(value, report), report);
}

function settle(value: unknown, report: Report): unknown {
  if (value instanceof Expression) return value.text;
  if (typeof value === 'string') {
    if (!TEMPLATE.test(value)) return value;
    report({ code: 'HPC6008', message: `${quote(value)} holds {{, {% or {#, which Ansible would expand` });
    return '';
  }
  if (Array.isArray(value)) return value.map((item) => settle(item, report));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, settle(item, report)]),
  );
}
