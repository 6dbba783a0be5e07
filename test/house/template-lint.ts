import Handlebars from 'handlebars';
import { escapes } from '../../lib/documents/escape';

const isEscape = (name: string) => name === 'raw' || Object.hasOwn(escapes, name);
const blocks = ['each', 'if', 'unless', 'indent'];

/** What is wrong with a template: each expression that would reach the file without an escape of its format. */
export function templateFaults(source: string): string[] {
  const faults: string[] = [];
  const body = (program: hbs.AST.Program | undefined) => program?.body.forEach(visit);
  const visit = (node: hbs.AST.Statement): void => {
    const at = `line ${node.loc.start.line}: `;
    if (node.type === 'MustacheStatement') {
      const { path, params, hash } = node as hbs.AST.MustacheStatement;
      const name = 'original' in path ? String(path.original) : '';
      const escape = hash?.pairs.find((pair) => pair.key === 'escape')?.value as hbs.AST.StringLiteral | undefined;
      const escaped = name === 'join' ? isEscape(escape?.value ?? '') : isEscape(name) && params.length === 1;
      if (!escaped && name !== '@index')
        faults.push(`${at}{{${name}}} is written without an escape of the target format`);
    } else if (node.type === 'BlockStatement') {
      const { path, program, inverse } = node as hbs.AST.BlockStatement;
      const name = 'original' in path ? String(path.original) : '';
      if (!blocks.includes(name)) faults.push(`${at}{{#${name}}} is no block helper of ours`);
      body(program);
      body(inverse);
    } else if (!['ContentStatement', 'CommentStatement'].includes(node.type)) {
      faults.push(`${at}a ${node.type} is not used here`);
    }
  };
  body(Handlebars.parse(source));
  return faults;
}
