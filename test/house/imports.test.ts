import { join } from 'node:path';
import { importCycles, importFaults, ImportGraph, readImports } from './import-rules';

const lib = join(__dirname, '../../lib');
const graph = (imports: Record<string, string[]>): ImportGraph => {
  const targets = Object.values(imports)
    .flat()
    .filter((name) => name.endsWith('.ts'));
  return new Map(
    Object.entries({ ...imports, ...Object.fromEntries(targets.map((name) => [name, imports[name] ?? []])) }),
  );
};

describe('the imports of lib', () => {
  const real = readImports(lib);

  test('are read', () => {
    expect(real.get('app/site.ts')?.length).toBeGreaterThan(0);
    const local = [...real.values()].flat().filter((name) => real.has(name));
    expect(local.length).toBeGreaterThan(real.size / 2);
  });

  test('run one way, and only lib/cloud knows cdktf', () => {
    expect(importFaults(real)).toEqual([]);
  });

  test('have no cycle, but of types that `import type` names', () => {
    expect(importCycles(readImports(lib, { types: false })).map((cycle) => cycle.join(' -> '))).toEqual([]);
  });
});

describe('the rule of direction', () => {
  test.each([
    ['values/a.ts', 'documents/b.ts'],
    ['app/a.ts', 'cloud/b.ts'],
    ['services/a.ts', 'hosts/b.ts'],
    ['testing/a.ts', 'cli/b.ts'],
    ['diff/a.ts', 'compute/b.ts'],
    ['compute/a.ts', 'testing/b.ts'],
    ['cli/a.ts', 'index.ts'],
    ['app/a.ts', 'codes.ts'],
  ])('%s may not import %s', (from, to) => {
    expect(importFaults(graph({ [from]: [to] }))).toEqual([expect.stringContaining(`lib/${from} imports lib/${to}`)]);
  });

  test.each([
    ['documents/a.ts', 'values/b.ts'],
    ['services/a.ts', 'cloud/b.ts'],
    ['testing/a.ts', 'environments/b.ts'],
    ['cli/a.ts', 'diff/b.ts'],
    ['cli/a.ts', 'codes.ts'],
    ['diff/a.ts', 'app/b.ts'],
    ['index.ts', 'cli/b.ts'],
  ])('%s may import %s', (from, to) => {
    expect(importFaults(graph({ [from]: [to] }))).toEqual([]);
  });

  test('a folder without a place is a fault', () => {
    expect(importFaults(graph({ 'misc/a.ts': [] }))).toEqual([expect.stringContaining('no place')]);
  });
});

describe('the boundary around cdktf', () => {
  test('only lib/cloud, and never the root of a provider', () => {
    expect(importFaults(graph({ 'cloud/a.ts': ['cdktf', '@cdktf/provider-aws/lib/vpc'] }))).toEqual([]);
    expect(importFaults(graph({ 'compute/a.ts': ['cdktf'] }))).toEqual([expect.stringContaining('only lib/cloud')]);
    expect(importFaults(graph({ 'cloud/a.ts': ['@cdktf/provider-aws'] }))).toEqual([expect.stringContaining('root')]);
  });
});

describe('the search for cycles', () => {
  test('finds each one and no other', () => {
    const imports = { 'a.ts': ['b.ts', 'd.ts'], 'b.ts': ['c.ts'], 'c.ts': ['a.ts', 'd.ts'], 'd.ts': [] };
    expect(importCycles(graph(imports))).toEqual([['a.ts', 'b.ts', 'c.ts', 'a.ts']]);
    expect(importCycles(graph({ 'a.ts': ['b.ts', 'c.ts'], 'b.ts': ['c.ts'] }))).toEqual([]);
  });
});
