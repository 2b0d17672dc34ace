/**
 * Pictures of every page for looking at: each person, phone and laptop, both languages, light and dark.
 *
 *     node tests/journeys/look.ts [part of a route]
 *
 * They land in test-results/look. Not a test: eyes decide.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';
import { visits, type Visit } from './pages.ts';
import { packsAreWeighed, queueIsListed } from './own-phone.ts';
import { browserOf, LAPTOP, PHONE, type DemoPerson } from './people.ts';
import { startServer } from './server.ts';

const FOLDER = 'test-results/look';
const looks = (['id', 'en'] as const).flatMap((language) =>
	(['light', 'dark'] as const).flatMap((colorScheme) =>
		[PHONE, LAPTOP].map((viewport) => ({ language, colorScheme, viewport }))
	)
);

const wanted = process.argv[2] ?? '';
const server = await startServer();
const { path, env } = await findChromium();
const browser = await chromium.launch({
	executablePath: path,
	env: { ...(process.env as Record<string, string>), ...env },
	args: ['--no-sandbox', '--disable-gpu']
});
try {
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });
	const all = (await visits(server.url)).filter(({ route }) => route.includes(wanted));
	for (const person of new Set(all.map((visit) => visit.person))) {
		await lookAs(
			browser,
			person,
			all.filter((visit) => visit.person === person)
		);
	}
} finally {
	await browser.close();
	await server.stop();
}

async function lookAs(
	browser: Browser,
	person: DemoPerson | null,
	own: readonly Visit[]
): Promise<void> {
	const context = await browserOf(browser, server.url, person, { timezoneId: 'Asia/Jakarta' });
	const page = await context.newPage();
	for (const visit of own) {
		for (const { language, colorScheme, viewport } of looks) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize(viewport);
			const prefix = language === 'en' ? '/en' : '';
			await page.goto(prefix + (prefix && visit.path === '/' ? '' : visit.path));
			if ((await page.locator('[data-packs]').count()) > 0) await packsAreWeighed(page);
			else if ((await page.locator('[data-queue]').count()) > 0) await queueIsListed(page);
			else if ((await page.locator('noscript').count()) > 0) {
				await page.locator('[data-save=saved]').waitFor();
			}
			const name = [person ?? 'guest', ...visit.route.split(/\W+/), visit.as?.replaceAll(' ', '-')];
			const look = [viewport.width, language, colorScheme];
			const file = `${[...name.filter(Boolean), ...look].join('_')}.png`;
			await page.screenshot({ path: join(FOLDER, file), fullPage: true });
		}
	}
	await context.close();
}
