import { hasFeatures } from '../../../lib/diff/jobs/features';

const nodes = new Set(['ib', 'amd']);

test.each([
  ['', true],
  ['ib', true],
  ['opa', false],
  ['ib&amd', true],
  ['ib&intel', false],
  ['opa|ib', true],
  // from left to right: (opa or ib) and intel
  ['opa|ib&intel', false],
  ['opa&intel|ib', true],
  ['[rack1|rack2|ib]', true],
  ['opa*4&ib*2', true],
  ['(opa&intel)', false],
])('nodes with ib and amd, --constraint=%s: %s', (expression, holds) => {
  expect(hasFeatures(expression, nodes)).toBe(holds);
});
