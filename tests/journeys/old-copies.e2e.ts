import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import * as Y from 'yjs';
import { openDb } from '../../src/lib/platform/server/db/index.ts';
import { document, documentUpdate } from '../../src/lib/platform/server/db/schema/documents.ts';
import { openDocumentLog, type DocumentLog } from '../../src/lib/platform/server/documents.ts';
import { addRow, rowsOf, seedUpdate, textOf } from '../../src/lib/plans/draft.ts';
import { browserOf, PHONE } from './people.ts';
import { activity, expectSaved, field, ONCE_BACK, openPlan, saveState } from './plan-page.ts';
import { hrefsIn } from './pages.ts';
import { freePort, startServer, type RunningServer } from './server.ts';

let folder: string;
let server: RunningServer;
let port: number;

const databaseUrl = () => `file:${folder}/rembuk.db`;

test.beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'rembuk-epochs-'));
	port = await freePort();
	server = await startServer({ port, databaseUrl: databaseUrl() });
});

test.afterAll(async () => {
	await server?.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** Beside the running program, as maintenance would: SQLite lets two write after each other. */
async function maintain<T>(work: (log: DocumentLog, db: Db) => Promise<T>): Promise<T> {
	const db = await openDb(databaseUrl(), { lock: false });
	try {
		return await work(openDocumentLog(db), db);
	} finally {
		await db.close();
	}
}

type Db = Awaited<ReturnType<typeof openDb>>;

async function plansOf(context: BrowserContext): Promise<string[]> {
	return hrefsIn(await (await context.request.get('/rencana')).text(), /^\/rencana\/\w+$/);
}

async function openAndListen(page: Page, plan: string): Promise<string> {
	const opened = page.waitForEvent('websocket');
	await openPlan(page, plan);
	return /\/sync\/(\w+)/.exec((await opened).url())?.[1] ?? '';
}

/** What an erasure leaves: one activity, and no history. */
function rebuiltDraft(title: string): Uint8Array {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, seedUpdate());
	const row = rowsOf(doc).get(addRow(doc));
	if (row) textOf(row, 'title')?.insert(0, title);
	return Y.encodeStateAsUpdate(doc);
}

const oldCopy = (page: Page) => page.getByRole('region', { name: 'Salinan lama di HP ini' });
const notice = (page: Page) => page.getByRole('alert');

test('[EPO3] a plan is rebuilt: older copies are set aside, shown to their owner, and never merged', async ({
	browser
}) => {
	const options = { viewport: PHONE, permissions: ['clipboard-read', 'clipboard-write'] };
	const sari = await browserOf(browser, server.url, 'sari', options);
	const dodi = await browserOf(browser, server.url, 'dodi', options);
	const [hers, his] = [await sari.newPage(), await dodi.newPage()];
	const plan = (await plansOf(sari)).at(-1) ?? '';
	const documentId = await openAndListen(hers, plan);
	await hers.getByRole('button', { name: 'Tambah kegiatan' }).click();
	await field(hers, 1, 'Judul kegiatan').fill('Nama seorang warga');
	await expectSaved(hers);
	await openPlan(his, plan);
	await expect(field(his, 1, 'Judul kegiatan')).toHaveValue('Nama seorang warga');
	await his.close(); // his phone keeps its copy

	await maintain((log, db) =>
		db.write((tx) => log.rebuild(tx, { documentId, epoch: 1, update: rebuiltDraft('Tanpa nama') }))
	);

	await test.step('a page that is open says so, takes nothing more and gives the text out', async () => {
		await field(hers, 1, 'Tujuan').fill('ditulis sesudahnya');
		await expect(notice(hers)).toContainText('baru disusun ulang di server');
		await expect(field(hers, 1, 'Tujuan')).toBeDisabled();
		await notice(hers).getByRole('button', { name: 'Salin tulisan' }).click();
		await expect(notice(hers)).toContainText('Sudah disalin.');
		const copied = await hers.evaluate(() => navigator.clipboard.readText());
		expect(copied).toContain('Judul kegiatan: Nama seorang warga');
		expect(copied).toContain('Tujuan: ditulis sesudahnya');
	});

	await test.step('loaded again it shows the new plan, and the old copy beside it', async () => {
		await notice(hers).getByRole('link', { name: 'Muat ulang' }).click();
		await expectSaved(hers);
		await expect(field(hers, 1, 'Judul kegiatan')).toHaveValue('Tanpa nama');
		await expect(oldCopy(hers)).toBeVisible();
		await oldCopy(hers).getByText('Lihat tulisan di HP ini').click();
		await expect(oldCopy(hers).getByRole('textbox')).toHaveValue(/ditulis sesudahnya/);
	});

	await test.step('a phone that was away is treated the same', async () => {
		const again = await dodi.newPage();
		await openPlan(again, plan);
		await expect(oldCopy(again)).toBeVisible();
		await oldCopy(again).getByText('Lihat tulisan di HP ini').click();
		await expect(oldCopy(again).getByRole('textbox')).toHaveValue(/Nama seorang warga/);
		await expect(field(again, 1, 'Judul kegiatan')).toHaveValue('Tanpa nama');
		await field(again, 1, 'Tujuan').fill('lanjut');
		await expectSaved(again);
	});

	await test.step('it goes only when its owner says so, twice', async () => {
		await expect(field(hers, 1, 'Tujuan')).toHaveValue('lanjut');
		await oldCopy(hers).getByRole('button', { name: 'Hapus salinan lama' }).click();
		await oldCopy(hers).getByRole('button', { name: 'Batal' }).click();
		await oldCopy(hers).getByRole('button', { name: 'Hapus salinan lama' }).click();
		await oldCopy(hers).getByRole('button', { name: 'Ya, hapus' }).click();
		await expect(oldCopy(hers)).toBeHidden();
		await openPlan(hers, plan);
		await expect(activity(hers, 1)).toBeVisible();
		await expect(oldCopy(hers)).toBeHidden();
	});

	const stored = await maintain((log) => log.read(documentId));
	const bytes = Buffer.concat((stored?.updates ?? []).map(({ update }) => Buffer.from(update)));
	expect(bytes.includes('seorang warga')).toBe(false);
	expect(bytes.includes('sesudahnya')).toBe(false);
});

test('[EPO4] a page of an older version becomes read-only and keeps what was typed', async ({
	browser
}) => {
	const sari = await browserOf(browser, server.url, 'sari', { viewport: PHONE });
	const page = await sari.newPage();
	const plan = (await plansOf(sari)).at(-2) ?? ''; // half-written
	const documentId = await openAndListen(page, plan);

	await server.kill('SIGTERM');
	await field(page, 1, 'Judul kegiatan').fill('Ditulis saat server diperbarui');
	await maintain((log, db) => db.write((tx) => log.raiseSchema(tx, documentId, 2)));
	server = await startServer({ port, databaseUrl: databaseUrl() });

	await expect(notice(page)).toContainText('Halaman ini versi lama', ONCE_BACK);
	await expect(saveState(page)).toContainText('Belum dapat disimpan');
	await expect(field(page, 1, 'Judul kegiatan')).toBeDisabled();
	await expect(field(page, 1, 'Judul kegiatan')).toHaveValue('Ditulis saat server diperbarui');
	await page.reload();
	await expect(notice(page)).toContainText('Halaman ini versi lama');
	await notice(page).getByText('Lihat tulisan di HP ini').click();
	await expect(notice(page).getByRole('textbox')).toHaveValue(/Ditulis saat server diperbarui/);
});

test('[QUA1] a plan whose data is damaged can be read, says so, and cannot be handed in', async ({
	browser
}) => {
	const yusuf = await browserOf(browser, server.url, 'yusuf', { viewport: PHONE });
	const page = await yusuf.newPage();
	const plan = (await plansOf(yusuf)).at(-1) ?? '';
	const documentId = await openAndListen(page, plan);
	await page.getByRole('button', { name: 'Tambah kegiatan' }).click();
	await field(page, 1, 'Judul kegiatan').fill('Masih terbaca');
	await expectSaved(page);
	await page.close();

	await server.kill('SIGTERM');
	await maintain(async (log, db) => {
		const head = (await log.read(documentId))?.head ?? 0;
		const update = new Uint8Array([9, 255, 255]);
		await db.write((tx) =>
			tx.insert(documentUpdate).values({ documentId, seq: head + 1, update, at: new Date() })
		);
		await db.write((tx) =>
			tx
				.update(document)
				.set({ head: head + 1 })
				.where(eq(document.id, documentId))
		);
	});
	server = await startServer({ port, databaseUrl: databaseUrl() });

	const again = await yusuf.newPage();
	await again.goto(plan);
	await expect(notice(again)).toContainText('di server rusak');
	await expect(field(again, 1, 'Judul kegiatan')).toHaveValue('Masih terbaca');
	await expect(field(again, 1, 'Judul kegiatan')).toBeDisabled();
});
