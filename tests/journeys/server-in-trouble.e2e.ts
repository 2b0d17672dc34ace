/** The built portal while its disk is full, and when something in it goes wrong that nobody foresaw. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { hrefsIn } from './pages.ts';
import { browserOf, PHONE } from './people.ts';
import { activity, expectSaved, field, ONCE_BACK, openPlan, saveState } from './plan-page.ts';
import { freePort, startServer, type RunningServer } from './server.ts';

/** Limits how large a file of a running process may become, which needs no rights and no disk of its own. */
const PRLIMIT = '/usr/bin/prlimit';

/** At SIGUSR2 something is thrown that nobody catches. */
const A_BUG = `process.on('SIGUSR2', () => setTimeout(() => { throw new TypeError(['raha', 'sia'].join('')); }))`;
const WITH_A_BUG = `--import data:text/javascript,${encodeURIComponent(A_BUG)}`;

let folder: string;
let port: number;
let metricsPort: number;
let server: RunningServer;
let page: Page;

const start = () =>
	startServer({
		port,
		databaseUrl: `file:${folder}/rembuk.db`,
		env: { METRICS_PORT: String(metricsPort), NODE_OPTIONS: WITH_A_BUG }
	});

test.beforeAll(async ({ browser }) => {
	folder = mkdtempSync(join(tmpdir(), 'rembuk-trouble-'));
	[port, metricsPort] = [await freePort(), await freePort()];
	server = await start();
	const sari = await browserOf(browser, server.url, 'sari', { viewport: PHONE });
	page = await sari.newPage();
	const plans = hrefsIn(await (await sari.request.get('/rencana')).text(), /^\/rencana\/\w+$/);
	await openPlan(page, plans.at(-1) ?? '');
	await page.getByRole('button', { name: 'Tambah kegiatan' }).click();
	await expect(activity(page, 1)).toBeVisible();
	await expectSaved(page);
});

test.afterAll(async () => {
	await page?.context().close();
	await server?.stop();
	rmSync(folder, { recursive: true, force: true });
});

const limitFiles = (bytes: string) =>
	execFileSync(PRLIMIT, ['--pid', String(server.pid), `--fsize=${bytes}:unlimited`]);

/** As if everybody had been away for an hour: the next page notes that they are back. */
function forgetWhoWasSeen(): void {
	const database = new Database(`${folder}/rembuk.db`);
	database.prepare('update session set seen_at = ?').run(Date.now() - 3_600_000);
	database.close();
}

const statusOf = async (path: string) => (await page.request.get(path)).status();
const figures = async () => (await fetch(`http://127.0.0.1:${metricsPort}/`)).text();

test('a full disk: the page says what is safe, reading goes on, and all is stored once there is room', async () => {
	test.skip(!existsSync(PRLIMIT), 'this system cannot limit a process that runs');
	const title = field(page, 1, 'Judul kegiatan');
	forgetWhoWasSeen();
	limitFiles('0');
	await title.fill('Kelas baca ibu dan anak');
	await expect(saveState(page)).toHaveText(
		/Tersimpan di HP ini; server belum bisa menyimpan dan terus mencoba/
	);
	await expect(title).toBeEnabled();
	for (const path of [
		'/beranda',
		'/rencana',
		new URL(page.url()).pathname,
		'/belajar',
		'/pelatihan'
	]) {
		expect(await statusOf(path), path).toBe(200);
	}
	expect(await statusOf('/health/ready')).toBe(503);
	expect(await figures()).toMatch(/rembuk_sync_storage_refused_total\{reason="SQLITE_\w+"\} [1-9]/);
	await title.fill('Kelas baca ibu dan anak, setiap Sabtu');

	limitFiles('unlimited');
	await expectSaved(page);
	expect(await statusOf('/health/ready')).toBe(200);
	const reader = await page.context().newPage();
	await reader.goto(page.url());
	await expect(field(reader, 1, 'Judul kegiatan')).toHaveValue(
		'Kelas baca ibu dan anak, setiap Sabtu'
	);
	await reader.close();
});

test("[R13] a bug nobody caught: it is said without anybody's words, the process ends to be started again, nothing is lost", async () => {
	const title = field(page, 1, 'Judul kegiatan');
	await title.fill('Sebelum galat');
	await expectSaved(page);
	await title.fill('Sebelum galat, dan sesudahnya');
	const asked = Date.now();
	expect(await server.kill('SIGUSR2')).toBe(70);
	expect(Date.now() - asked).toBeLessThan(10_000);
	const line = server
		.output()
		.split('\n')
		.find((row) => row.includes('process_failed'));
	expect(JSON.parse(line ?? '{}')).toMatchObject({ reason: 'uncaughtException', level: 'error' });
	expect(server.output()).not.toContain('rahasia');
	await expect(saveState(page)).not.toContainText('Tersimpan di server');
	server = await start();
	await expectSaved(page, ONCE_BACK);
	await page.reload();
	await expectSaved(page);
	await expect(field(page, 1, 'Judul kegiatan')).toHaveValue('Sebelum galat, dan sesudahnya');
});
