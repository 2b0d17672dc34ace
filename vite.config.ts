/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import { content } from './vite/content.ts';
import { kit } from './vite/kit.ts';
import { messages } from './vite/messages.ts';
import { realtime } from './vite/realtime.ts';

const tests = ['src/**/*.test.ts', 'tests/**/*.test.ts'];
const withoutDatabase = ['src/**/*.pure.test.ts', 'tests/**/*.pure.test.ts'];
/** What only one engine has (a file, a connection) is tested with that engine alone. */
const onlySqlite = ['src/**/*.sqlite.test.ts'];
const onlyPostgres = ['src/**/*.postgres.test.ts'];

/** Empty: SQLite, whatever the shell says. The address must be set before a test file is loaded. */
const sqlite = { DATABASE_URL: '' };

/** All rules in one file, which a phone fetches once for all pages: a page brings none of its own. */
const allStyles = { name: 'styles', test: /\.css($|\?)/ };

export default defineConfig({
	plugins: [messages(), content(), kit(), realtime()],
	// The oldest phones that must work: Android with Chrome 90.
	environments: {
		client: {
			build: {
				target: 'chrome90',
				cssTarget: 'chrome90',
				rolldownOptions: { output: { codeSplitting: { groups: [allStyles] } } }
			}
		}
	},
	worker: { format: 'es' },
	// Only `dependencies` stay outside of the built server. Kit is one, so that `npm start` installs it
	// (tests/lockfile.pure.test.ts), and belongs inside nevertheless.
	ssr: { noExternal: [/^@sveltejs\/kit/] },
	optimizeDeps: { include: ['yjs', 'y-websocket', 'y-indexeddb', 'y-protocols/awareness'] },
	test: {
		// For a machine with other work to do: whoever waits for something waits no longer than 15 s.
		testTimeout: 60_000,
		hookTimeout: 120_000,
		// A process for each project, not for each file: loading what everybody uses took longer than
		// most files run. Our own modules are new in every file all the same (fresh-modules.ts).
		isolate: false,
		setupFiles: ['tests/setup/fresh-modules.ts'],
		projects: [
			{ extends: true, test: { name: 'pure', include: withoutDatabase, env: sqlite } },
			{
				extends: true,
				test: {
					name: 'sqlite',
					include: tests,
					exclude: [...withoutDatabase, ...onlyPostgres],
					env: sqlite,
					globalSetup: ['tests/setup/sqlite.global.ts'],
					setupFiles: ['tests/setup/sqlite.env.ts']
				}
			},
			{
				extends: true,
				test: {
					name: 'postgres',
					include: tests,
					exclude: [...withoutDatabase, ...onlySqlite],
					globalSetup: ['tests/setup/pg.global.ts'],
					setupFiles: ['tests/setup/pg.env.ts']
				}
			}
		]
	}
});
