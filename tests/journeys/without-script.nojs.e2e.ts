import { expect, test, type Page } from '@playwright/test';
import { fillInFeedback } from './feedback-form.ts';
import { join, NEW_PASSWORD } from './joining.ts';
import { questionsOn } from './pages.ts';
import { PHONE, signIn } from './people.ts';
import { makeTraining, today } from './training.ts';

test.use({ viewport: PHONE });

test('a newcomer joins, learns, takes the quiz and gives feedback', async ({ page, baseURL }) => {
	const title = 'Bimtek tanpa JavaScript';
	const { code } = await makeTraining(baseURL!, title);
	await join(page, code, { name: 'Suparni', username: 'suparni', village: '15.04.04.2014' });
	await expect(page.getByRole('heading', { name: title })).toBeVisible();

	await page.goto('/keluar');
	await page.getByRole('main').getByRole('button', { name: 'Keluar' }).click();
	await signIn(page, 'suparni', NEW_PASSWORD);

	await page.getByRole('link', { name: 'Belajar', exact: true }).click();
	await page.getByRole('link', { name: /^Baca: / }).click();
	await page.getByRole('button', { name: 'Tandai selesai' }).click();
	await expect(page.getByText('Pelajaran ini sudah selesai dan tercatat.')).toBeVisible();

	await page.getByRole('link', { name: 'Kembali ke modul' }).click();
	await page.getByRole('link', { name: 'Kerjakan kuis' }).first().click();
	await page.getByRole('radio').first().check();
	await page.getByRole('button', { name: 'Kirim jawaban' }).click();
	await expect(page.getByRole('alert')).toContainText('Masih ada pertanyaan');
	await expect(page.getByRole('radio').first()).toBeChecked();
	for (const question of await questionsOn(page)) {
		await question.getByRole('radio').first().check();
	}
	await page.getByRole('button', { name: 'Kirim jawaban' }).click();
	await expect(page.getByRole('heading', { name: 'Hasil kuis' })).toBeVisible();

	await page.goto('/umpan-balik');
	await page.getByRole('link', { name: new RegExp(`Mulai mengisi.*${title}`) }).click();
	await fillInFeedback(page);
	await page.getByRole('link', { name: 'Ke daftar umpan balik' }).click();
	await expect(page.getByText('Sudah dikirim.')).toBeVisible();
});

test('a learner searches, writes a note and fills in a sheet', async ({ page }) => {
	await signIn(page, 'dodi');
	await page.goto('/belajar');
	await page.getByRole('searchbox', { name: 'Cari di semua pelajaran' }).fill('melatih');
	await page.getByRole('button', { name: 'Cari' }).click();
	await expect(page.locator('mark').filter({ hasText: 'pelatihan' }).first()).toBeVisible();
	await page
		.getByRole('main')
		.getByRole('listitem')
		.filter({ hasText: 'perpustakaan' })
		.getByRole('link')
		.first()
		.click();

	const thought = 'Minggu ini kami buka juga sore hari.';
	await page.getByRole('textbox', { name: 'Catatan saya' }).fill(thought);
	await page.getByRole('button', { name: 'Simpan catatan' }).click();
	await expect(page.getByText(/Tersimpan di server .* WIB/).first()).toBeVisible();

	await page.getByRole('link', { name: 'Alat bantu', exact: true }).click();
	await page.getByRole('main').getByRole('heading').getByRole('link').first().click();
	await page.getByRole('textbox').first().fill('Sudah kami periksa.');
	await page.getByRole('button', { name: 'Simpan isian' }).click();
	await page.getByRole('link', { name: 'Lembar yang terisi untuk dicetak' }).click();
	await expect(page.getByText('Sudah kami periksa.')).toBeVisible();

	await page.goto('/belajar/catatan');
	await expect(page.getByText(thought, { exact: true }).first()).toBeVisible();
	await expect(page.getByText('Sudah kami periksa.')).toBeVisible();
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: /^Unduh sebagai teks/ }).click();
	expect((await download).suggestedFilename()).toBe('buku-catatan.txt');
});

test('a plan can be read, with a sentence that says why it cannot be written', async ({ page }) => {
	await signIn(page, 'dodi');
	await openPlanThatIs(page, 'Draf');
	const sentence = page.locator('noscript p'); // Playwright's getByText passes over <noscript>
	await expect(sentence).toBeVisible();
	await expect(sentence).toContainText('Menulis bersama memerlukan JavaScript');
	await expect(page.getByRole('status')).toHaveCount(0); // nothing is being opened or saved
	await expect(page.getByText('Halaman menulis sedang dibuka')).toBeHidden();
	await expect(page.getByText('Kegiatan 1', { exact: true })).toBeVisible();
	await expect(page.getByRole('term').filter({ hasText: 'Tujuan' }).first()).toBeVisible();
});

