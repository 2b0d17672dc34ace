import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';
import { freePort } from './tests/journeys/server.ts';

const chromium = await findChromium();

// Read by the runner first and by its workers after it: the port is chosen once.
process.env.REMBUK_JOURNEY_PORT ??= String(await freePort());

/**
 * Journeys against what was built (`npm run start` or `npm test` builds).
 *
 * - `name.e2e.ts` runs with JavaScript; a test in it with the tag `@nojs` runs without as well.
 * - `name.nojs.e2e.ts` runs without JavaScript alone: the promise of the reading pages.
 * - tests/start*.e2e.ts start the commands themselves.
 */
export default defineConfig({
	testDir: 'tests',
	workers: 1,
	fullyParallel: false,
	forbidOnly: Boolean(process.env.CI),
	// Unit tests run beside them, on as few as two cores.
	timeout: 240_000,
	expect: { timeout: 15_000 },
	reporter: 'line',
	outputDir: 'test-results/journeys',
	globalSetup: './tests/setup/journeys.global.ts',
	use: {
		baseURL: `http://127.0.0.1:${process.env.REMBUK_JOURNEY_PORT}`,
		locale: 'id-ID',
		timezoneId: 'Asia/Jakarta',
		trace: 'off',
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: chromium.path,
			env: { ...(process.env as Record<string, string>), ...chromium.env },
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--disable-quic'
			]
		}
	},
	projects: [
		{
			name: 'js',
			testMatch: 'journeys/**/*.e2e.ts',
			testIgnore: '**/*.nojs.e2e.ts'
		},
		{
			name: 'nojs',
			testMatch: 'journeys/**/*.e2e.ts',
			grep: /\.nojs\.e2e\.ts|@nojs/,
			use: { javaScriptEnabled: false }
		},
		{ name: 'start', testMatch: 'start*.e2e.ts' }
	]
});
