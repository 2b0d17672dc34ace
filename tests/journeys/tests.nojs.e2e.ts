/** The pre-test of a class, on plain forms: begun, left, gone on with, handed in, late, opened again. */
import { expect, test, type Page } from '@playwright/test';
import { NEW_PASSWORD } from './joining.ts';
import { questionsOn } from './pages.ts';
import { PHONE, requestsOf, send, signIn } from './people.ts';
import { joinQuietly, makeTraining, type OwnTraining } from './training.ts';

test.use({ viewport: PHONE });

let training: OwnTraining;
let server: string;
let tests: string;

test.beforeAll(async ({ baseURL }) => {
	server = baseURL!;
	training = await makeTraining(server, 'Bimtek Tes di HP');
	tests = `/pelatihan/${training.id}/tes`;
	for (const [username, name] of [
		['kasiyem', 'Kasiyem'],
		['poniman', 'Poniman']
	] as const) {
		await (await joinQuietly(server, training.code, { username, name })).dispose();
	}
});

async function turn(action: 'buka_awal' | 'tutup_awal'): Promise<void> {
	const nurhayati = await requestsOf(server, 'nurhayati');
	expect((await send(nurhayati, `${server}${tests}?/${action}`)).status()).toBe(303);
	await nurhayati.dispose();
}

/** The first choice everywhere; orders as they stand, pairs all alike. */
async function answerPage(page: Page): Promise<void> {
	for (const question of await questionsOn(page)) {
		const radio = question.getByRole('radio').first();
		if ((await radio.count()) > 0) await radio.check();
		const lists = await question.getByRole('combobox').all();
		const isOrder = (await question.getByText('Beri nomor urut').count()) > 0;
		for (const [at, list] of lists.entries()) {
			await list.selectOption({ index: isOrder ? at + 1 : 1 });
		}
	}
}

test('a test is taken in pieces, and told about when it is handed in', async ({ page }) => {
	await signIn(page, 'kasiyem', NEW_PASSWORD);
	await expect(page.getByText('Tes awal sudah dibuka')).toHaveCount(0);
	await turn('buka_awal');
	await page.reload();
	await expect(page.getByText('Tes awal sudah dibuka')).toBeVisible();
	await page.getByRole('link', { name: 'Kerjakan tes' }).click();
	await page.getByRole('button', { name: 'Mulai' }).click();
	await answerPage(page);
	await page.getByRole('button', { name: 'Simpan dan lanjut' }).click();
	await expect(page.getByText('5 dari 20 terjawab.')).toBeVisible();
	await expect(page.getByText(/Tersimpan di server \d\d\.\d\d WIB/)).toBeVisible();

	// Another time, perhaps on another phone.
	await page.goto('/keluar');
	await page.getByRole('main').getByRole('button', { name: 'Keluar' }).click();
	await signIn(page, 'kasiyem', NEW_PASSWORD);
	await page.getByRole('link', { name: 'Kerjakan tes' }).click();
	await expect(page.getByText('Halaman 2 dari 4.')).toBeVisible();
	await answerPage(page);
	await page.getByRole('button', { name: 'Kembali' }).click();
	await expect(page.getByText('Halaman 1 dari 4. 10 dari 20 terjawab.')).toBeVisible();
	expect(await page.getByRole('radio', { checked: true }).count()).toBeGreaterThan(0);

	await page.getByRole('button', { name: 'Simpan, lalu lihat semua nomor' }).click();
	await expect(page.getByText('10 dari 20 pertanyaan belum dijawab.')).toBeVisible();
	await page.getByRole('link', { name: '11 belum dijawab' }).click();
	for (const button of ['Simpan dan lanjut', 'Simpan dan periksa']) {
		await answerPage(page);
		await page.getByRole('button', { name: button }).click();
	}
	await expect(page.getByText('Semua 20 pertanyaan sudah dijawab.')).toBeVisible();
	await page.getByRole('button', { name: 'Kirim tes' }).click();
	await expect(page.getByText(/Terima kasih\. \d+ dari 20 jawaban benar\./)).toBeVisible();
	await expect(page.getByText('setelah tes akhir ditutup')).toBeVisible();
});

test('what comes after the closing is refused in words, kept, and counts when it is opened again', async ({
	page
}) => {
	await turn('buka_awal');
	await signIn(page, 'poniman', NEW_PASSWORD);
	await page.goto(`${tests}/awal`);
	await page.getByRole('button', { name: 'Mulai' }).click();
	await answerPage(page);
	await turn('tutup_awal');
	await page.getByRole('button', { name: 'Simpan dan lanjut' }).click();
	await expect(page.getByRole('alert')).toContainText('tersimpan sebagai terlambat');
	await expect(page.getByText('5 dari 20 jawaban tersimpan')).toBeVisible();
	await turn('buka_awal');
	await page.goto(`${tests}/awal?bagian=1`);
	await expect(page.getByText('5 dari 20 terjawab.')).toBeVisible();
	await page.goto(`${tests}/awal?bagian=periksa`);
	await page.getByRole('button', { name: 'Kirim tes' }).click();
	await expect(page.getByText(/Terima kasih\./)).toBeVisible();
});

test('the facilitator opens, follows and closes it', async ({ page }) => {
	await signIn(page, 'nurhayati');
	await page.goto(tests);
	await expect(page.getByText('2 dari 2 peserta sudah mengirim.')).toBeVisible();
	await expect(
		page.getByRole('row', { name: /Kasiyem.*Sudah mengirim.*Belum mulai/ })
	).toBeVisible();
	await page.getByRole('button', { name: 'Tutup tes awal' }).click();
	await expect(page.getByText('Kurang dari lima orang mengirim tes ini')).toBeVisible();
	await page.getByRole('button', { name: 'Buka tes akhir' }).click();
	await expect(page.getByText('tes awal tidak dapat dibuka lagi')).toBeVisible();
});
