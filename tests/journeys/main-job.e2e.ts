import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { fillInFeedback } from './feedback-form.ts';
import { join } from './joining.ts';
import { questionsOn } from './pages.ts';
import { LAPTOP, PHONE, PASSWORD, signIn } from './people.ts';
import {
	activity,
	expectSaved,
	field,
	label,
	ONCE_BACK,
	openPlan,
	putCursor,
	saveState
} from './plan-page.ts';
import { freePort, startServer, type RunningServer } from './server.ts';

const VILLAGE = '15.04.04.2014';
const TITLE = 'Bimtek perjalanan utama';

let folder: string;
let port: number;
let server: RunningServer;
/** What the pages of this journey have thrown. */
const troubles: string[] = [];

const start = () => startServer({ port, databaseUrl: `file:${folder}/rembuk.db` });

test.beforeAll(async () => {
	folder = mkdtempSync(path(tmpdir(), 'rembuk-main-'));
	port = await freePort();
	server = await start();
});

test.afterAll(async () => {
	await server?.stop();
	rmSync(folder, { recursive: true, force: true });
});

async function phoneOf(browser: Browser, viewport: { width: number; height: number } = PHONE) {
	const context = await browser.newContext({ baseURL: server.url, viewport });
	const page = await context.newPage();
	page.on('pageerror', (error) => troubles.push(error.message));
	return page;
}

