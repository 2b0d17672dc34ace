import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { readCourse } from '#lib/courses/server/content.ts';
import { keepModule, ownPhone, packsAreWeighed } from './own-phone.ts';
import { browserOf, PHONE, signIn } from './people.ts';
import { startServer } from './server.ts';

const MODULE = 'konsep-transformasi';
const LESSON = `/belajar/${MODULE}/apa-itu-inklusi-sosial`;

async function cardOf(page: Page, slug: string): Promise<Locator> {
	await page.goto('/belajar/simpan');
	await packsAreWeighed(page);
	return page.locator(`#${slug || 'semua'}`);
}

/** As somebody does who lives far from the next mast. */
async function saveModule(page: Page, slug: string): Promise<void> {
	const card = await cardOf(page, slug);
	await expect(card.getByRole('status')).toHaveText(/Perlu mengunduh \d+ kB, kira-kira Rp \d+\./);
	await keepModule(card);
}

interface Kept {
	readonly url: string;
	readonly body: string;
}

/** Everything in the caches of this phone. */
function keptOn(page: Page): Promise<Kept[]> {
	return page.evaluate(async () => {
		const kept: { url: string; body: string }[] = [];
		for (const name of await caches.keys()) {
			const cache = await caches.open(name);
			for (const { url } of await cache.keys()) {
				const body = (await (await cache.match(url))?.text()) ?? '';
				kept.push({ url: new URL(url).pathname, body });
			}
		}
		return kept;
	});
}

test.describe('with a server', () => {
	let context: BrowserContext;
	let page: Page;

	test.beforeEach(async ({ browser, baseURL }) => {
		context = await browserOf(browser, baseURL!, 'sari', { viewport: PHONE });
		page = await context.newPage();
	});
	test.afterEach(() => context.close());

	test('a phone keeps nothing that is somebody’s, and no answer', async () => {
		await saveModule(page, '');
		for (const path of ['/beranda', '/belajar', LESSON, '/akun']) await page.goto(path);
		const kept = await keptOn(page);
		expect(kept.length).toBeGreaterThan(10);
		for (const { url, body } of kept) {
			expect(url).toMatch(/^\/(en\/)?paket\/|^\/_app\/immutable\/|^\/favicon\.svg$/);
			expect(body, url).not.toContain('Sari Wulandari');
		}
		const all = kept.map(({ body }) => body).join();
		for (const { quiz, lessons } of readCourse('content').modules) {
			const items = [...(quiz?.items ?? []), ...lessons.flatMap(({ questions }) => questions)];
			for (const { explanation } of items) expect(all).not.toContain(explanation.id);
		}
	});

	test('saving that was cut off goes on where it stopped', async () => {
		const lost = `**/paket/belajar/${MODULE}/perjalanan-program`;
		await context.route(lost, (route) => route.abort());
		const card = await cardOf(page, MODULE);
		await card.getByRole('button', { name: 'Simpan di HP' }).click();
		await expect(card.getByRole('status')).toContainText('Penyimpanan terputus.');
		await context.unroute(lost);

		await page.reload();
		await expect(card.getByRole('status')).toContainText('Baru tersimpan sebagian.');
		const before = (await keptOn(page)).map(({ url }) => url);
		const fetched: string[] = [];
		page.on('request', (request) => {
			if (request.url().includes('/paket/')) fetched.push(new URL(request.url()).pathname);
		});
		await card.getByRole('button', { name: 'Lanjutkan menyimpan' }).click();
		await expect(card.getByRole('status')).toContainText('Dapat dibuka tanpa sinyal.');
		expect(before).toContain('/paket/belajar');
		expect(fetched).toContain(`/paket/belajar/${MODULE}/perjalanan-program`);
		expect(fetched.filter((url) => before.includes(url))).toEqual([]);
	});

	test('bytes that are not those announced are not kept', async () => {
		const path = `/paket/belajar/${MODULE}/perjalanan-program`;
		await context.route(`**${path}`, async (route) => {
			const answer = await route.fetch();
			await route.fulfill({ response: answer, body: `${await answer.text()}<!-- x -->` });
		});
		const card = await cardOf(page, MODULE);
		await card.getByRole('button', { name: 'Simpan di HP' }).click();
		await expect(card.getByRole('status')).toContainText('Penyimpanan terputus.');
		expect((await keptOn(page)).map(({ url }) => url)).not.toContain(path);
	});

	test('a saved module is removed again, with all it leaned on', async () => {
		await saveModule(page, MODULE);
		const card = page.locator(`#${MODULE}`);
		await card.getByRole('button', { name: 'Hapus dari HP' }).click();
		await expect(card.getByRole('status')).toContainText('Belum tersimpan.');
		expect(await keptOn(page)).toEqual([]);
	});

	test('nobody in particular changes nothing', async ({ baseURL }) => {
		const answer = await context.request.post(`/paket${LESSON}?/selesai`, {
			headers: { origin: baseURL! },
			form: {}
		});
		expect(answer.status()).toBe(405);
		expect((await context.request.get('/paket/akun')).status()).toBe(404);
	});
});

test('a saved module is read after a cold start without a server', async () => {
	const server = await startServer();
	const phone = await ownPhone(server.url);
	try {
		await signIn(phone.page, 'sari');
		await saveModule(phone.page, MODULE);
		await server.kill('SIGKILL');
		await phone.restart();

		await phone.page.goto(LESSON);
		await expect(phone.page.getByRole('heading', { level: 1 })).toContainText('inklusi sosial');
		await phone.page.getByRole('link', { name: /^Berikutnya: / }).click();
		await expect(phone.page.getByRole('heading', { name: 'Kegiatan' })).toBeVisible();
		await phone.page.goto(`/belajar/${MODULE}/kuis`);
		await expect(phone.page.getByRole('radio').first()).toBeVisible();

		await phone.page.getByLabel('Cari di semua pelajaran').fill('melibatkan');
		await phone.page.getByRole('button', { name: 'Cari' }).click();
		await expect(phone.page.getByText('Dicari di bahan yang tersimpan di HP ini.')).toBeVisible();
		await expect(phone.page.locator('mark').first()).toHaveText(/libat/i);
		await phone.page.getByRole('listitem').getByRole('heading').getByRole('link').first().click();
		await expect(phone.page).toHaveURL(/\/belajar\/(konsep-transformasi|alat|istilah)/);
		await expect(phone.page.getByRole('heading', { level: 1 })).toBeVisible();

		await phone.page.goto('/beranda');
		const saved = phone.page.locator('[data-pack-state="saved"]');
		await expect(saved).toHaveText(['Tersimpan di HP ini. Dapat dibuka tanpa sinyal.']);
		await expect(phone.page.getByText('belum dapat dibuka. Yang tersimpan')).toBeVisible();
		await phone.page.getByRole('link', { name: 'Coba lagi' }).click();
		await expect(phone.page).toHaveURL(/\/beranda$/);
		await phone.page.goto('/belajar/simpan');
		await expect(saved).toHaveCount(1);
		await expect(phone.page.getByText('belum dapat dibuka')).toHaveCount(0);
	} finally {
		await phone.drop();
		await server.stop();
	}
});
