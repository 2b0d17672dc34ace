import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { WebSocket } from 'ws';
import { browserOf } from './people.ts';
import { activity, expectSaved, field, openPlan } from './plan-page.ts';
import { joinQuietly, makeTraining } from './training.ts';
import { hrefsIn } from './pages.ts';

/** Opens the plan page and tells at which address its socket is. */
async function openAndListen(page: Page, plan: string): Promise<string> {
	const opened = page.waitForEvent('websocket');
	await openPlan(page, plan);
	return (await opened).url();
}

async function cookieOf(context: BrowserContext): Promise<string> {
	const cookies = await context.cookies();
	return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** How the server answers: the status of the upgrade, or the code it closes with. */
function knock(
	url: string,
	headers: Record<string, string>,
	greet: (socket: WebSocket) => void = () => {}
): Promise<{ status?: number; code?: number }> {
	return new Promise((resolve) => {
		const socket = new WebSocket(url, { headers });
		socket.on('error', () => {});
		socket.on('unexpected-response', (_, { statusCode }) => resolve({ status: statusCode! }));
		socket.on('open', () => greet(socket));
		socket.on('close', (code) => resolve({ code }));
	});
}

test('a socket lets in whom it knows, and an honest pair does not notice the others', async ({
	browser,
	baseURL
}) => {
	const { code } = await makeTraining(baseURL!, 'Bimtek soket');
	const [sri, budi] = await Promise.all(
		['srikandi', 'budiman'].map(async (username) => {
			const requests = await joinQuietly(baseURL!, code, { username, name: username });
			return browser.newContext({ storageState: await requests.storageState() });
		})
	);
	const [hers, his] = [await sri!.newPage(), await budi!.newPage()];
	const plans = await (await sri!.request.get('/rencana')).text();
	const [plan = ''] = hrefsIn(plans, /^\/rencana\/\w+$/);
	const [url] = await Promise.all([openAndListen(hers, plan), openPlan(his, plan)]);
	await hers.getByRole('button', { name: 'Tambah kegiatan' }).click();
	await expect(activity(his, 1)).toBeVisible();

	const origin = baseURL!;
	const cookie = await cookieOf(budi!);
	const random = Uint8Array.from({ length: 64 }, (_, place) => (place * 37 + 130) % 256);
	await test.step('a page of another site is not let in', async () => {
		expect(await knock(url!, { cookie, origin: 'https://jahat.example' })).toEqual({ status: 403 });
		expect(await knock(url!, { cookie })).toEqual({ status: 403 });
	});
	await test.step('nor is somebody without a session, or of another team', async () => {
		expect(await knock(url!, { origin })).toEqual({ code: 4401 });
		const stranger = await browserOf(browser, baseURL!, 'rohani');
		expect(await knock(url!, { origin, cookie: await cookieOf(stranger) })).toEqual({ code: 4403 });
		const unknown = url!.replace(/\/sync\/\w+/, `/sync/${'a'.repeat(26)}`);
		expect(await knock(unknown, { origin, cookie })).toEqual({ code: 4403 });
	});
	await test.step('whoever sends what is no message is shown out', async () => {
		const send = (frame: string | Uint8Array) => (socket: WebSocket) => socket.send(frame);
		expect(await knock(url!, { origin, cookie }, send(random))).toEqual({ code: 4400 });
		expect(await knock(url!, { origin, cookie }, send('{"halo":1}'))).toEqual({ code: 4400 });
		const half = Uint8Array.of(0, 2, 200); // an update that promises more than it brings
		expect(await knock(url!, { origin, cookie }, send(half))).toEqual({ code: 4400 });
	});

	await field(hers, 1, 'Judul kegiatan').fill('Tetap berjalan');
	await expect(field(his, 1, 'Judul kegiatan')).toHaveValue('Tetap berjalan');
	await expectSaved(hers);
	await expectSaved(his);
});

test('another address of the socket is no way around', async ({ baseURL }) => {
	const url = `${baseURL!.replace('http', 'ws')}/sync/..%2f..%2fmasuk`;
	expect(await knock(url, { origin: baseURL! })).toMatchObject({ code: 4403 });
});