test('a team learns, writes a plan together, hands it in, and is heard', async ({ browser }) => {
	const laptop = await phoneOf(browser, LAPTOP);
	const sri = await phoneOf(browser);
	const budi = await phoneOf(browser);
	let code = '';
	let plan = '';

	await test.step('the office makes a training and names who teaches', async () => {
		await signIn(laptop, 'amril');
		await makeTraining(laptop);
	});

	await test.step('the facilitator opens the door', async () => {
		const address = laptop.url();
		await changePerson(laptop, 'nurhayati');
		await laptop.goto(address);
		await laptop.getByRole('link', { name: 'Pintu', exact: true }).click();
		await laptop.getByRole('button', { name: 'Buat kode dan buka pintu' }).click();
		await expect(laptop.getByText('Pintu terbuka')).toBeVisible();
		code = await laptop.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/).innerText();
	});

	await test.step('two from one village join by the code, on small phones', async () => {
		await join(sri, code, { name: 'Sri Rahayu', username: 'sri.rahayu', village: VILLAGE });
		await join(budi, code, { name: 'Budi Santoso', username: 'budi.santoso', village: VILLAGE });
		await expect(budi.getByRole('heading', { name: 'Tim Terentang Baru' })).toBeVisible();
		await expect(budi.getByText('Sri Rahayu')).toBeVisible();
	});

	await test.step('Sri reads a lesson, marks it done, takes the quiz', async () => {
		await sri.getByRole('link', { name: 'Belajar', exact: true }).click();
		await sri.getByRole('link', { name: /^Baca: / }).click();
		await sri.getByRole('button', { name: 'Tandai selesai' }).click();
		await expect(sri.getByText('Pelajaran ini sudah selesai dan tercatat.')).toBeVisible();
		await sri.getByRole('link', { name: 'Kembali ke modul' }).click();
		await sri.getByRole('link', { name: 'Kerjakan kuis' }).first().click();
		await answerQuiz(sri);
		await expect(sri.getByRole('heading', { name: 'Hasil kuis' })).toBeVisible();
	});

	await test.step('both open the same plan', async () => {
		await sri.goto('/beranda');
		await sri.getByRole('link', { name: 'Pelibatan masyarakat' }).click();
		await expect(sri.getByRole('heading', { name: 'Pelibatan masyarakat' })).toBeVisible();
		plan = new URL(sri.url()).pathname;
		await Promise.all([openPlan(sri, plan), openPlan(budi, plan)]);
		await expect(sri.getByText('2 orang sedang menyusun')).toBeVisible();
	});

	await test.step('what one adds the other sees, and at which field the other is', async () => {
		await sri.getByRole('button', { name: 'Tambah kegiatan' }).click();
		await expect(activity(budi, 1)).toBeVisible();
		await field(budi, 1, 'Judul kegiatan').focus();
		await expect(label(sri, 1, 'Judul kegiatan')).toContainText('Budi Santoso');
		await field(sri, 1, 'Penanggung jawab').fill('Sri Rahayu');
		await expect(field(budi, 1, 'Penanggung jawab')).toHaveValue('Sri Rahayu');
	});

	await test.step('two who type in one field at the same moment are both kept', async () => {
		const [hers, his] = [field(sri, 1, 'Judul kegiatan'), field(budi, 1, 'Judul kegiatan')];
		await hers.fill('pojok baca');
		await expect(his).toHaveValue('pojok baca');
		await Promise.all([putCursor(hers, 'Home'), putCursor(his, 'End')]);
		await Promise.all([
			hers.pressSequentially('Membuat ', { delay: 15 }),
			his.pressSequentially(' untuk petani', { delay: 15 })
		]);
		for (const each of [hers, his]) {
			await expect(each).toHaveValue('Membuat pojok baca untuk petani');
		}

		const [goal, sameGoal] = [field(sri, 1, 'Tujuan'), field(budi, 1, 'Tujuan')];
		await Promise.all([goal.focus(), sameGoal.focus()]);
		await Promise.all([
			sri.keyboard.insertText('Petani membaca. '),
			budi.keyboard.insertText('Warga bertanya. ')
		]);
		await expect(goal).toHaveValue(/(?=.*Petani membaca\.)(?=.*Warga bertanya\.)/);
		await expect(sameGoal).toHaveValue(await goal.inputValue());
	});

	await test.step('Sri loses the signal, goes on writing, and comes back', async () => {
		await sri.context().setOffline(true);
		await field(sri, 1, 'Keluaran dan indikator').fill('20 pemakai sampai tanggal 30');
		await field(budi, 1, 'Masalah atau kebutuhan').fill('Petani bertanya tentang pupuk.');
		await expectSaved(budi);
		await expect(field(budi, 1, 'Keluaran dan indikator')).toHaveValue('');
		await expect(saveState(sri)).toContainText('Tulisan tersimpan di HP ini');
		await sri.context().setOffline(false);
		await expectSaved(sri);
		await expect(field(budi, 1, 'Keluaran dan indikator')).toHaveValue(/20 pemakai/);
		await expect(field(sri, 1, 'Masalah atau kebutuhan')).toHaveValue(/pupuk/);
	});

	await test.step('the power goes off; nothing that was shown as saved is lost', async () => {
		await field(sri, 1, 'Kebutuhan bahan atau alat').fill('Rak, label, spidol');
		await expectSaved(sri);
		await server.kill('SIGKILL');
		await field(budi, 1, 'Risiko dan jalan keluar').fill('Relawan sedikit');
		await expect(saveState(budi)).toContainText('Tulisan tersimpan di HP ini');
		server = await start();
		await Promise.all([expectSaved(sri, ONCE_BACK), expectSaved(budi, ONCE_BACK)]);
		await expect(field(sri, 1, 'Risiko dan jalan keluar')).toHaveValue('Relawan sedikit');
		for (const page of [sri, budi]) {
			await openPlan(page, plan);
			await expect(field(page, 1, 'Judul kegiatan')).toHaveValue('Membuat pojok baca untuk petani');
			await expect(field(page, 1, 'Tujuan')).toHaveValue(/Petani membaca.*|Warga bertanya.*/);
			await expect(field(page, 1, 'Keluaran dan indikator')).toHaveValue(/20 pemakai/);
			await expect(field(page, 1, 'Kebutuhan bahan')).toHaveValue('Rak, label, spidol');
			await expect(field(page, 1, 'Risiko')).toHaveValue('Relawan sedikit');
		}
	});

	await test.step('Sri hands the plan in; on the other phone it is frozen, with the reason', async () => {
		await sri.getByRole('link', { name: 'Ajukan ke fasilitator' }).click();
		await expect(sri.getByText('1 kegiatan siap diajukan.')).toBeVisible();
		await sri.getByRole('button', { name: 'Ya, ajukan' }).click();
		await expect(sri.getByText(/^Diajukan .* Isinya terkunci\.$/)).toBeVisible();
		await expect(budi.getByRole('alert')).toContainText('tidak lagi dapat diubah');
		await expect(field(budi, 1, 'Judul kegiatan')).toBeDisabled();
		await budi.goto(plan);
		await expect(budi.getByText('Isinya terkunci.')).toBeVisible();
		await expect(budi.getByRole('textbox')).toHaveCount(0);
	});

	await test.step('the sheet for the village head has the contents and places to sign', async () => {
		await budi.getByRole('link', { name: 'Versi cetak' }).click();
		await budi.emulateMedia({ media: 'print' });
		await expect(budi.getByText('Membuat pojok baca untuk petani')).toBeVisible();
		for (const who of ['Pengelola Perpustakaan', 'Kepala Desa/Lurah', 'Paraf fasilitator']) {
			await expect(budi.getByText(who)).toBeVisible();
		}
		await expect(budi.getByRole('banner')).toBeHidden();
		const paper = await budi.pdf({ preferCSSPageSize: true });
		expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
		await budi.emulateMedia({ media: 'screen' });
	});

	await test.step('Sri says what the next training should do better', async () => {
		await sri.goto('/umpan-balik');
		await sri.getByRole('link', { name: new RegExp(`Mulai mengisi.*${TITLE}`) }).click();
		await fillInFeedback(sri);
	});

	await test.step('Perpusnas reads what the participants of a training have said', async () => {
		await changePerson(laptop, 'bambang');
		await laptop.getByRole('link', { name: 'Tinjauan', exact: true }).click();
		await laptop.getByRole('link', { name: /Gel\. I$/ }).click();
		await expect(laptop.getByText(/\d+ dari 36 peserta menjawab/)).toBeVisible();
		await expect(laptop.getByRole('heading', { name: '10 terendah' })).toBeVisible();
	});
	expect(troubles).toEqual([]);
});

