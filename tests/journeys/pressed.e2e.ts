/** A nervous thumb and a signal that goes while something is being sent. */
import { expect, test, type Page } from '@playwright/test';
import { NEW_PASSWORD } from './joining.ts';
import { browserOf, PASSWORD, PHONE } from './people.ts';
import { makeTraining } from './training.ts';

test.use({ viewport: PHONE });

/** What is sent to an address stands still until it is let go, or gone. */
async function holdBack(page: Page, address: string | RegExp) {
	const sent: string[] = [];
	let decide = (_: 'arrives' | 'is lost') => {};
	const decided = new Promise<'arrives' | 'is lost'>((resolve) => (decide = resolve));
	await page.route(address, async (route) => {
		if (route.request().method() !== 'POST') return route.continue();
		sent.push(route.request().url());
		return (await decided) === 'arrives' ? route.continue() : route.abort();
	});
	return { sent, let: decide };
}

test('a button that was pressed says so, is pressed once, and comes back when the signal goes', async ({
	page
}) => {
	await page.goto('/masuk');
	await page.getByLabel('Nama pengguna').fill('sari');
	await page.getByLabel('Kata sandi').fill(PASSWORD);
	const held = await holdBack(page, '**/masuk');
	const button = page.locator('main form button');
	await button.click();
	await expect(button).toHaveAttribute('aria-busy', 'true');
	await expect(button).toHaveText('Mohon tunggu…');
	await expect(page.getByRole('status').filter({ hasText: 'Mohon tunggu…' })).toBeAttached();
	await button.click();
	await page.getByLabel('Kata sandi').press('Enter');
	expect(held.sent).toHaveLength(1);

	held.let('is lost');
	await expect(page.getByText('Isian Bapak/Ibu masih ada di halaman ini.')).toBeVisible();
	await expect(page.getByLabel('Nama pengguna')).toHaveValue('sari');
	await expect(page.getByLabel('Kata sandi')).toHaveValue(PASSWORD);
	await page.unroute('**/masuk');
	await page.getByRole('button', { name: 'Masuk', exact: true }).click();
	await expect(page).toHaveURL(/\/beranda$/);
});

test('a form that is refused comes back with what was typed, and is sent again from there', async ({
	page
}) => {
	await page.goto('/en/masuk');
	await page.getByLabel('User name').fill('sari');
	await page.getByLabel('Password').fill('bukan yang ini');
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(page.getByRole('alert')).toBeVisible();
	await expect(page.getByLabel('User name')).toHaveValue('sari');
	await expect(page).toHaveURL(/\/en\/masuk$/);
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(page).toHaveURL(/\/en\/beranda$/);
});

test('a user name that is taken is marked where it was typed', async ({ page, baseURL }) => {
	const { code } = await makeTraining(baseURL!, 'Bimtek dengan nama yang sama');
	await page.goto(`/gabung/${code.replace('-', '')}`);
	await page.getByLabel('Nama lengkap').fill('Sari Lain');
	await page.getByLabel('Desa atau kelurahan', { exact: true }).selectOption({ index: 1 });
	await page.getByLabel('Nama pengguna').fill('sari');
	await page.getByLabel('Kata sandi').fill(NEW_PASSWORD);
	await page.getByLabel('Saya setuju data nama').check();
	await page.getByRole('button', { name: 'Bergabung' }).click();
	await expect(page.getByRole('alert')).toContainText('sudah dipakai');
	await expect(page.locator('[aria-invalid=true]')).toHaveAttribute('name', 'username');
	await expect(page.getByLabel('Nama lengkap')).toHaveValue('Sari Lain');
});

test('a page of the course says as well that it is at work', async ({ browser, baseURL }) => {
	const context = await browserOf(browser, baseURL!, 'sari', { viewport: PHONE });
	const page = await context.newPage();
	await page.goto('/belajar/konsep-transformasi/apa-itu-inklusi-sosial');
	await expect(page.locator('[data-waiting]')).toBeAttached();
	const held = await holdBack(page, '**/kiriman');
	const note = page.locator('form[data-note]');
	await note.getByRole('textbox').fill('Warga belajar bersama.');
	await note.getByRole('button').click();
	await expect(note.getByRole('button')).toHaveText('Mohon tunggu…');
	held.let('arrives');
	await expect(note.getByRole('button')).toHaveText('Simpan catatan');
	await expect(note.getByText('Terkirim')).toBeVisible();
	await context.close();
});
