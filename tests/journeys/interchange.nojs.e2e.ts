/** Questions come in, are asked and answered; modules and results go out. All without a script. */
import { readFileSync } from 'node:fs';
import { expect, test, type Download, type Locator, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { readCsv } from '../../src/lib/platform/csv.ts';
import { hrefsIn } from './pages.ts';
import { browserOf, PHONE, requestsOf, signIn } from './people.ts';
import { startServer } from './server.ts';

test.use({ viewport: PHONE });

const noScript = { javaScriptEnabled: false };
const ASKED = 'Siapa yang pertama diajak bicara?';
const QUESTIONS = [
	'// soal dari rapat koordinasi',
	'::Kader::Siapa yang pertama diajak bicara? {=Kader desa#Ia kenal warga. ~Orang kota####Lihat A1.}',
	'',
	'Membaca itu hak semua orang. {T}'
].join('\n');

const file = (name: string, text: string) => ({
	name,
	mimeType: 'text/plain',
	buffer: Buffer.from(text)
});

async function check(page: Page, name: string, text: string): Promise<void> {
	await page.getByLabel('Berkas soal').setInputFiles(file(name, text));
	await page.getByRole('button', { name: 'Periksa berkas' }).click();
}

/** Addresses of lessons, in the order of the page. */
async function lessonsOn(page: Page): Promise<string[]> {
	const html = await (await page.request.get('/belajar')).text();
	return hrefsIn(html, /^\/belajar\/[\w-]+\/[\w-]+$/);
}

async function aModuleOn(page: Page): Promise<string> {
	const [first = ''] = await lessonsOn(page);
	return first.split('/')[2] ?? '';
}

/** The first choice; places from 1 on; any word. */
async function answer(question: Locator): Promise<void> {
	const radio = question.getByRole('radio').first();
	if ((await radio.count()) > 0) return radio.check();
	const box = question.getByRole('checkbox').first();
	if ((await box.count()) > 0) return box.check();
	for (const [at, list] of (await question.getByRole('combobox').all()).entries()) {
		await list.selectOption({ index: at + 1 });
	}
	for (const words of await question.getByRole('textbox').all()) await words.fill('perpustakaan');
}

/** "Unduh x (12 kB)": what is said before is what arrives, rounded up. */
async function download(page: Page, name: RegExp): Promise<{ saved: Download; content: Buffer }> {
	const link = page.getByRole('link', { name }).first();
	const said = /\(([\d.]+) kB\)/.exec((await link.textContent()) ?? '')?.[1] ?? '';
	const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
	const content = readFileSync(await saved.path());
	expect(Number(said.replaceAll('.', ''))).toBe(Math.ceil(content.length / 1000));
	return { saved, content };
}

const rowsOf = (csv: Buffer) => (readCsv(csv.toString()) ?? []).map(({ cells }) => cells);

test('Perpusnas brings questions in and asks one at the end of a lesson', async ({ browser }) => {
	// A server of its own: what is asked changes the course for everybody.
	const server = await startServer();
	try {
		const bambang = await browserOf(browser, server.url, 'bambang', {
			viewport: PHONE,
			...noScript
		});
		const page = await bambang.newPage();
		await page.goto('/tinjau');
		await page.getByRole('link', { name: 'Bank soal' }).click();
		await expect(page.getByText('Belum ada soal di sini')).toBeVisible();
		await page.getByRole('link', { name: 'Impor soal' }).click();

		const lesson = await page.getByLabel('Pelajaran untuk soal').inputValue();
		await check(page, 'soal.gift', `${QUESTIONS}\n\nCeritakan! {}`);
		await expect(page.getByText('1 dari 3 soal perlu diperbaiki')).toBeVisible();
		await expect(page.getByRole('row').filter({ hasText: 'Ceritakan!' })).toContainText(
			'Soal uraian'
		);
		await expect(page.getByRole('button', { name: /ke bank soal/ })).toHaveCount(0);

		await check(page, 'besar.gift', `// ${'x'.repeat(250_000)}`);
		await expect(page.getByText('lebih dari 200 kB')).toBeVisible();

		await check(page, 'soal.gift', QUESTIONS);
		await expect(page.getByText('2 soal siap masuk')).toBeVisible();
		await page.getByRole('button', { name: 'Masukkan 2 soal ke bank soal' }).click();
		await expect(page.getByRole('status')).toContainText('2 soal baru');

		const card = page.getByRole('article').filter({ hasText: ASKED });
		await card.getByRole('button', { name: 'Tanyakan di pelajaran' }).click();
		await expect(card.getByText('Ditanyakan di akhir pelajaran')).toBeVisible();

		const sari = await browserOf(browser, server.url, 'sari', { viewport: PHONE, ...noScript });
		const phone = await sari.newPage();
		await phone.goto(`/belajar/${lesson}`);
		await expect(phone.getByRole('group', { name: ASKED })).toBeVisible();
		for (const question of await phone
			.locator('form[action*="latihan"]')
			.getByRole('group')
			.all()) {
			await answer(question);
		}
		await phone.locator('form[action*="latihan"] button').click();
		await expect(phone.getByText(ASKED)).toBeVisible();
		await expect(phone.getByText('Lihat A1.')).toBeVisible();
	} finally {
		await server.stop();
	}
});

test('whoever teaches takes a module to another system', async ({ page }) => {
	await signIn(page, 'nurhayati');
	const slug = await aModuleOn(page);
	await page.goto(`/belajar/${slug}`);
	await page.getByRole('link', { name: 'Bawa modul ini ke sistem lain' }).click();
	const { saved, content } = await download(page, /Unduh .*\.imscc/);
	expect(saved.suggestedFilename()).toBe(`${slug}.id.imscc`);
	const manifest = unzipSync(new Uint8Array(content))['imsmanifest.xml'];
	expect(strFromU8(manifest ?? new Uint8Array())).toContain('<schemaversion>1.3.0</schemaversion>');
	await download(page, /Unduh .*\.qti\.zip/);
	await download(page, /Unduh .*\.gift\.txt/);
});

test('whoever follows a training takes its results and its attendance along', async ({ page }) => {
	await signIn(page, 'nurhayati');
	await page.goto('/pelatihan');
	const past = page.getByRole('listitem').filter({ hasText: 'Masa pelaksanaan' });
	await past.getByRole('link', { name: 'Bimtek SPP-TIK Jambi' }).click();
	await page.getByRole('link', { name: 'Tes', exact: true }).click();
	await page.getByRole('link', { name: 'Unduh hasil untuk dibawa' }).click();
	const results = new URL(page.url()).pathname;
	const { content } = await download(page, /hasil-kelas\.xlsx/);
	const sheets = await readXlsxFile(content);
	expect(sheets.map(({ sheet }) => sheet)).toEqual(['Ringkasan', 'Per pelajaran', 'Daftar kirim']);
	const lessons = rowsOf((await download(page, /hasil-per-pelajaran\.csv/)).content);
	expect(lessons[0]?.slice(0, 2)).toEqual(['Modul', 'Pelajaran']);
	expect(lessons.length).toBeGreaterThan(5);
	const people = rowsOf((await download(page, /daftar-kirim\.csv/)).content);
	expect(people.find(([, name]) => name === 'Sari Wulandari, A.Md.')).toHaveLength(4);
	const xapi = (await download(page, /xapi\.json/)).content.toString();
	const statements = JSON.parse(xapi) as { verb: { id: string } }[];
	expect(statements.length).toBeGreaterThan(100);
	const verbs = new Set(statements.map(({ verb }) => verb.id.split('/').pop()));
	expect(verbs).toEqual(new Set(['answered', 'completed']));
	expect(xapi.includes('Wulandari'), 'a name in the statements').toBe(false);

	const attendance = results.replace('/tes/unduh', '/kehadiran');
	await page.goto(attendance);
	const [hours, entries] = await readXlsxFile((await download(page, /kehadiran\.xlsx/)).content);
	expect([hours?.sheet, entries?.sheet]).toEqual(['Rekap JP', 'Rincian per sesi']);
	const sari = hours?.data.find((row) => row[1] === 'Sari Wulandari, A.Md.');
	expect(sari?.at(-2)).toEqual(expect.any(Number));
	const sessions = rowsOf((await download(page, /kehadiran\.csv/)).content);
	expect(sessions).toHaveLength(entries?.data.length ?? 0);

	await noFileFor('sari', [results, attendance], 403);
	await noFileFor(null, [results, attendance], 303);
	/** Perpusnas reads how a class did, never who was there. */
	const bambang = await requestsOf(new URL(page.url()).origin, 'bambang');
	expect((await bambang.get(`${results}/hasil-kelas.xlsx`)).status()).toBe(200);
	for (const name of ['daftar-kirim.csv', 'xapi.json']) {
		expect((await bambang.get(`${results}/${name}`)).status(), name).toBe(404);
	}
	expect((await bambang.get(`${attendance}/unduh/kehadiran.csv`)).status()).toBe(403);
	await bambang.dispose();

	async function noFileFor(who: string | null, [of = '', at = '']: string[], status: number) {
		const requests = await requestsOf(new URL(page.url()).origin, who);
		const files = [
			...['hasil-kelas.xlsx', 'hasil-per-pelajaran.csv', 'daftar-kirim.csv', 'xapi.json'].map(
				(name) => `${of}/${name}`
			),
			...['kehadiran.xlsx', 'kehadiran.csv'].map((name) => `${at}/unduh/${name}`)
		];
		for (const file of files) {
			const answer = await requests.get(file, { maxRedirects: 0 });
			expect(answer.status(), file).toBe(status);
		}
		await requests.dispose();
	}
});

test('a participant is told that answers are not for taking along', async ({ page }) => {
	await signIn(page, 'sari');
	const slug = await aModuleOn(page);
	await page.goto(`/belajar/${slug}`);
	await expect(page.getByRole('link', { name: 'Bawa modul ini' })).toHaveCount(0);
	const answer = await page.goto(`/belajar/${slug}/ekspor`);
	expect(answer?.status()).toBe(403);
	await expect(page.getByText('berisi kunci jawaban')).toBeVisible();
});
