/** What people see of their queue, of a full phone, of a new version, and after they have gone. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { keepModule, keptAbout } from './own-phone.ts';
import { browserOf, PASSWORD, PHONE, signIn } from './people.ts';
import { renewable } from './renewed-program.ts';

const LESSON = '/belajar/layanan-prima/menangani-keluhan';
const QUIZ = '/belajar/konsep-transformasi/kuis';
const WAITS = 'Tersimpan di HP ini, belum terkirim';

let context: BrowserContext;
let page: Page;
test.beforeEach(async ({ browser, baseURL }) => {
	context = await browserOf(browser, baseURL!, 'rohani', { viewport: PHONE });
	page = await context.newPage();
});
test.afterEach(() => context.close());

const note = (on: Page) => on.locator('textarea[name=catatan]').first();
const refuse = (status: number) =>
	context.route('**/kiriman', (route) =>
		route.request().method() === 'POST' ? route.fulfill({ status, body: '' }) : route.continue()
	);

/** Without https there is no clipboard, and an old browser may or may not copy what is selected. */
async function copyWhere(copies: boolean): Promise<void> {
	await page.evaluate((answer) => {
		Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
		document.execCommand = () => answer;
	}, copies);
	await page.getByRole('button', { name: 'Salin', exact: true }).click();
}

