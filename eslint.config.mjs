import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

// A later block replaces the whole list of an earlier one, so the lists are constants that add up.
const everywhere = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Export it by its name, so that every import calls it the same.',
  },
  {
    selector: 'ExportAllDeclaration',
    message: 'No barrels: let the reader import from the very file.',
  },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
  { selector: 'Decorator', message: 'No decorators: Node runs these files as they stand.' },
];
const inTheCore = [
  ...everywhere,
  {
    selector: 'TryStatement',
    message: 'The core returns refusals and lets outages pass: catch in an adapter or in src/main.',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Take `now` as an argument, or a Clock.',
  },
  // Comparing is allowed: JavaScript's own functions answer null.
  { selector: ':not(BinaryExpression) > Literal[raw="null"]', message: 'Use undefined.' },
];
const inTheDomain = [
  ...inTheCore,
  {
    selector: 'AwaitExpression',
    message: 'The domain never waits: let the use case wait and pass the result in.',
  },
  { selector: ':function[async=true]', message: 'The domain never waits.' },
];
const clockAndDice = [
  { object: 'Date', property: 'now', message: 'Take `now` as an argument, or a Clock.' },
  { object: 'Math', property: 'random', message: 'Take it as an argument, or a Randomness.' },
  { object: 'performance', property: 'now', message: 'Take `now` as an argument, or a Clock.' },
];
const money = [
  {
    name: 'parseFloat',
    message: 'Money is a whole number of the smallest unit; parse it with money.ts.',
  },
];

const budgets = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 5],
  complexity: ['error', { max: 15, variant: 'modified' }],
  // Refusing control characters is what such an expression is for.
  'no-control-regex': 'off',
};

export default defineConfig(
  globalIgnores(['**/dist/', 'coverage/', '.kabinet*/', 'test/breaches/', '**/locales/*.ts']),
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    // Scripts of Node and of the page: the type checker knows their globals, this rule does not.
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ['tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false, inheritedMethods: false } },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // An adapter that has nothing to wait for still keeps the promise of its port.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...everywhere],
      'no-restricted-globals': ['error', ...money],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/main/**', 'src/adapters/system/**', 'src/adapters/simulators/**'],
    rules: { 'no-console': 'error' },
  },
  { files: ['src/**/*.ts'], rules: budgets },
  {
    // A page is one long expression; its length says little.
    files: ['src/**/*.tsx'],
    rules: { ...budgets, 'max-lines-per-function': ['error', { max: 120 }], complexity: 'off' },
  },
  {
    files: ['src/application/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...inTheCore],
      'no-restricted-properties': ['error', ...clockAndDice],
    },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...inTheDomain],
      'no-restricted-properties': ['error', ...clockAndDice],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    // Vite, mocha and the types of style sheets speak of a default export.
    files: ['**/*.config.ts', '**/*.d.ts', 'scripts/test-report.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere.slice(1)] },
  },
);
