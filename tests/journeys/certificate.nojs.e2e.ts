/** A certificate on plain forms: earned, printed, checked by a stranger, declared, revoked. */
import { expect, test } from '@playwright/test';
import { browserOf, LAPTOP, PHONE, requestsOf, signIn } from './people.ts';
import { hrefsIn } from './pages.ts';

const trainingOf = async (server: string) => {
	const sari = await requestsOf(server, 'sari');
	const [path = ''] = hrefsIn(await (await sari.get('/beranda')).text(), /^\/pelatihan\/\w+$/);
	await sari.dispose();
	return path;
};

test('whoever has completed the training issues their own, and a stranger can check it', async ({
	page,
	browser,
	baseURL
}) => {
	await page.setViewportSize(PHONE);
	const training = await trainingOf(baseURL!);
	await signIn(page, 'yusuf');
	await page.getByRole('link', { name: 'Ambil sertifikat' }).click();
	await expect(page.getByText('Nama yang dicetak: “Yusuf”.')).toBeVisible();
	await page.getByRole('main').getByRole('link', { name: 'Akun saya' }).click();
	await page.getByLabel('Nama lengkap').fill('Yusuf, S.Pd.');
	await page.getByRole('button', { name: 'Simpan nama' }).click();
	await expect(page.getByText('Nama sudah diperbaiki.')).toBeVisible();
	await page.goto(`${training}/sertifikat`);
	await expect(page.getByText('Nama yang dicetak: “Yusuf, S.Pd.”')).toBeVisible();
	await expect(
		page.getByText(/Kehadiran: \d+ dari 26 JP, paling sedikit 21 JP. Terpenuhi./)
	).toBeVisible();
	await page.getByRole('button', { name: 'Terbitkan sertifikat saya' }).click();
	await expect(page.getByRole('article').getByText('Yusuf, S.Pd.', { exact: true })).toBeVisible();

	const link = page.getByRole('link', { name: /Unduh PDF \(\d+ kB\)/ });
	const said = Number(/(\d+) kB/.exec((await link.textContent()) ?? '')?.[1]);
	const pdf = await page.request.get((await link.getAttribute('href')) ?? '');
	expect(pdf.headers()['content-type']).toBe('application/pdf');
	const bytes = await pdf.body();
	expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
	expect(Math.ceil(bytes.length / 1000)).toBe(said);

	const number = /\w{4}-\w{4}-\w{4}/.exec(await page.getByRole('article').innerText())?.[0] ?? '';
	const stranger = await (await browserOf(browser, baseURL!, null)).newPage();
	await stranger.goto('/sertifikat');
	await stranger.getByLabel('Nomor sertifikat').fill('0000-0000-0000');
	await stranger.getByRole('button', { name: 'Periksa' }).click();
	await expect(stranger.getByRole('alert')).toContainText('Tidak ada sertifikat dengan nomor itu.');
	await stranger.getByLabel('Nomor sertifikat').fill(number.toLowerCase());
	await stranger.getByRole('button', { name: 'Periksa' }).click();
	await expect(stranger.getByText('Sertifikat ini berlaku.')).toBeVisible();
	await expect(stranger.getByText('Y••••')).toBeVisible();
	expect(await stranger.content()).not.toContain('Yusuf');
	const address = `/sertifikat/${number.replaceAll('-', '')}`;
	const badge = await stranger.request.get(`${address}/kredensial`);
	expect(await badge.json()).toMatchObject({
		type: ['VerifiableCredential', 'OpenBadgeCredential']
	});

	// The office takes it back: the stranger sees that, and the owner where to turn.
	const office = await (await browserOf(browser, baseURL!, 'amril')).newPage();
	await office.goto(`${training}${address}`);
	await office.getByText('Cabut sertifikat').first().click();
	await office.getByLabel('Alasan pencabutan').fill('Contoh pencabutan');
	await office.getByRole('button', { name: 'Cabut sertifikat' }).click();
	await expect(office.getByText('Alasan: Contoh pencabutan')).toBeVisible();
	await stranger.reload();
	await expect(stranger.getByText('Sertifikat ini tidak berlaku')).toBeVisible();
	expect(await stranger.content()).not.toContain('Contoh pencabutan');
	expect((await stranger.request.get(`${address}/kredensial`)).status()).toBe(404);
	await page.goto(`${training}/sertifikat`);
	await expect(page.getByText('Silakan hubungi petugas dinas')).toBeVisible();
	await stranger.context().close();
	await office.context().close();
});

test('whoever is short of hours reads by how many; the facilitator may decide, with a reason', async ({
	page,
	browser,
	baseURL
}) => {
	await page.setViewportSize(LAPTOP);
	const training = await trainingOf(baseURL!);
	await signIn(page, 'dodi');
	await page.goto(`${training}/sertifikat`);
	await expect(page.getByText(/Masih kurang \d JP untuk mencapai 80%\./)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Terbitkan' })).toHaveCount(0);

	const teacher = await (await browserOf(browser, baseURL!, 'nurhayati')).newPage();
	await teacher.goto(`${training}/sertifikat`);
	const row = teacher.getByRole('row', { name: /Dodi Saputra/ });
	await row.getByText('Nyatakan selesai').first().click();
	await row.getByLabel('Alasan, walaupun syarat belum terpenuhi').fill('Izin pernikahan keluarga');
	await row.getByRole('button', { name: 'Nyatakan selesai' }).click();
	await expect(row.getByText('Selesai, belum terbit')).toBeVisible();
	await teacher.context().close();

	await page.reload();
	await expect(page.getByText('Alasan: Izin pernikahan keluarga')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Terbitkan sertifikat saya' })).toBeVisible();
});
