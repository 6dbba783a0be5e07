import type { IConstruct } from 'constructs';
import type { Problem } from '../values/problem';

/**
 * Checks the id of what stands in a cloud: names in DNS, of file systems and of roles are made from it, and would be others
 * than the id if letters had to be changed.
 */
export function checkId({ node }: IConstruct, report: (problem: Problem) => void): void {
  if (/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(node.id)) return;
  const message = `'${node.id}' cannot be a part of names in a cloud: up to 40 lower-case letters, digits and "-", starting with a letter`;
  report({ code: 'HPC5053', message });
}
