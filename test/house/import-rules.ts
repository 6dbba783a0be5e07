import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

/** The folders of lib from the lowest to the highest: each may import itself and those before its own line. */
const floors: readonly (readonly string[])[] = [
  ['values'],
  ['documents'],
  ['app'],
  ['software'],
  ['storage'],
  ['compute'],
  ['cloud'],
  ['hosts', 'identity', 'services', 'monitoring', 'ci'],
  ['environments'],
  ['cli'],
];

/** Folders beside that order, and what they may import. */
const beside: Readonly<Record<string, (folder: string) => boolean>> = {
  diff: (folder) => ['values', 'documents', 'app'].includes(folder),
  testing: (folder) => folder !== 'cli' && (floorOf(folder) !== -1 || folder === 'diff'),
};

/** What each file of lib imports, by its path below lib; packages by their own name. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const floorOf = (folder: string) => floors.findIndex((floor) => floor.includes(folder));
const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');

/** Reads the imports of every TypeScript file below a folder; without types, those that vanish when it is compiled. */
export function readImports(lib: string, { types } = { types: true }): ImportGraph {
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const known = new Set(files);
  const graph = new Map<string, string[]>();
  for (const file of files.sort()) {
    const text = readFileSync(join(lib, file), 'utf8');
    const names = new Set(ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName));
    if (!types) for (const name of typeImports(file, text)) names.delete(name);
    graph.set(
      file,
      [...names].map((name) => resolveImport(file, name, known)),
    );
  }
  return graph;
}

/** The modules that a file names in `import type` or `export type` only. */
function typeImports(file: string, text: string): string[] {
  const only = new Map<string, boolean>();
  for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const from = statement.moduleSpecifier;
    if (from === undefined || !ts.isStringLiteral(from)) continue;
    const type = ts.isImportDeclaration(statement) ? statement.importClause?.isTypeOnly : statement.isTypeOnly;
    only.set(from.text, (only.get(from.text) ?? true) && type === true);
  }
  return [...only].filter(([, type]) => type).map(([name]) => name);
}

function resolveImport(from: string, name: string, known: ReadonlySet<string>): string {
  if (!name.startsWith('.')) return name;
  const path = posix.join(dirname(from), name.replace(/\.js$/, ''));
  return [`${path}.ts`, posix.join(path, 'index.ts')].find((file) => known.has(file)) ?? path;
}

/** Imports that break the order of the folders or the boundary around cdktf, each as a sentence with its mend. */
export function importFaults(graph: ImportGraph): string[] {
  const faults: string[] = [];
  for (const [file, imports] of graph) {
    const folder = folderOf(file);
    if (folder !== '' && floorOf(folder) === -1 && !(folder in beside)) {
      faults.push(`lib/${file}: lib/${folder} has no place in the order of folders; give it one in import-rules.ts`);
      continue;
    }
    for (const name of imports) {
      if (graph.has(name)) {
        if (!mayImport(folder, name)) {
          faults.push(`lib/${file} imports lib/${name}, which stands higher; move what both need into a lower folder`);
        }
      } else if (/^@cdktf\/[^/]+(\/lib(\/index)?)?$/.test(name)) {
        faults.push(`lib/${file} imports the root of ${name}, which takes seconds; import its submodule`);
      } else if ((name === 'cdktf' || name.startsWith('@cdktf/')) && folder !== 'cloud') {
        faults.push(`lib/${file} imports ${name}; only lib/cloud does`);
      } else if (name === 'hpcdk' || name.startsWith('hpcdk/')) {
        faults.push(`lib/${file} imports ${name}, which is itself; import the file`);
      }
    }
  }
  return faults;
}

function mayImport(folder: string, file: string): boolean {
  const other = folderOf(file);
  if (folder === other || folder === '') return true; // lib/index.ts gathers what users import
  if (other === '') return folder === 'cli' && file !== 'index.ts'; // such as the catalogue of all codes
  const rule = beside[folder];
  if (rule !== undefined) return rule(other);
  if (other in beside) return folder === 'cli';
  return floorOf(other) < floorOf(folder);
}

/** The import cycles, each as a list of files that ends where it began. */
export function importCycles(graph: ImportGraph): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      cycles.push([...path.slice(at), file]);
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) if (graph.has(next)) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}
