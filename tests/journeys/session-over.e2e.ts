/** A form is sent after its writer's session has run out, which on a shared phone takes half an hour. */
import { expect, test, type Page } from '@playwright/test';
import { hrefsIn, questionsOn } from './pages.ts';
import {
	browserOf,
	leadsTo,
	PASSWORD,
	PHONE,
	requestsOf,
	send,
	type DemoPerson
} from './people.ts';
import { endAllSessions, startServer, type RunningServer } from './server.ts';

let server: RunningServer;
test.use({ viewport: PHONE });
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

const TITLE = 'Membaca nyaring 📚 <b>&';

/** Amril has typed a new slot of the agenda, his session has run out, he has pressed the button. */
async function writeTooLong(page: Page): Promise<string> {
	const amril = await requestsOf(server.url, 'amril');
	const [training = ''] = hrefsIn(
		await (await amril.get('/pelatihan')).text(),
		/^\/pelatihan\/\w{20,}$/
	);
	await page.goto(`${training}/agenda`);
	const form = page.locator('#sesi-baru');
	await form.getByLabel('Mulai').fill('15:00');
	await form.getByLabel('Selesai').fill('16:30');
	await form.getByLabel('Judul').fill(TITLE);
	endAllSessions(server);
	await form.getByRole('button').click();
	await expect(page.getByRole('heading', { name: 'Masuk sekali lagi' })).toBeVisible();
	return `${training}/agenda`;
}

async function signInAgain(page: Page, username: DemoPerson, password = PASSWORD): Promise<void> {
	await page.getByLabel('Nama pengguna').fill(username);
	await page.getByLabel('Kata sandi').fill(password);
	await page.getByRole('button', { name: 'Masuk dan lanjutkan isian' }).click();
}

test(
	'what was typed comes back after signing in, and is sent only by its writer',
	{
		tag: '@nojs'
	},
	async ({ browser }) => {
		const context = await browserOf(browser, server.url, 'amril', { viewport: PHONE });
		const page = await context.newPage();
		const agenda = await writeTooLong(page);
		await signInAgain(page, 'amril', 'bukan kata sandinya');
		await expect(page.getByRole('alert')).toContainText('belum tepat');
		await signInAgain(page, 'amril');

		await expect(page.getByRole('alert')).toContainText('mohon periksa, lalu kirim sekali lagi');
		const form = page.locator('#sesi-baru');
		await expect(form.getByLabel('Judul')).toHaveValue(TITLE);
		await expect(form.getByLabel('Mulai')).toHaveValue('15:00');
		const amril = await requestsOf(server.url, 'amril');
		expect(await (await amril.get(agenda)).text()).not.toContain('Membaca nyaring');

		await form.getByRole('button').click();
		await expect(page.getByText(`15.00–16.30 · ${TITLE}`)).toBeVisible();
		await context.close();
	}
);

test('whoever signs in next on a shared phone sees nothing of it', async ({ browser }) => {
	const context = await browserOf(browser, server.url, 'amril', { viewport: PHONE });
	const page = await context.newPage();
	await writeTooLong(page);
	expect(await page.content()).not.toContain('nyaring');
	await signInAgain(page, 'dodi');
	await expect(page).toHaveURL(/\/beranda$/);
	expect(await page.content()).not.toContain('nyaring');
	const key = (await context.cookies()).find(({ name }) => name === 'isian');
	expect(key).toMatchObject({ httpOnly: true, sameSite: 'Lax', expires: -1 });
	await context.close();
});

test('answers come back too: all of a quiz, all of a part of the feedback', async ({ browser }) => {
	const context = await browserOf(browser, server.url, 'sari', {
		viewport: PHONE,
		// With a script answers wait on the phone instead: queue.e2e.ts.
		javaScriptEnabled: false
	});
	const page = await context.newPage();
	await page.goto('/belajar/konsep-transformasi/kuis');
	for (const question of await questionsOn(page)) {
		await question.getByRole('radio').nth(1).check();
	}
	endAllSessions(server);
	await page.getByRole('button', { name: 'Kirim jawaban' }).click();
	await signInAgain(page, 'sari');
	await expect(page.getByRole('alert')).toContainText('belum diterima server');
	for (const question of await questionsOn(page)) {
		await expect(question.getByRole('radio').nth(1)).toBeChecked();
	}

	await page.goto('/umpan-balik');
	await page
		.getByRole('link', { name: /^(Mulai|Lanjutkan) mengisi/ })
		.first()
		.click();
	await page.getByRole('link', { name: /^(Mulai|Lanjutkan) mengisi/ }).click();
	for (const question of await questionsOn(page)) {
		await question.getByRole('radio').nth(1).check();
	}
	endAllSessions(server);
	await page.getByRole('button', { name: 'Simpan dan lanjut' }).click();
	await signInAgain(page, 'sari');
	for (const question of await questionsOn(page)) {
		await expect(question.getByRole('radio').nth(1)).toBeChecked();
	}
	await page.getByRole('button', { name: 'Simpan dan lanjut' }).click();
	await expect(page.getByText('Bagian 2 dari ')).toBeVisible();
	await context.close();
});

test('a session that somebody ended keeps nothing, and the page says so', async ({ browser }) => {
	const context = await browserOf(browser, server.url, 'dodi', { viewport: PHONE });
	const page = await context.newPage();
	await page.goto('/akun');
	const elsewhere = await requestsOf(server.url, 'dodi');
	expect(leadsTo(await send(elsewhere, `${server.url}/akun?/end_others`))).toContain('selesai');
	await page.getByRole('button', { name: 'Setujui' }).click();
	await expect(page.getByRole('alert')).toContainText('belum diterima');
	await expect(page).toHaveURL(/\/masuk\?lanjut=%2Fakun&terlewat$/);
	await context.close();
});
