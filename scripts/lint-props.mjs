// Rules of STYLE that a reader of the types would notice: an interface named *Props has readonly members only, and each
// optional one says its default; no class shows its props as a field; every exported class and interface of lib says
// what it is. Run: node scripts/lint-props.mjs [FOLDER]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = process.argv[2] ?? 'lib';
const faults = [];
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  if (file.endsWith('.ts') && !file.endsWith('.d.ts')) lint(join(folder, file));
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) console.error(`${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

function lint(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const say = (node, message) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    faults.push(`${path}:${line + 1}: ${message}`);
  };
  const visit = (node) => {
    if (ts.isInterfaceDeclaration(node)) lintInterface(node, say);
    if (ts.isClassLike(node)) lintClass(node, say);
    ts.forEachChild(node, visit);
  };
  visit(source);
}

function lintInterface(node, say) {
  const name = node.name.text;
  if (has(node, ts.SyntaxKind.ExportKeyword) && !documented(node)) say(node, `interface ${name} has no docstring`);
  if (!name.endsWith('Props')) return;
  for (const member of node.members.filter(ts.isPropertySignature)) {
    const label = `${name}.${member.name.getText()}`;
    if (!has(member, ts.SyntaxKind.ReadonlyKeyword)) say(member, `${label} is not readonly`);
    if (!documented(member)) say(member, `${label} has no docstring`);
    const tags = ts.getJSDocTags(member).map((tag) => tag.tagName.text);
    if (member.questionToken !== undefined && !tags.includes('default')) {
      say(member, `${label} is optional and has no @default`);
    }
  }
}

function lintClass(node, say) {
  const name = node.name?.text ?? 'class';
  if (has(node, ts.SyntaxKind.ExportKeyword) && !documented(node)) say(node, `class ${name} has no docstring`);
  const parameters = node.members.filter(ts.isConstructorDeclaration).flatMap((made) => made.parameters);
  const fields = [
    ...node.members.filter(ts.isPropertyDeclaration),
    ...parameters.filter((one) => ts.isParameterPropertyDeclaration(one, one.parent)),
  ];
  for (const field of fields) {
    const hidden = has(field, ts.SyntaxKind.PrivateKeyword) || has(field, ts.SyntaxKind.ProtectedKeyword);
    if (field.name.getText() === 'props' && !hidden) {
      say(field, `${name}.props is public; keep it private and show what callers need`);
    }
  }
}

function has(node, kind) {
  return (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}

function documented(node) {
  return ts.getJSDocCommentsAndTags(node).length > 0;
}
