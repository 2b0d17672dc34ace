/** Attendance on plain forms: the code on the projector, typed on a phone; the signed list; setting right. */
import { expect, test } from '@playwright/test';
import { NEW_PASSWORD } from './joining.ts';
import { LAPTOP, PHONE, requestsOf, send, signIn } from './people.ts';
import {
	addSession,
	codeOnScreen,
	joinQuietly,
	makeTraining,
	type OwnTraining
} from './training.ts';

let training: OwnTraining;
let server: string;
let session: string;

test.beforeAll(async ({ baseURL }) => {
	server = baseURL!;
	training = await makeTraining(server, 'Bimtek Hadir di HP');
	for (const [username, name] of [
		['parjo', 'Parjo'],
		['tumini', 'Tumini']
	] as const) {
		await (await joinQuietly(server, training.code, { username, name })).dispose();
	}
	session = await addSession(server, `/pelatihan/${training.id}`);
	const office = await requestsOf(server, 'amril');
	const terms = await send(office, `${server}/pelatihan/${training.id}/sertifikat?/syarat`, {
		kehadiran: '100'
	});
	expect(terms.status()).toBe(303);
	await office.dispose();
});

test('somebody types the code from the screen and is in', async ({ page }) => {
	await page.setViewportSize(PHONE);
	await signIn(page, 'parjo', NEW_PASSWORD);
	await expect(page.getByText('Kehadiran sesi “Advokasi” sedang dicatat.')).toBeVisible();
	await page.getByRole('link', { name: 'Masukkan kode hadir' }).click();
	await page.getByLabel('Kode hadir').fill('222-222');
	await page.getByRole('button', { name: 'Saya hadir' }).click();
	await expect(page.getByRole('alert')).toContainText('Kode itu tidak dikenal.');
	await expect(page.getByLabel('Kode hadir')).toHaveValue('222-222');

	await page.getByLabel('Kode hadir').fill((await codeOnScreen(server, session)).toLowerCase());
	await page.getByRole('button', { name: 'Saya hadir' }).click();
	await expect(
		page.getByText(/tercatat hadir pada sesi “Advokasi” pukul \d\d\.\d\d WIB/)
	).toBeVisible();
	await page.getByRole('link', { name: 'Lihat semua kehadiran saya' }).click();
	await expect(page.getByText('2 dari 2 jam pelajaran (JP) dihadiri')).toBeVisible();
	await page.getByRole('link', { name: 'Sertifikat', exact: true }).click();
	await expect(page.getByText('sudah menyelesaikan pelatihan ini')).toBeVisible();

	// A scanned code is in the field already: one tap is left.
	await page.goto(`/hadir?kode=${(await codeOnScreen(server, session)).replace('-', '')}`);
	await page.getByRole('button', { name: 'Saya hadir' }).click();
	await expect(page.getByText(/tercatat hadir pada sesi/)).toBeVisible();
});

test('the facilitator shows the code, enters the signed list and sets right with a reason', async ({
	page
}) => {
	await page.setViewportSize(LAPTOP);
	await signIn(page, 'nurhayati');
	await page.goto(`/pelatihan/${training.id}/kehadiran`);
	await page.getByRole('link', { name: 'Advokasi' }).click();
	await page.getByRole('link', { name: 'Tampilkan kode di layar' }).click();
	await expect(page.getByText(/^[2-9A-Z]{3}-[2-9A-Z]{3}$/)).toBeVisible();
	await expect(page.getByText('1 dari 2 peserta tercatat hadir')).toBeVisible();
	await page.getByRole('button', { name: 'Tutup pencatatan' }).click();

	await page.getByLabel('Tumini').check();
	await page.getByRole('button', { name: 'Catat dari daftar kertas' }).click();
	await expect(page.getByText(/Dari daftar kertas, dimasukkan Nurhayati.* pukul/)).toBeVisible();

	const parjo = page.getByRole('listitem').filter({ hasText: 'Parjo' });
	await parjo.getByText('Perbaiki').click();
	await parjo.getByLabel('Alasan perbaikan').fill('Titip absen');
	await parjo.getByRole('button', { name: 'Ubah menjadi tidak hadir' }).click();
	await expect(
		parjo.getByText(/Diubah menjadi tidak hadir oleh Nurhayati.*: Titip absen/)
	).toBeVisible();
	await expect(page.getByText('1 dari 2 peserta tercatat hadir')).toBeVisible();

	// Complete is complete: it was noted when he was entered.
	await page.goto(`/pelatihan/${training.id}/sertifikat`);
	const row = page.getByRole('row', { name: /Parjo/ });
	await expect(row.getByText('Selesai, belum terbit')).toBeVisible();
	await expect(row.getByText('0 dari 2')).toBeVisible();
});
