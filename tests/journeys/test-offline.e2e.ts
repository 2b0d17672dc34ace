/** The pre-test on a phone whose signal and battery come and go, and on two devices at once. */
import Database from 'better-sqlite3';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { NEW_PASSWORD } from './joining.ts';
import { keptAbout, ownPhone } from './own-phone.ts';
import { PHONE, requestsOf, send, signIn } from './people.ts';
import { startServer } from './server.ts';
import { joinQuietly, makeTraining } from './training.ts';

const KEPT = 'dapat dilanjutkan walau tanpa sinyal';
const ON_PHONE = 'Di HP ini, belum terkirim.';
const SENT = 'Terkirim.';

/** A training whose pre-test is open, with one newcomer; the answer is where the tests are. */
async function openTest(server: string, username: string): Promise<string> {
	const { id, code } = await makeTraining(server, `Bimtek ${username}`);
	await (await joinQuietly(server, code, { username, name: username })).dispose();
	await turn(server, `/pelatihan/${id}/tes`, 'buka_awal');
	return `/pelatihan/${id}/tes`;
}

async function turn(server: string, tests: string, action: string): Promise<void> {
	const nurhayati = await requestsOf(server, 'nurhayati');
	expect((await send(nurhayati, `${server}${tests}?/${action}`)).status()).toBe(303);
	await nurhayati.dispose();
}

async function begin(page: Page, tests: string): Promise<void> {
	await page.goto(`${tests}/awal`);
	await page.getByRole('button', { name: 'Mulai' }).click();
	await expect(page.getByText(KEPT)).toBeVisible();
}

/** The first choice everywhere; orders as they stand, pairs all alike. */
async function answerAll(page: Page): Promise<void> {
	for (const question of await page.locator('fieldset[data-control]').all()) {
		const radio = question.getByRole('radio').first();
		const box = question.getByRole('checkbox').first();
		if ((await radio.count()) > 0) await radio.check();
		else if ((await box.count()) > 0) await box.check();
		else await fillIn(page, question);
	}
}

async function fillIn(page: Page, question: ReturnType<Page['locator']>): Promise<void> {
	const isOrder = (await question.getAttribute('data-control')) === 'places';
	for (const [at, list] of (await question.getByRole('combobox').all()).entries()) {
		await list.selectOption({ index: isOrder ? at + 1 : 1 });
	}
	const word = question.getByRole('textbox');
	if ((await word.count()) > 0) await word.fill('desa');
}

const items = (page: Page, state: string) =>
	page.locator('fieldset[data-control]').filter({ hasText: state });

test('a test that was begun is answered and handed in without a signal, and arrives once', async () => {
	const server = await startServer();
	const phone = await ownPhone(server.url);
	try {
		const tests = await openTest(server.url, 'sumini');
		await signIn(phone.page, 'sumini', NEW_PASSWORD);
		await begin(phone.page, tests);
		await phone.page.getByRole('radio').first().check();
		await expect(items(phone.page, SENT)).toHaveCount(1);

		await server.kill('SIGKILL');
		await phone.restart();
		await phone.page.goto(`${tests}/awal`);
		await expect(phone.page.getByText('1 dari 20 terjawab.')).toBeVisible();
		await answerAll(phone.page);
		await expect(phone.page.getByText('20 dari 20 terjawab.')).toBeVisible();
		await expect(items(phone.page, ON_PHONE).first()).toBeVisible();

		// The battery is empty, and the page is opened from elsewhere: nothing else was saved.
		await phone.restart();
		await phone.page.goto('/beranda');
		await expect(phone.page).toHaveURL(`${tests}/awal`);
		await expect(phone.page.getByText('20 dari 20 terjawab.')).toBeVisible();
		await phone.page.getByRole('button', { name: 'Kirim tes' }).click();
		await expect(phone.page.getByText('tersimpan di HP ini. Belum terkirim').last()).toBeVisible();
		await expect(phone.page.getByRole('button', { name: 'Kirim tes' })).toBeDisabled();

		await phone.restart();
		const again = await startServer({ port: server.port, databaseUrl: server.databaseUrl });
		try {
			await phone.page.goto(`${tests}/awal`);
			await expect(
				phone.page.getByText(/Terima kasih\. \d+ dari 20 jawaban benar\./)
			).toBeVisible();
			const { operations, results, attempts } = inDatabase(server.databaseUrl);
			expect({ results, attempts }).toEqual({ results: 20, attempts: 1 });
			expect(new Set(operations).size).toBe(operations.length);
			expect(await keptPages(phone.page)).toEqual([]);
		} finally {
			await again.stop();
		}
	} finally {
		await phone.drop();
		await server.stop();
	}
});

/** What the server has of all tests of sumini. */
function inDatabase(databaseUrl: string) {
	const database = new Database(databaseUrl.replace('file:', ''), { readonly: true });
	const own = `select test_attempt.id from test_attempt join user on user.id = user_id
		where username = 'sumini'`;
	const count = (table: string, column: string) =>
		database.prepare(`select count(*) from ${table} where ${column} in (${own})`).pluck().get();
	const operations = database
		.prepare(`select operation_id from test_operation where attempt_id in (${own})`)
		.pluck()
		.all();
	const found = {
		operations,
		results: count('test_result', 'attempt_id'),
		attempts: count('test_attempt', 'id')
	};
	database.close();
	return found;
}

/** Names of the tests in the databases of this phone. */
const keptPages = async (page: Page) => (await keptAbout(page, 'tes:')).map(({ key }) => key);

