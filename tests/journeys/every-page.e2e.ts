import { expect, test, type Page } from '@playwright/test';
import axe from 'axe-core';
import { routesWith, visits, type Visit } from './pages.ts';
import { unmarkedFields } from './marks.ts';
import { browserOf, LAPTOP, PASSWORD, PHONE } from './people.ts';
import { packsAreWeighed, queueIsListed } from './own-phone.ts';
import { endAllSessions, startServer } from './server.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const NARROWEST = { width: 320, height: 640 };
/** A key of messages/, or a value that never became words. */
const NOT_WORDS =
	/undefined|\[object|\bNaN\b|Invalid Date|\bnull\b|\b(platform|ui|people|trainings|questions|courses|plans|feedback|reports|collab|routes)_[a-z_]+/;
/** Labels of Indonesian buttons and menus that must not stand on an English page. */
const INDONESIAN =
	/^(Masuk|Keluar|Beranda|Belajar|Pelatihan|Tinjauan|Rencana|Kelola|Cari|Sebelumnya|Berikutnya|Simpan|Kirim jawaban|Lanjutkan|Bergabung|Tandai selesai|Kembali|Muat ulang|Tampilkan|Hapus|Ubah|Tolak|Izinkan masuk|Tambah kegiatan|Versi cetak)$/;

/**
 * Two of the four looks for each language, so that every pair of language, colour and width is seen:
 * Indonesian on light phones and dark laptops, English on dark phones and light laptops.
 */
const looks = {
	id: [
		{ colorScheme: 'light', viewport: PHONE },
		{ colorScheme: 'dark', viewport: LAPTOP }
	],
	en: [
		{ colorScheme: 'dark', viewport: PHONE },
		{ colorScheme: 'light', viewport: LAPTOP }
	]
} as const;

let all: Visit[];

test.beforeAll(async ({ baseURL }) => {
	all = await visits(baseURL!);
});

for (const person of [
	null,
	'sari',
	'dodi',
	'yusuf',
	'fitri',
	'nurhayati',
	'amril',
	'maria',
	'bambang',
	'kepala'
] as const) {
	test(`every page of ${person ?? 'a guest'} is sound`, async ({ browser, baseURL }) => {
		const problems: string[] = [];
		const own = all.filter((visit) => visit.person === person);
		// Each page is looked at by axe four times: more pages, more time.
		test.setTimeout(60_000 + own.length * 20_000);
		expect(own).not.toEqual([]);
		const context = await browserOf(browser, baseURL!, person);
		const page = await context.newPage();
		page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
		page.on('console', (message) => {
			const expected = own.some(({ path, status }) => status && page.url().endsWith(path));
			if (message.type() === 'error' && !expected)
				problems.push(`${page.url()}: ${message.text()}`);
		});
		for (const visit of own) {
			for (const language of ['id', 'en'] as const) {
				problems.push(...(await problemsOf(page, visit, language)));
			}
		}
		await context.close();
		expect(problems).toEqual([]);
	});
}

test('no page is left out', () => {
	const visited = new Set(all.map(({ route }) => route));
	const left = routesWith('+page.svelte').filter((route) => !visited.has(route));
	expect(left).toEqual(['/masuk/lagi', '/siapkan/[token]']); // have their own servers below
});

test('the page for the first admin is sound', async ({ browser }) => {
	const server = await startServer({ env: { REMBUK_DEMO: '' } });
	try {
		const link = /\/siapkan\/[\w-]+/;
		await expect.poll(server.output).toMatch(link);
		const path = link.exec(server.output())?.[0] ?? '';
		const page = await (await browser.newContext({ baseURL: server.url })).newPage();
		const visit: Visit = { route: '/siapkan/[token]', person: null, path };
		const problems = [await problemsOf(page, visit, 'id'), await problemsOf(page, visit, 'en')];
		expect(problems.flat()).toEqual([]);
	} finally {
		await server.stop();
	}
});

test('the page that asks for the password again is sound', async ({ browser }) => {
	const server = await startServer();
	try {
		const sari = await browserOf(browser, server.url, 'sari');
		const page = await sari.newPage();
		for (const language of ['id', 'en'] as const) {
			await page.goto(`${language === 'en' ? '/en' : ''}/akun`);
			endAllSessions(server);
			await page.getByRole('button', { name: /^(Setujui|Agree)$/ }).click();
			await expect(page).toHaveURL(/\/masuk\/lagi\?/);
			expect(await problemsHere(page, language), language).toEqual([]);
			await page.getByLabel(/^(Nama pengguna|User name)$/).fill('sari');
			await page.getByLabel(/^(Kata sandi|Password)$/).fill(PASSWORD);
			await page.getByRole('button', { name: /^(Masuk dan|Sign in and)/ }).click();
			await expect(page.getByRole('alert')).toBeVisible();
		}
		await sari.close();
	} finally {
		await server.stop();
	}
});

async function problemsOf(page: Page, visit: Visit, language: 'id' | 'en'): Promise<string[]> {
	const path =
		(language === 'en' ? '/en' : '') + (visit.path === '/' && language === 'en' ? '' : visit.path);
	const problems: string[] = [];
	const where = `${path}${visit.as ? ` (${visit.as})` : ''}`;
	const answer = await page.goto(path);
	const status = answer?.status() ?? 0;
	if (status !== (visit.status ?? 200)) problems.push(`status ${status}`);
	if (!visit.status && new URL(page.url()).pathname !== path.split('?')[0]) {
		problems.push(`went to ${page.url()}`);
	}
	await settled(page);
	problems.push(...(await problemsHere(page, language)));
	if (language === 'id') problems.push(...(await unmarkedFields(page)));
	return problems.map((problem) => `${where}: ${problem}`);
}

/** What is wrong with the page that is open, in its language, in two looks and at the narrowest. */
async function problemsHere(page: Page, language: 'id' | 'en'): Promise<string[]> {
	const problems = await problemsInWords(page, language);
	await page.evaluate(axe.source); // once for all looks: reading it takes five times as long as looking
	for (const { colorScheme, viewport } of looks[language]) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize(viewport);
		problems.push(...(await sideways(page, viewport.width)));
		for (const violation of await violations(page))
			problems.push(`${colorScheme}, ${viewport.width}: ${violation}`);
	}
	await page.setViewportSize(NARROWEST);
	problems.push(...(await sideways(page, NARROWEST.width)));
	return problems;
}

