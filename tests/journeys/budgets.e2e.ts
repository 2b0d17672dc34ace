import { get } from 'node:http';
import { expect, test, type Browser, type BrowserContext } from '@playwright/test';
import { sizeOf as sizeOfFiles, type Pack } from '#lib/courses/pack.ts';
import { packsAreWeighed } from './own-phone.ts';
import { visits, type Visit } from './pages.ts';
import { browserOf, PHONE, type DemoPerson } from './people.ts';

const KB = 1_000;

interface Budget {
	readonly name: string;
	readonly person: DemoPerson;
	readonly pick: (visit: Visit) => boolean;
	/** What is counted: all of the page, or what makes it move and look. */
	readonly counts: 'everything' | 'scripts and styles';
	readonly limitKb: number;
}

const at = (route: string, person: DemoPerson, as?: string) => (visit: Visit) =>
	visit.route === route && visit.person === person && visit.as === as;

const budgets: readonly Budget[] = [
	{
		name: 'lesson with its script',
		person: 'sari',
		pick: at('/belajar/[modul]/[pelajaran]', 'sari'),
		counts: 'everything',
		limitKb: 60
	},
	{
		name: 'quiz',
		person: 'sari',
		pick: at('/belajar/[modul]/kuis', 'sari'),
		counts: 'everything',
		limitKb: 60
	},
	{
		name: 'test',
		person: 'yusuf',
		pick: at('/pelatihan/[id]/tes/[tes]', 'yusuf'),
		counts: 'everything',
		limitKb: 60
	},
	{
		name: 'code of attendance',
		person: 'sari',
		pick: at('/hadir', 'sari'),
		counts: 'everything',
		limitKb: 60
	},
	{
		name: 'recall',
		person: 'sari',
		pick: at('/pelatihan/[id]/ingat-lagi', 'sari'),
		counts: 'everything',
		limitKb: 30
	},
	{
		name: 'beranda of a participant',
		person: 'sari',
		pick: at('/beranda', 'sari'),
		counts: 'everything',
		limitKb: 90
	},
	{
		name: 'beranda of a facilitator',
		person: 'nurhayati',
		pick: at('/beranda', 'nurhayati'),
		counts: 'everything',
		limitKb: 90
	},
	{
		name: 'plan editor',
		person: 'sari',
		pick: at('/rencana/[id]', 'sari', 'draft'),
		counts: 'scripts and styles',
		limitKb: 160
	},
	{
		name: 'review of a training',
		person: 'bambang',
		pick: at('/tinjau/[pelatihan]', 'bambang'),
		counts: 'everything',
		limitKb: 90
	}
];

let all: Visit[];

test.beforeAll(async ({ baseURL }) => {
	all = await visits(baseURL!);
});

test('a lesson costs little, and nothing the second time', async ({ browser, baseURL }) => {
	const lesson = all.find(at('/belajar/[modul]/[pelajaran]', 'sari'))!;
	const context = await browserOf(browser, baseURL!, 'sari', { javaScriptEnabled: false });
	const first = await askedFor(context, lesson.path);
	const sizes = await Promise.all(first.map(({ url }) => sizeOf(context, url)));
	const sum = sizes.reduce((all, size) => all + size, 0);
	console.table([{ page: 'lesson, first visit', requests: first.length, kB: sum / KB }]);
	expect(first.length, first.map(({ url }) => url).join('\n')).toBeLessThanOrEqual(3);
	expect(sum).toBeLessThanOrEqual(30 * KB);

	await askedFor(context, '/privasi');
	const again = await askedFor(context, lesson.path);
	expect(again.map(({ url }) => url)).toContain(new URL(lesson.path, baseURL!).href);
	expect(new Set(again.map(({ status }) => status))).toEqual(new Set([304]));
	await context.close();
});

test('the whole course fits on a phone, in either language', async ({ browser, baseURL }) => {
	const context = await browserOf(browser, baseURL!, 'sari');
	for (const address of ['/belajar/simpan/isi', '/en/belajar/simpan/isi']) {
		const packs = (await (await context.request.get(address)).json()) as Pack[];
		const files = new Map(packs.flatMap((pack) => pack.files).map((file) => [file.url, file]));
		const sum = sizeOfFiles([...files.values()]);
		console.table([{ pack: address, packs: packs.length, files: files.size, kB: sum / KB }]);
		expect(sum).toBeLessThanOrEqual(1_500 * KB);
	}
	const editions = await context.request.get('/belajar/simpan/edisi');
	expect((await editions.body()).length).toBeLessThanOrEqual(1 * KB);
	await context.close();
});

