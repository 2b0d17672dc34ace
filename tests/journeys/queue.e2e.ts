import { expect, test, type Page } from '@playwright/test';
import { keepModule, ownPhone, type OwnPhone } from './own-phone.ts';
import { requestsOf, signIn } from './people.ts';
import { startServer, type RunningServer } from './server.ts';

const WAITS = /^Tersimpan di HP ini, belum terkirim/;

let server: RunningServer;
let phone: OwnPhone;
let lesson: string;

test.beforeEach(async () => {
	server = await startServer();
	phone = await ownPhone(server.url);
	await signIn(phone.page, 'sari');
	lesson = await someLesson(phone.page);
	await phone.page.goto('/belajar/simpan');
	await keepModule(phone.page.locator(`#${lesson.split('/')[2]}`));
});
test.afterEach(async () => {
	await phone.drop();
	await server.stop();
});

/** The first lesson of the last module of the course: nobody of the demo has done it. */
async function someLesson(page: Page): Promise<string> {
	await page.goto('/belajar/tik');
	const link = page.locator('main ol a[href^="/belajar/tik/"]').first();
	return (await link.getAttribute('href'))!;
}

/** What the server has of Sari: lessons done and notes. */
async function stored() {
	const sari = await requestsOf(server.url, 'sari');
	const state = (await (await sari.get('/belajar/keadaan')).json()) as {
		done: string[];
		notes: { key: string; text: string; revision: number }[];
	};
	await sari.dispose();
	return state;
}

const states = (page: Page) => page.locator('[data-operation-state]');

test('answers written without a signal survive the phone, and arrive once', async () => {
	await server.kill('SIGKILL');
	await phone.restart();
	await phone.page.goto(lesson);
	await phone.page.getByLabel('Catatan', { exact: false }).first().fill('Tangga di depan pintu.');
	await expect(states(phone.page).first()).toHaveText(WAITS);
	await phone.page.getByRole('button', { name: 'Tandai selesai' }).click();
	await expect(states(phone.page).last()).toHaveText(WAITS);

	await phone.restart();
	await phone.page.goto('/belajar/catatan');
	const notes = phone.page.locator('[data-notebook]');
	await expect(notes.getByText('Tangga di depan pintu.', { exact: true })).toBeVisible();
	await phone.page.goto(lesson);
	await expect(phone.page.locator('textarea[name=catatan]').first()).toHaveValue(
		'Tangga di depan pintu.'
	);
	await expect(states(phone.page).last()).toHaveText(WAITS);

	const again = await startServer({ port: server.port, databaseUrl: server.databaseUrl });
	try {
		await phone.page.reload();
		await expect
			.poll(async () => (await stored()).notes.map(({ text }) => text))
			.toContain('Tangga di depan pintu.');
		await expect
			.poll(async () => (await stored()).done)
			.toContain(lesson.slice('/belajar/'.length));
		const note = (await stored()).notes.find(({ text }) => text.startsWith('Tangga'))!;
		expect(note.revision).toBe(1);
	} finally {
		await again.stop();
	}
});

test('an answer that arrived, and whose receipt was lost, is not carried out again', async () => {
	await phone.page.goto(lesson);
	let arrived = 0;
	await phone.context.route('**/kiriman', async (route) => {
		await route.fetch();
		arrived++;
		await route.abort();
	});
	await phone.page.locator('textarea[name=catatan]').first().fill('satu');
	await expect.poll(() => arrived).toBeGreaterThan(0);
	await expect(states(phone.page).first()).toHaveText(WAITS);
	await phone.context.unroute('**/kiriman');
	await phone.restart();
	await phone.page.goto(lesson);
	await expect
		.poll(async () => (await stored()).notes.find(({ text }) => text === 'satu')?.revision)
		.toBe(1);
});

test('signing out asks about what is unsent; the next person sees nothing of it', async () => {
	await phone.page.goto(lesson);
	await phone.context.route('**/kiriman', (route) => route.abort());
	await phone.page.locator('textarea[name=catatan]').first().fill('rahasia Sari');
	await expect(states(phone.page).first()).toHaveText(WAITS);
	await phone.page.goto('/keluar');
	await expect(phone.page.getByText(/Masih ada 1 isian/)).toBeVisible();
	await phone.page.getByRole('button', { name: 'Keluar dan buang isian itu' }).click();
	await expect(phone.page).toHaveURL(/\/masuk$/);
	await phone.context.unroute('**/kiriman');

	await signIn(phone.page, 'dodi');
	await phone.page.goto(lesson);
	await expect(phone.page.locator('textarea[name=catatan]').first()).toHaveValue('');
	await expect(states(phone.page)).toHaveCount(0);
	const left = await phone.page.evaluate(async () =>
		(await indexedDB.databases()).map(({ name }) => name ?? '')
	);
	expect(left.length).toBeLessThanOrEqual(1);
});

test('what is tampered with, too large or somebody else’s is not taken', async () => {
	const sari = await requestsOf(server.url, 'sari');
	const send = (body: unknown) =>
		sari.post('/kiriman', { headers: { origin: server.url }, data: body as object });
	const operation = {
		...{ id: 'op1', outbox: 'box', seq: 1, kind: 'lesson.done' },
		...{ subject: lesson.slice('/belajar/'.length), fields: [] }
	};
	await sari.get('/belajar');
	const cookies = (await sari.storageState()).cookies;
	const person = cookies.find(({ name }) => name === 'pemegang')!.value;
	const statuses = [
		(await send({ person: 'somebodyelse', operations: [operation] })).status(),
		(await send({ person, operations: [{ ...operation, at: '2020-01-01' }] })).status(),
		(await send({ person, operations: [] })).status(),
		(await send({ person, operations: [{ ...operation, seq: 0 }] })).status(),
		(await sari.post('/kiriman', { headers: { origin: server.url }, data: '{' })).status(),
		(await sari.post('/kiriman', { data: { person, operations: [operation] } })).status()
	];
	expect(statuses).toEqual([403, 400, 400, 400, 400, 403]);
	const answer = await send({
		person,
		operations: [
			{ ...operation, subject: 'tidak/ada' },
			{ ...operation, id: 'op2', seq: 2 }
		]
	});
	const { outcomes } = (await answer.json()) as { outcomes: { id: string; done: boolean }[] };
	expect(outcomes.map(({ id, done }) => [id, done])).toEqual([
		['op1', false],
		['op2', true]
	]);
	await sari.dispose();
});
