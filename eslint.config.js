import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const typed = { projectService: true, tsconfigRootDir: import.meta.dirname };

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'data/',
			'drizzle/',
			'bench-results/',
			'test-results/',
			'playwright-report/',
			'src/lib/paraglide/',
			'project.inlang/cache/'
		]
	},
	js.configs.recommended,
	ts.configs.strict,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off', // TypeScript knows better
			'@typescript-eslint/no-dynamic-delete': 'off', // a form forgets the names of its secrets
			'no-restricted-syntax': [
				'error',
				{ selector: 'TSEnumDeclaration', message: 'A union of strings reads the same everywhere.' }
			],
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'prefer-const': ['error', { destructuring: 'all' }],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'separate-type-imports' }
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			// Addresses come from the language-aware `link`, which this rule does not know.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		// An await that is forgotten here loses somebody's text.
		files: ['src/**/*.ts', 'tests/**/*.ts', 'vite/**/*.ts'],
		ignores: ['src/service-worker/**', '**/*.svelte.ts'],
		languageOptions: { parserOptions: typed },
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig }
		},
		rules: {
			'prefer-const': 'off', // knows nothing of runes
			'svelte/prefer-const': [
				'error',
				{ destructuring: 'all', excludedRunes: ['$props', '$state'] }
			]
		}
	},
	{
		// Ids that were just written are there; a test that is wrong about that fails by itself.
		files: ['tests/**', '**/*.test.ts'],
		rules: { '@typescript-eslint/no-non-null-assertion': 'off' }
	}
);
