import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The only files of lib that may ask what time it is: each for a reason that no output byte depends on. */
const clocks = [
  'lib/app/output/lock.ts', // how long to wait for another synth
  'lib/cli/progress.ts', // progress is shown when work takes more than a second
  'lib/cli/today.ts', // acknowledgements of a diff expire
];

const sameBytes = 'The same input must give the same bytes on any machine';
const noLocale = [
  {
    selector: 'MemberExpression[property.name=/^(localeCompare|toLocale\\w+)$/]',
    message: `${sameBytes}: compare with <, print without a locale.`,
  },
  { selector: 'Identifier[name="Intl"]', message: `${sameBytes}: no Intl.` },
];
const noClock = [
  {
    selector: 'MemberExpression[object.name="Date"][property.name="now"], MemberExpression[object.name="performance"]',
    message: `${sameBytes}: no clock. A file that needs one is listed in eslint.config.mjs.`,
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
    message: `${sameBytes}: no clock. A file that needs one is listed in eslint.config.mjs.`,
  },
];

// Which folder may import which, the boundary around cdktf and import cycles: test/house/imports.test.ts.
export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'cdktf.out/', 'coverage/', 'templates/', '**/*.d.ts'] },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-require-imports': 'off', // what a command may not need is loaded late
      'no-control-regex': 'off', // which control characters a format carries is our subject
      '@typescript-eslint/no-unused-expressions': ['error', { allowTernary: true, allowShortCircuit: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['lib/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', ...noLocale, ...noClock],
    },
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/fast-check.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { name: 'fast-check', message: 'Use test/fast-check.ts, which has one seed.' },
      ],
    },
  },
  { files: clocks, rules: { 'no-restricted-syntax': ['error', ...noLocale] } },
  { files: ['**/*.{js,cjs,mjs}'], rules: { 'no-undef': 'off' } },
);