async function makeTraining(page: Page): Promise<void> {
	const today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Jakarta' }).format(new Date());
	await page.goto('/pelatihan');
	await page.getByRole('link', { name: 'Pelatihan baru' }).click();
	await page.getByLabel('Nama pelatihan').fill(TITLE);
	await page.getByLabel('Tempat', { exact: true }).fill('Aula Dinas');
	await page.getByLabel('Hari pertama').fill(today);
	await page.getByLabel('Hari terakhir').fill(today);
	await page.getByRole('button', { name: 'Buat pelatihan' }).click();
	await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
	const address = page.url();
	await page.getByRole('link', { name: 'Ubah', exact: true }).click();
	await page.getByLabel('Nama pengguna').fill('nurhayati');
	await page.getByLabel('Kata sandi Bapak/Ibu').fill(PASSWORD);
	await page.getByRole('button', { name: 'Tambahkan' }).click();
	await expect(
		page.getByRole('button', { name: 'Cabut penugasan Nurhayati, S.IP.' })
	).toBeVisible();
	await page.goto(address);
}

async function changePerson(page: Page, username: string): Promise<void> {
	await page.goto('/keluar');
	await page.getByRole('main').getByRole('button', { name: 'Keluar' }).click();
	await expect(page).toHaveURL(/\/masuk$/);
	await signIn(page, username);
}

async function answerQuiz(page: Page): Promise<void> {
	for (const question of await questionsOn(page)) {
		await question.getByRole('radio').nth(1).check();
	}
	await page.getByRole('button', { name: 'Kirim jawaban' }).click();
}