test('a plan that is complete is handed in', async ({ page }) => {
	await signIn(page, 'yusuf');
	await openPlanThatIs(page, 'Dikembalikan');
	await page.getByRole('link', { name: 'Ajukan ke fasilitator' }).click();
	await page.getByRole('button', { name: 'Ya, ajukan' }).click();
	await expect(page.getByText('Isinya terkunci.')).toBeVisible();
	await page.getByRole('link', { name: 'Versi cetak' }).click();
	await expect(page.getByText('Paraf fasilitator')).toBeVisible();
});

test('a plan that lacks something is not, and the page names what', async ({ page }) => {
	await signIn(page, 'dodi');
	await openPlanThatIs(page, 'Draf');
	await page.getByRole('link', { name: 'Ajukan ke fasilitator' }).click();
	await expect(page.getByText(/Kegiatan \d+ belum lengkap: /)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Ya, ajukan' })).toHaveCount(0);
});

test('the office makes a training, the facilitator runs its door', async ({ page }) => {
	await signIn(page, 'amril');
	await page.goto('/pelatihan/baru');
	await page.getByLabel('Nama pelatihan').fill('Bimtek dari kantor');
	await page.getByLabel('Tempat', { exact: true }).fill('Aula');
	await page.getByLabel('Hari pertama').fill(today());
	await page.getByLabel('Hari terakhir').fill(today());
	await page.getByRole('button', { name: 'Buat pelatihan' }).click();
	await page.getByRole('link', { name: 'Pintu', exact: true }).click();
	await page.getByRole('button', { name: 'Buat kode hari ini' }).click();
	await expect(page.getByText('Pintu tertutup')).toBeVisible();
	await expect(page.getByRole('img', { name: 'Kode QR' })).toBeVisible();
	await page.getByRole('button', { name: 'Buka pintu' }).click();
	await expect(page.getByText('Pintu terbuka')).toBeVisible();
});

test('Perpusnas reads the review and the plans, and narrows them down', async ({ page }) => {
	await signIn(page, 'bambang');
	await page.getByRole('link', { name: 'Tinjauan', exact: true }).click();
	await page.getByLabel('Wilayah').selectOption('Jambi');
	await page.getByLabel('Bagian atau modul').selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Tampilkan' }).click();
	await expect(page.getByRole('heading', { name: 'Jambi', exact: true })).toBeVisible();
	// Chosen, not looked for: other journeys hold trainings too, and the table has pages.
	const trainings = page.getByLabel('Pelatihan', { exact: true });
	const first = trainings.locator('option', { hasText: /Gel\. I$/ });
	const id = (await first.getAttribute('value')) ?? '';
	await trainings.selectOption(id);
	await page.getByRole('button', { name: 'Tampilkan' }).click();
	await expect(page).toHaveURL(new RegExp(`/tinjau/${id}`));
	await expect(page.getByText(/peserta menjawab/)).toBeVisible();
	const file = page.waitForEvent('download');
	await page.getByRole('link', { name: /^Unduh CSV/ }).click();
	expect((await file).suggestedFilename()).toBe('umpan-balik.csv');

	await page.goto(`/pelatihan/${id}`);
	await expect(page.getByText(/\d+ dari 36 rencana sudah diajukan\./)).toBeVisible();

	await page.getByRole('link', { name: 'Rencana', exact: true }).click();
	await expect(page.getByText(/\d+ rencana dari \d+ tim\./)).toBeVisible();
	await page.getByLabel('Strategi').selectOption('Advokasi');
	await page.getByLabel('Status').selectOption('Draf');
	await page.getByRole('button', { name: 'Tampilkan' }).click();
	await expect(page).toHaveURL(/strategi=advokasi&status=draf/);
	await expect(page.locator('.badge').first()).toHaveText('Draf');
	await expect(page.locator('.badge', { hasNotText: 'Draf' })).toHaveCount(0);

	await page.goto('/tinjau/soal');
	await expect(page.locator('details:not([open])').first()).toBeVisible();
	await page.getByRole('link', { name: /^Buka semua bagian yang terlipat/ }).click();
	await expect(page.getByRole('link', { name: 'Lipat lagi' })).toBeVisible();
	await expect(page.locator('details:not([open])')).toHaveCount(0);
});

async function openPlanThatIs(page: Page, state: string): Promise<void> {
	await page.goto('/rencana');
	const card = page.getByRole('listitem').filter({ hasText: state }).first();
	await card.getByRole('link').click();
}
