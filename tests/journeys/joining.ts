/** A newcomer at the door, on the real pages: code, form, in. */
import { expect, type Page } from '@playwright/test';

export interface Newcomer {
	readonly name: string;
	readonly username: string;
	/** Its code in the list; or, for one that is missing there, its name and where it lies. */
	readonly village: string | { readonly within: string; readonly name: string };
	readonly library?: string;
}

export const NEW_PASSWORD = 'tiga kuda di sawah';

export async function join(page: Page, code: string, who: Newcomer): Promise<void> {
	await page.goto('/');
	await page.getByRole('link', { name: 'Saya punya kode pelatihan' }).click();
	await page.getByLabel('Kode pelatihan').fill(code.toLowerCase());
	await page.getByRole('button', { name: 'Lanjutkan' }).click();
	await page.getByLabel('Nama lengkap').fill(who.name);
	if (typeof who.village === 'string') {
		await page.getByLabel('Desa atau kelurahan', { exact: true }).selectOption(who.village);
	} else {
		await page.getByText('Desa saya tidak ada di daftar').click();
		await page.getByLabel('Letak desa/kelurahan').selectOption(who.village.within);
		await page.getByLabel('Nama desa atau kelurahan').fill(who.village.name);
	}
	const library = page.getByLabel('Nama perpustakaan atau taman bacaan');
	await library.fill(who.library ?? 'Perpustakaan Bina Ilmu');
	await page.getByLabel('Nama pengguna').fill(who.username);
	await page.getByLabel('Kata sandi').fill(NEW_PASSWORD);
	await page.getByLabel('Saya setuju data nama').check();
	await page.getByRole('button', { name: 'Bergabung' }).click();
	await expect(page).toHaveURL(/\/pelatihan\/[\w-]+$/);
}