/** What axe finds, which must be on the page already: the rule, and where. */
function violations(page: Page): Promise<string[]> {
	return page.evaluate(async (rules) => {
		const here = window as unknown as { axe: typeof axe };
		const { violations } = await here.axe.run({ runOnly: rules, resultTypes: ['violations'] });
		return violations.flatMap(({ id, nodes }) =>
			nodes.slice(0, 2).map(({ html }) => `${id}: ${html.slice(0, 160)}`)
		);
	}, RULES);
}

/** Pages with a script show more once it has run. */
async function settled(page: Page): Promise<void> {
	if ((await page.locator('[data-packs]').count()) > 0) return packsAreWeighed(page);
	if ((await page.locator('[data-queue]').count()) > 0) return queueIsListed(page);
	if ((await page.locator('noscript').count()) === 0) return;
	await expect(page.locator('[data-save=saved]')).toBeVisible();
	await expect(page.locator('main fieldset ol')).not.toHaveCount(0);
}

async function problemsInWords(page: Page, language: 'id' | 'en'): Promise<string[]> {
	const seen = await page.evaluate(() => ({
		lang: document.documentElement.lang,
		title: document.title,
		h1: document.querySelectorAll('h1').length,
		text: document.body.innerText,
		labels: [...document.querySelectorAll('button, a.button, header a, nav a, summary')].map(
			(each) => each.textContent?.trim() ?? ''
		)
	}));
	const problems: string[] = [];
	if (seen.lang !== language) problems.push(`lang is ${seen.lang}`);
	if (seen.h1 !== 1) problems.push(`${seen.h1} h1`);
	if (!/\S.* · |Rembuk/.test(seen.title)) problems.push(`title is "${seen.title}"`);
	const found = NOT_WORDS.exec(`${seen.title} ${seen.text}`);
	if (found) problems.push(`says "${found[0]}"`);
	if (language === 'en') {
		for (const label of seen.labels.filter((each) => INDONESIAN.test(each))) {
			problems.push(`Indonesian label "${label}"`);
		}
	}
	return problems;
}

async function sideways(page: Page, width: number): Promise<string[]> {
	const widest = await page.evaluate(() => document.documentElement.scrollWidth);
	return widest > width ? [`${widest} px wide at ${width}`] : [];
}