test.describe('on two devices', () => {
	let tests: string;
	let who: string;
	let one: BrowserContext;
	let other: BrowserContext;

	test.beforeAll(async ({ baseURL }, { workerIndex }) => {
		who = `paijo${workerIndex}`;
		tests = await openTest(baseURL!, who);
	});
	test.beforeEach(async ({ browser, baseURL }) => {
		one = await browser.newContext({ baseURL: baseURL!, viewport: PHONE });
		other = await browser.newContext({ baseURL: baseURL!, viewport: PHONE });
	});
	test.afterEach(async () => {
		await one.close();
		await other.close();
	});

	test('an older page undoes nothing, says so, and may then be meant', async () => {
		// The clock of this phone is a day ahead: nothing depends on it.
		await one.addInitScript(() => {
			const now = Date.now;
			Date.now = () => now() + 86_400_000;
		});
		const [old, fresh] = [await one.newPage(), await other.newPage()];
		await signIn(old, who, NEW_PASSWORD);
		await begin(old, tests);
		await signIn(fresh, who, NEW_PASSWORD);
		await fresh.goto(`${tests}/awal?bagian=1`);
		const question = '[data-control=radios]';
		await fresh.locator(question).first().getByRole('radio').nth(1).check();
		await expect(items(fresh, SENT)).toHaveCount(1);

		const asked = old.locator(question).first();
		await asked.getByRole('radio').first().check();
		await expect(asked.getByText('sudah dijawab di perangkat lain')).toBeVisible();
		await expect(asked.getByRole('radio').nth(1)).toBeChecked();
		await asked.getByRole('radio').first().check();
		await expect(asked.getByText(SENT)).toBeVisible();
		await fresh.reload();
		await expect(fresh.locator(question).first().getByRole('radio').first()).toBeChecked();
	});

	test('an answer that was chosen before the script had come is kept all the same', async () => {
		const page = await other.newPage();
		await signIn(page, who, NEW_PASSWORD);
		let letGo = () => {};
		const held = new Promise<void>((resolve) => (letGo = resolve));
		await other.route('**/_app/immutable/workers/**', async (route) => {
			await held;
			await route.continue();
		});
		await page.goto(`${tests}/awal?bagian=semua`, { waitUntil: 'commit' });
		const asked = page.locator('[data-control=radios]').nth(2);
		// Playwright's own click would wait until the page has loaded.
		await asked
			.getByRole('radio')
			.first()
			.evaluate((radio: HTMLInputElement) => radio.click());
		letGo();
		await expect(asked.getByText(SENT)).toBeVisible();
	});

	test('what is handed in from a phone after the closing is kept, and said to be late', async ({
		baseURL
	}) => {
		const page = await one.newPage();
		await signIn(page, who, NEW_PASSWORD);
		await page.goto(`${tests}/awal?bagian=semua`);
		await expect(page.getByText(KEPT)).toBeVisible();
		await turn(baseURL!, tests, 'tutup_awal');
		const asked = page.locator('[data-control=radios]').nth(1);
		await asked.getByRole('radio').first().check();
		await expect(asked.getByText('tersimpan dan belum dihitung')).toBeVisible();
		await page.getByRole('button', { name: 'Kirim tes' }).click();
		await expect(page.getByText('tersimpan sebagai terlambat')).toBeVisible();
		await turn(baseURL!, tests, 'buka_awal');
		await page.reload();
		await expect(page.getByText(/Terima kasih\./)).toBeVisible();
	});
});

test('page after page with a script: each button leads where it says', async ({
	page,
	baseURL
}) => {
	const tests = await openTest(baseURL!, 'tukinem');
	await signIn(page, 'tukinem', NEW_PASSWORD);
	await begin(page, tests);
	for (const [button, shown] of [
		['Simpan dan lanjut', 'Halaman 2 dari 4.'],
		['Simpan dan lanjut', 'Halaman 3 dari 4.'],
		['Kembali', 'Halaman 2 dari 4.'],
		['Simpan, lalu lihat semua nomor', 'belum dijawab. Pilih nomornya']
	] as const) {
		await page.getByRole('radio').first().check();
		await expect(page.getByText(KEPT)).toBeVisible();
		await page.getByRole('button', { name: button, exact: true }).click();
		await expect(page.getByText(shown)).toBeVisible();
	}
	await page.goto(`${tests}/awal?bagian=4`);
	await page.getByRole('radio').first().check();
	await expect(page.getByText(KEPT)).toBeVisible();
	await page.getByRole('button', { name: 'Simpan dan periksa' }).click();
	await expect(page.getByRole('heading', { name: 'Periksa sebelum dikirim' })).toBeVisible();
	await page.getByRole('button', { name: 'Kirim tes' }).click();
	await expect(page.getByText(/Terima kasih\. \d+ dari 20 jawaban benar\./)).toBeVisible();
});

test('signing out takes the test off the phone, and the next person finds nothing', async ({
	browser,
	baseURL
}) => {
	const tests = await openTest(baseURL!, 'ponirah');
	const context = await browser.newContext({ baseURL: baseURL!, viewport: PHONE });
	const page = await context.newPage();
	await signIn(page, 'ponirah', NEW_PASSWORD);
	await begin(page, tests);
	await page.goto('/keluar');
	await page.getByRole('main').getByRole('button', { name: 'Keluar' }).click();
	await expect(page).toHaveURL(/\/masuk$/);
	expect(await keptPages(page)).toEqual([]);
	await context.setOffline(true);
	await expect(page.goto(`${tests}/awal`)).rejects.toThrow(/ERR_/);
	await context.close();
});
