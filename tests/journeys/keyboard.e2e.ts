import { expect, test, type Page } from '@playwright/test';
import { NEW_PASSWORD } from './joining.ts';
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
	await tabTo(page, 'link', /^Konsep transformasi/);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/belajar\/[\w-]+$/);
	await openUnread(page);
	await tabTo(page, 'button', /^Tandai selesai$/);
	await page.keyboard.press('Space');
	await expect(page.getByText('Pelajaran ini sudah selesai dan tercatat.')).toBeVisible();
});

/** The way the page itself offers: the next lesson that is not done. */
async function openUnread(page: Page): Promise<void> {
	await tabTo(page, 'link', /^Baca: /);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/belajar\/[\w-]+\/[\w-]+$/);
}