test('what waits is listed in words, sent on wish, and what is refused is let go of by hand', async () => {
	await page.goto(LESSON);
	await refuse(503);
	await note(page).fill('Kotak saran di pintu.');
	await page.getByRole('link', { name: 'Lihat isian' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Isian di HP ini');
	const item = page.locator('[data-queue-items] > li');
	await expect(item).toContainText(WAITS);
	await expect(item.getByRole('heading').getByRole('link')).toHaveAttribute('href', /keluhan$/);
	await item.locator('summary').click();
	await expect(item.getByRole('textbox')).toHaveValue(/Kotak saran di pintu\./);
	await copyWhere(false);
	await expect(item.getByRole('button', { name: 'Salin', exact: true })).toBeVisible();
	await copyWhere(true);
	await expect(item.getByRole('button', { name: 'Tersalin' })).toBeVisible();

	await context.unroute('**/kiriman');
	await refuse(413);
	await page.getByRole('button', { name: 'Kirim sekarang' }).click();
	await expect(item).toContainText('Tidak diterima server, mungkin karena terlalu besar.');
	await context.unroute('**/kiriman');
	await item.getByRole('button', { name: 'Coba kirim lagi' }).click();
	await expect(page.getByText('Semua isian sudah terkirim')).toBeVisible();

	await refuse(413);
	await page.goto(LESSON);
	await note(page).fill('Yang ini dibuang.');
	await expect(page.getByText('1 isian tidak diterima server.')).toBeVisible();
	await page.goto('/belajar/kiriman');
	await item.getByRole('button', { name: 'Buang' }).click();
	await item.getByRole('button', { name: 'Ya, buang isian ini' }).click();
	await expect(page.getByText('Semua isian sudah terkirim')).toBeVisible();
});

/** What the phone keeps of forms that are not sent. */
const keptDrafts = async (on: Page) => JSON.stringify(await keptAbout(on, 'draf:'));

test('a quiz begins again where the phone closed it', async () => {
	await page.goto(QUIZ);
	await page.getByRole('radio').nth(1).check();
	await page.getByRole('radio').nth(4).check();
	// The phone writes while the finger is still there; a browser driven by a program is faster.
	await expect.poll(() => keptDrafts(page)).toContain('"QA2":["a"]');
	await page.close();
	page = await context.newPage();
	await page.goto(QUIZ);
	await expect(page.getByText('Pilihan Bapak/Ibu yang belum dikirim masih ada.')).toBeVisible();
	await expect(page.getByRole('radio').nth(1)).toBeChecked();
	await expect(page.getByRole('radio').nth(4)).toBeChecked();
});

test('what is typed before the script has come is kept as well', async () => {
	const script = Promise.withResolvers<null>();
	await context.route(/\.js$/, async (route) => {
		await script.promise;
		await route.continue();
	});
	await page.goto(LESSON, { waitUntil: 'commit' });
	await note(page).fill('Ditulis sebelum skripnya datang.');
	script.resolve(null);
	await expect(page.getByText(/^Terkirim/)).toBeVisible();
	await page.reload();
	await expect(note(page)).toHaveValue('Ditulis sebelum skripnya datang.');
});

test('a sheet is written on the phone like the notebook, and shows what waits', async () => {
	await page.goto('/belajar/alat');
	await page.locator('main a[href^="/belajar/alat/"]').first().click();
	const field = page.locator('form[data-operation="tool.save"] :is(textarea, input[maxlength])');
	await refuse(503);
	await field.first().fill('Balai desa');
	await expect(page.getByText(WAITS)).toBeVisible();
	await page.reload();
	await expect(field.first()).toHaveValue('Balai desa');
	await context.unroute('**/kiriman');
	await page.reload();
	await expect(page.getByText(WAITS)).toHaveCount(0);
	await page.reload();
	await expect(field.first()).toHaveValue('Balai desa');
});

test('a phone that is full says so, claims nothing, and sends the plain way', async () => {
	await page.addInitScript(() => {
		IDBObjectStore.prototype.add = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
		Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
	});
	await page.goto(LESSON);
	await note(page).fill('Tulisan di HP yang penuh.');
	await expect(page.getByText('Penyimpanan HP penuh')).toBeVisible();
	await page.getByRole('button', { name: 'Simpan catatan' }).click();
	await page.waitForURL(/#catatan$/); // what an earlier test has saved stands there before
	await expect(page.getByText(/Tersimpan di server/)).toBeVisible();
	await expect(note(page)).toHaveValue('Tulisan di HP yang penuh.');

	await page.goto('/belajar/simpan');
	const card = page.locator('#layanan-prima');
	await card.getByRole('button', { name: 'Simpan di HP' }).click();
	await expect(card.getByRole('status')).toContainText('Penyimpanan HP penuh.');
	await page.reload();
	await expect(card.getByRole('status')).toContainText('Belum tersimpan.');
});

test('a new version waits for a word, and loses nothing that waits to be sent', async ({
	browser,
	baseURL
}) => {
	const program = await renewable(Number(new URL(baseURL!).port));
	const own = await browser.newContext({ baseURL: program.url, viewport: PHONE });
	try {
		const [first, second] = [await own.newPage(), await own.newPage()];
		await signIn(first, 'rohani', PASSWORD);
		await first.goto('/belajar/simpan');
		await keepModule(first.locator('#layanan-prima'));
		await second.goto(LESSON);
		await own.route('**/kiriman', (route) => route.abort());
		await note(second).fill('Sebelum pembaruan.');
		await expect(second.getByText(WAITS)).toBeVisible();

		program.renew();
		await first.evaluate(async () => void (await navigator.serviceWorker.ready).update());
		await expect(second.getByText('Versi baru siap.')).toBeVisible();
		// The page that is open works on with the helper it has.
		await note(second).fill('Sebelum pembaruan, dilanjutkan.');
		await expect(second.getByText(WAITS)).toBeVisible();
		await second.getByRole('button', { name: 'Pakai sekarang' }).click();
		await expect(second.getByText('Versi baru siap.')).toHaveCount(0);
		await expect(note(second)).toHaveValue('Sebelum pembaruan, dilanjutkan.');
		await own.unroute('**/kiriman');
		// What the server has of it, once the phone has sent it by itself.
		await expect(async () => {
			await second.goto('/belajar/catatan');
			const written = second.getByRole('paragraph').getByText('Sebelum pembaruan, dilanjutkan.');
			await expect(written).toBeVisible({ timeout: 1_000 });
		}).toPass({ timeout: 30_000 });
	} finally {
		await own.close();
		await program.close();
	}
});

test('newer text of a saved module is told quietly, once it is known', async () => {
	await page.goto('/belajar/simpan');
	const card = page.locator('#layanan-prima');
	await keepModule(card);
	const asked: string[] = [];
	await context.route('**/belajar/simpan/edisi', (route) => {
		asked.push(route.request().url());
		return route.fulfill({ json: { 'layanan-prima': 'edisi-baru' } });
	});
	await page.goto(LESSON);
	await expect(page.getByText('Ada pembaruan untuk bahan')).toHaveCount(0);
	expect(asked, 'heard a moment ago').toEqual([]);
	await page.evaluate(() => {
		for (const name of Object.keys(localStorage)) {
			if (name.endsWith(':edisi')) localStorage.removeItem(name);
		}
	});
	await page.reload();
	await page.getByRole('link', { name: 'Lihat ukurannya' }).click();
	await expect(card).toBeVisible();
	expect(asked).toHaveLength(1);
});

test('after signing out the Back button shows nothing of the person', async () => {
	await page.goto(LESSON);
	await note(page).fill('Hanya untuk Rohani.');
	await page.getByRole('button', { name: 'Simpan catatan' }).click();
	await page.goto(LESSON);
	await expect(note(page)).toHaveValue('Hanya untuk Rohani.');
	await page.goto('/keluar');
	await page.getByRole('main').getByRole('button', { name: 'Keluar' }).click();
	await expect(page).toHaveURL(/\/masuk$/);
	await page.goBack();
	await page.goBack();
	await expect(page).toHaveURL(/\/masuk/);
	expect(await page.content()).not.toContain('Hanya untuk Rohani.');
});
