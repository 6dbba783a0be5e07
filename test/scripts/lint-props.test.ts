import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(__dirname, '../../scripts/lint-props.mjs');

function lint(source: string): { code: number | null; said: string } {
  const dir = mkdtempSync(join(tmpdir(), 'hpcdk-lint-'));
  try {
    writeFileSync(join(dir, 'a.ts'), source);
    const { status, stderr } = spawnSync(process.execPath, [script, dir], { encoding: 'utf8' });
    return { code: status, said: stderr.replaceAll(`${dir}/`, '') };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test('takes what follows the rules', () => {
  const { code, said } = lint(`
/** A pool. */
export interface PoolProps {
  /** Names. */
  readonly hosts: string;
  /** Seconds. @default 10 */
  readonly idle?: number;
}
/** A pool. */
export class Pool { constructor(private readonly props: PoolProps) {} }
interface Inner { free: string }
`);
  expect(said).toBe('');
  expect(code).toBe(0);
});

test.each([
  ['/** x */ export interface AProps {\n/** y */ hosts: string }', 'a.ts:2: AProps.hosts is not readonly'],
  ['/** x */ export interface AProps {\nreadonly hosts: string }', 'a.ts:2: AProps.hosts has no docstring'],
  ['/** x */ interface AProps {\n/** y */ readonly a?: 1 }', 'a.ts:2: AProps.a is optional and has no @default'],
  ['export interface A {}', 'a.ts:1: interface A has no docstring'],
  ['export class A {}', 'a.ts:1: class A has no docstring'],
  ['/** x */ export class A { readonly props = 1 }', 'a.ts:1: A.props is public'],
  ['/** x */ export class A { constructor(readonly props: 1) {} }', 'a.ts:1: A.props is public'],
])('finds the fault of %j', (source, fault) => {
  const { code, said } = lint(source);
  expect(said).toContain(fault);
  expect(code).toBe(1);
});
