/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/docs/examples/*.test.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  moduleNameMapper: { '^hpcdk$': '<rootDir>/lib/index.ts', '^hpcdk/testing$': '<rootDir>/lib/testing/index.ts' },
};
