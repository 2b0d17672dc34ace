/**
 * Pictures of every page for looking at: each person, phone and laptop, both languages, light and
 * dark, at the narrowest and enlarged; then what only shows after something was done on a page, and
 * what comes out of the printer.
 *
 *     node tests/journeys/look.ts [part of a route]
 *
 * They land in test-results/look. Not a test: eyes decide.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';
import { moments, type Moment } from './moments.ts';
import { packsAreWeighed, queueIsListed } from './own-phone.ts';
import { visits, type Visit } from './pages.ts';
import { browserOf, LAPTOP, PHONE, type DemoPerson } from './people.ts';
import { endAllSessions, startServer } from './server.ts';

type Language = 'id' | 'en';

const FOLDER = 'test-results/look';
const languages = ['id', 'en'] as const;
const looks = languages.flatMap((language) =>
	(['light', 'dark'] as const).flatMap((colorScheme) =>
		[PHONE, LAPTOP].map((viewport) => ({ language, colorScheme, viewport }))
	)
);
/** The narrowest phone, and half a laptop: what is left of it at 200 %. */
const squeezed = [
	{ width: 320, height: 640 },
	{ width: 640, height: 400 }
];

const wanted = process.argv[2] ?? '';
const isWanted = ({ route, path }: { route?: string; path: string }) =>
	`${route ?? ''} ${path}`.includes(wanted);
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
	const all = await visits(server.url);
	const wantedVisits = all.filter(isWanted);
	for (const person of new Set(wantedVisits.map((visit) => visit.person))) {
		const own = wantedVisits.filter((visit) => visit.person === person);
		await lookAs(browser, person, own);
	}
	for (const moment of moments(all).filter(isWanted)) {
		for (const language of languages) await lookAfter(browser, moment, language);
	}
	if ('/siapkan /masuk/lagi'.includes(wanted)) await lookAtTheEnds(browser);
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
		const name = nameOf(person, visit.route, visit.as);
		for (const { language, colorScheme, viewport } of looks) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize(viewport);
			await page.goto(pathIn(language, visit.path));
			await settled(page);
			await take(page, [name, viewport.width, language, colorScheme]);
		}
		await page.emulateMedia({ colorScheme: 'light' });
		await page.goto(pathIn('id', visit.path));
		await settled(page);
		for (const viewport of squeezed) {
			await page.setViewportSize(viewport);
			await take(page, [name, viewport.width, 'id', 'light']);
		}
		if (/cetak|lembar=/.test(visit.path)) await print(page, visit, name);
	}
	await context.close();
}

async function print(page: Page, visit: Visit, name: string): Promise<void> {
	for (const language of languages) {
		// Whoever reads in the dark prints on white paper all the same.
		await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
		await page.goto(pathIn(language, visit.path));
		await page.pdf({ path: join(FOLDER, `${name}_${language}.pdf`), preferCSSPageSize: true });
	}
	await page.emulateMedia({ media: 'screen' });
}

async function lookAfter(browser: Browser, moment: Moment, language: Language): Promise<void> {
	const context = await browserOf(browser, server.url, moment.person, {
		timezoneId: 'Asia/Jakarta',
		javaScriptEnabled: moment.script !== false
	});
	const page = await context.newPage();
	await page.setViewportSize(PHONE);
	await page.goto(pathIn(language, moment.path));
	if (moment.script !== false) await settled(page);
	await moment.act(page);
	await takeBoth(page, nameOf(moment.person, moment.path, moment.name), language);
	await context.close();
}

/** Pages that need a server in a state of its own: a session that is over, a portal without people. */
async function lookAtTheEnds(browser: Browser): Promise<void> {
	const empty = await startServer({ env: { REMBUK_DEMO: '' } });
	try {
		const setup = /\/siapkan\/[\w-]+/.exec(empty.output())?.[0] ?? '';
		const page = await (await browser.newContext({ baseURL: empty.url })).newPage();
		for (const language of languages) {
			await page.goto(pathIn(language, setup));
			await takeBoth(page, 'guest_siapkan', language);
		}
		await page.context().close();
	} finally {
		await empty.stop();
	}
	for (const language of languages) {
		const context = await browserOf(browser, server.url, 'sari');
		const page = await context.newPage();
		await page.goto(pathIn(language, '/akun'));
		endAllSessions(server);
		await page.locator('form[action="?/agree"] button').click();
		await page.waitForURL(/\/masuk\/lagi\?/);
		await takeBoth(page, 'sari_masuk_lagi', language);
		await context.close();
	}
}

async function takeBoth(page: Page, name: string, language: Language): Promise<void> {
	for (const viewport of [PHONE, LAPTOP]) {
		const colorScheme = (viewport === PHONE) === (language === 'id') ? 'light' : 'dark';
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize(viewport);
		await take(page, [name, viewport.width, language, colorScheme]);
	}
}

async function take(page: Page, name: readonly (string | number)[]): Promise<void> {
	await page.screenshot({ path: join(FOLDER, `${name.join('_')}.png`), fullPage: true });
}

function pathIn(language: Language, path: string): string {
	return language === 'id' ? path : `/en${path === '/' ? '' : path}`;
}

function nameOf(person: DemoPerson | null, route: string, as?: string): string {
	const words = [person ?? 'guest', ...route.split(/\W+/), as?.replaceAll(' ', '-')];
	return words.filter(Boolean).join('_');
}

/** Pages with a script show more once it has run. */
async function settled(page: Page): Promise<void> {
	if ((await page.locator('[data-packs]').count()) > 0) await packsAreWeighed(page);
	else if ((await page.locator('[data-queue]').count()) > 0) await queueIsListed(page);
	else if ((await page.locator('noscript').count()) > 0) {
		await page.locator('[data-save=saved]').waitFor();
	}
}
