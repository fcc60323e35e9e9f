import { readdirSync } from 'node:fs'
import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const features = readdirSync(new URL('./src/features', import.meta.url))

/** A feature is reached by its routes only; what several need lives beside the features. */
const separateFeatures = features.map((feature) => ({
  files: [`src/features/${feature}/**/*.{ts,vue}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: features
          .filter((other) => other !== feature)
          .map((other) => ({
            regex: `(^@/features|\\.\\.)/${other}(/|$)`,
            message: 'Features do not import each other.',
          })),
      },
    ],
  },
}))

const lowerLayers = ['api', 'format', 'keyboard', 'parse', 'places', 'orders', 'ui', 'composables']

export default tseslint.config(
  { ignores: ['dist/**', 'build/**', 'node_modules/**', 'src/api/schema.gen.ts'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  ...pluginVue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser, sourceType: 'module' } },
  },
  {
    rules: {
      'max-len': ['error', { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'no-eval': 'error',
      eqeqeq: 'error',
      quotes: ['error', 'single', { avoidEscape: true }],
      semi: ['error', 'never'],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/html-self-closing': ['error', { html: { void: 'always' } }],
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/multi-word-component-names': 'error',
      'vue/no-static-inline-styles': 'error',
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
      'vue/no-undef-components': ['error', { ignorePatterns: ['RouterLink', 'RouterView'] }],
      'vue/no-unused-refs': 'error',
    },
  },
  { files: ['**/*.vue'], rules: { 'max-lines': ['error', { max: 200 }] } },
  { files: ['**/*.test.ts', 'tests/**'], rules: { 'max-lines': ['error', { max: 600 }] } },
  { files: ['scripts/**'], rules: { 'no-console': 'off' }, languageOptions: { globals: { console: false, process: false, URL: false } } },
  ...separateFeatures,
  {
    files: lowerLayers.map((layer) => `src/${layer}/**/*.{ts,vue}`),
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '(^@|\\.\\.)/(features|frame)(/|$)', message: 'Only the app and its frame know features.' }] },
      ],
    },
  },
)
