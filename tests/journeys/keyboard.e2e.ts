import { expect, test, type Page } from '@playwright/test';
import { NEW_PASSWORD } from './joining.ts';
import { expectSaved } from './plan-page.ts';
import { signIn } from './people.ts';
import { joinQuietly, makeTraining } from './training.ts';

/** Presses Tab until the wanted element has the focus; a page that cannot be reached so fails here. */
async function tabTo(page: Page, role: 'link' | 'button', name: RegExp): Promise<void> {
	const wanted = page.getByRole(role, { name });
	await expect(wanted.first()).toBeAttached();
	for (let pressed = 0; pressed < 80; pressed++) {
		await page.keyboard.press('Tab');
		const reached = await wanted.evaluateAll((all) =>
			all.some((one) => one === document.activeElement)
		);
		if (reached) return;
	}
	throw new Error(`Tab does not reach the ${role} ${name}`);
}

test('the first Tab on a page leads past the menu to its contents', async ({ page }) => {
	await page.goto('/masuk');
	await page.keyboard.press('Tab');
	const skip = page.getByRole('link', { name: 'Langsung ke isi halaman' });
	await expect(skip).toBeFocused();
	await expect(skip).toBeInViewport();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await expect(page.getByLabel('Nama pengguna')).toBeFocused();
});

test('a lesson is found, read and marked done without a pointer', async ({ page, baseURL }) => {
	const { code } = await makeTraining(baseURL!, 'Bimtek tanpa tetikus');
	await joinQuietly(baseURL!, code, { username: 'sutini', name: 'Sutini' });
	await page.goto('/masuk');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await page.keyboard.type('sutini');
	await page.keyboard.press('Tab');
	await page.keyboard.type(NEW_PASSWORD);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/beranda(#isi)?$/);

	await tabTo(page, 'link', /^Belajar$/);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/belajar$/);
	await tabTo(page, 'link', /^Konsep transformasi/);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/belajar\/[\w-]+$/);
	await openUnread(page);
	await tabTo(page, 'button', /^Tandai selesai$/);
	await page.keyboard.press('Space');
	await expect(page.getByText('Pelajaran ini sudah selesai dan tercatat.')).toBeVisible();
});

test('a plan is written, put in order and thinned out without a pointer', async ({
	page,
	baseURL
}) => {
	const { code } = await makeTraining(baseURL!, 'Bimtek rencana tanpa tetikus');
	await joinQuietly(baseURL!, code, { username: 'sukirah', name: 'Sukirah' });
	await signIn(page, 'sukirah', NEW_PASSWORD);
	await tabTo(page, 'link', /^Advokasi$/);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/rencana\/\w+$/);
	await expectSaved(page);

	for (const title of ['Lembar fakta', 'Audiensi']) {
		await tabTo(page, 'button', /Tambah kegiatan/);
		await page.keyboard.press('Enter');
		await expect(page.getByLabel(/^Judul kegiatan/).last()).toBeFocused();
		await page.keyboard.type(title);
	}
	await page.keyboard.press('Shift+Tab');
	await expect(page.getByRole('button', { name: 'Naikkan kegiatan 2' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByLabel(/^Judul kegiatan/).first()).toHaveValue('Audiensi');
	// It is the first now: what it can still do is go down.
	await expect(page.getByRole('button', { name: 'Turunkan kegiatan 1' })).toBeFocused();

	await tabTo(page, 'button', /^Buang ke keranjang sampah$/);
	await page.keyboard.press('Enter');
	await expect(page.getByLabel(/^Judul kegiatan/)).toHaveCount(1);
	await expect(page.getByRole('button', { name: 'Tambah kegiatan' })).toBeFocused();
	await expectSaved(page);
	await page.reload();
	await expectSaved(page);
	await expect(page.getByLabel(/^Judul kegiatan/)).toHaveValue('Lembar fakta');
	await expect(page.getByText('1 kegiatan di keranjang sampah')).toBeVisible();

	await page.locator('summary', { hasText: 'keranjang sampah' }).focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByLabel(/^Judul kegiatan/)).toHaveCount(2);
	await expect(page.locator(':focus')).toHaveValue('Audiensi');
});

test('a word is looked up and questions are answered without a pointer', async ({
	page,
	baseURL
}) => {
	const { code } = await makeTraining(baseURL!, 'Bimtek istilah tanpa tetikus');
	await joinQuietly(baseURL!, code, { username: 'sumiyem', name: 'Sumiyem' });
	await signIn(page, 'sumiyem', NEW_PASSWORD);
	await page.goto('/belajar/konsep-transformasi/dari-gudang-buku-ke-pusat-belajar');
	await tabTo(page, 'link', /^Perpustakaan Nasional$/);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/#istilah-/);
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: /^Kembali ke teks ?: Per/ })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(
		page.getByRole('link', { name: 'Perpustakaan Nasional', exact: true })
	).toBeFocused();

	await answerAll(page, () => '1');
	await expect(page.getByText('Ada nomor yang dipakai dua kali.')).toBeVisible();
	await answerAll(page, (at) => String(at + 1));
	await expect(page).toHaveURL(/\?latihan=/);
	await expect(page.locator('#latihan')).toBeInViewport();
});

/** From the first list of the questions to their button: lists by the number typed, marks by the space bar. */
async function answerAll(page: Page, placeOf: (at: number) => string): Promise<void> {
	const form = page.locator('form[action*="latihan"]');
	await form.getByRole('combobox').first().focus();
	for (let at = 0; at < 40; at++) {
		const here = page.locator(':focus');
		const kind = await here.evaluate((field: HTMLInputElement) => field.type);
		if (kind === 'submit') return page.keyboard.press('Enter');
		if (kind === 'select-one') await page.keyboard.press(placeOf(at));
		else if (!(await here.isChecked())) await page.keyboard.press('Space');
		await page.keyboard.press('Tab');
	}
}

/** The way the page itself offers: the next lesson that is not done. */
async function openUnread(page: Page): Promise<void> {
	await tabTo(page, 'link', /^Baca: /);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/belajar\/[\w-]+\/[\w-]+$/);
}