test('a saved lesson costs nothing at all', async ({ browser, baseURL }) => {
	const { path } = all.find(at('/belajar/[modul]/[pelajaran]', 'sari'))!;
	const context = await browserOf(browser, baseURL!, 'sari', { viewport: PHONE });
	const page = await context.newPage();
	await page.goto('/belajar/simpan');
	await packsAreWeighed(page);
	const card = page.locator(`#${path.split('/')[2]}`);
	await card.getByRole('button', { name: 'Simpan di HP' }).click();
	await expect(card.getByRole('status')).toHaveText(/^Tersimpan di HP ini/);
	await page.close();
	const byWorker: string[] = [];
	context.on('request', (request) => {
		if (request.serviceWorker()) byWorker.push(new URL(request.url()).pathname);
	});
	await askedFor(context, '/belajar');
	expect(byWorker, 'the list of modules is the server’s').toContain('/belajar');
	byWorker.length = 0;
	expect(await askedFor(context, path)).toEqual([]);
	expect(byWorker).toEqual([]);
	await context.close();
});

test('pages stay within their budgets', async ({ browser, baseURL }) => {
	const rows = [];
	for (const budget of budgets) rows.push(await weigh(browser, baseURL!, budget));
	console.table(rows);
	for (const { page, kB, limit } of rows) expect(kB, page).toBeLessThanOrEqual(limit);
});

async function weigh(browser: Browser, server: string, budget: Budget) {
	const visit = all.find(budget.pick)!;
	const context = await browserOf(browser, server, budget.person, { viewport: PHONE });
	const asked = await askedFor(context, visit.path);
	const counted = asked.filter(
		({ type }) => budget.counts === 'everything' || type === 'script' || type === 'stylesheet'
	);
	const sizes = await Promise.all(counted.map(({ url }) => sizeOf(context, url)));
	await context.close();
	const sum = sizes.reduce((all, size) => all + size, 0);
	return { page: budget.name, requests: asked.length, kB: sum / KB, limit: budget.limitKb };
}

interface Asked {
	readonly url: string;
	readonly type: string;
	/** As it came over the wire: 304 when the browser had it already. */
	readonly status: number;
}

/** What a page asks the server for; what its cache answers is not in the list. */
async function askedFor(context: BrowserContext, path: string): Promise<Asked[]> {
	const page = await context.newPage();
	const network = await context.newCDPSession(page);
	await network.send('Network.enable');
	const sent = new Map<string, { url: string; type: string }>();
	const statuses = new Map<string, number>();
	const cached = new Set<string>();
	network.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
		sent.set(requestId, { url: request.url, type: (type ?? '').toLowerCase() });
	});
	network.on('Network.requestServedFromCache', ({ requestId }) => cached.add(requestId));
	network.on('Network.responseReceived', ({ requestId, response }) => {
		if (response.fromDiskCache || response.fromServiceWorker) cached.add(requestId);
	});
	network.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
		statuses.set(requestId, statusCode);
	});
	await page.goto(path, { waitUntil: 'networkidle' });
	await page.close();
	return [...sent]
		.filter(([id]) => !cached.has(id) || statuses.get(id) === 304)
		.map(([id, { url, type }]) => ({ url, type, status: statuses.get(id) ?? 0 }))
		.filter(({ url }) => url.startsWith('http'));
}

/** The body as gzip, which every phone understands, in bytes. */
async function sizeOf(context: BrowserContext, url: string): Promise<number> {
	const cookies = await context.cookies(url);
	const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
	return new Promise((resolve, reject) => {
		get(url, { headers: { cookie, 'accept-encoding': 'gzip' } }, (answer) => {
			let size = 0;
			answer.on('data', (part: Buffer) => (size += part.length));
			answer.on('end', () => resolve(size));
		}).on('error', reject);
	});
}
