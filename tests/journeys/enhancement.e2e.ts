import { expect, test } from '@playwright/test';
import { hrefsIn } from './pages.ts';
import { browserOf, PHONE } from './people.ts';
import { expectSaved } from './plan-page.ts';

const LESSON = '/belajar/konsep-transformasi/apa-itu-inklusi-sosial';

test('a lesson says that the signal is gone, and takes it back', async ({ browser, baseURL }) => {
	for (const [address, sentence] of [
		[LESSON, 'Tidak ada sinyal.'],
		[`/en${LESSON}`, 'No signal.']
	] as const) {
		const context = await browserOf(browser, baseURL!, 'sari', { viewport: PHONE });
		const page = await context.newPage();
		await page.goto(address);
		await expect(page.getByText(sentence)).toHaveCount(0);
		await context.setOffline(true);
		await expect(page.getByRole('status').filter({ hasText: sentence })).toBeVisible();
		await context.setOffline(false);
		await expect(page.getByText(sentence)).toHaveCount(0);
		await context.close();
	}
});

test('a plan says that it is being opened for as long as a weak signal takes', async ({
	browser,
	baseURL
}) => {
	const context = await browserOf(browser, baseURL!, 'dodi', { viewport: PHONE });
	const textOf = async (path: string) => (await context.request.get(path)).text();
	const plans = hrefsIn(await textOf('/rencana'), /^\/rencana\/\w+$/);
	const drafts = [];
	for (const path of plans) if ((await textOf(path)).includes('/ajukan"')) drafts.push(path);
	const page = await context.newPage();
	let arrive = () => {};
	const arrived = new Promise<void>((resolve) => (arrive = resolve));
	await page.route('**/_app/immutable/**/*.js', async (route) => {
		await arrived;
		await route.continue();
	});
	await page.goto(drafts[0] ?? '', { waitUntil: 'commit' });
	await expect(page.getByText('Halaman menulis sedang dibuka.')).toBeVisible();
	arrive();
	await expectSaved(page);
	await expect(page.getByText('Halaman menulis sedang dibuka.')).toHaveCount(0);
	await context.close();
});

test('the script is one file named after its contents, kept for good', async ({
	browser,
	baseURL
}) => {
	const context = await browserOf(browser, baseURL!, 'sari');
	const page = await context.newPage();
	const scripts: string[] = [];
	page.on('request', (request) => {
		if (request.resourceType() === 'script') scripts.push(request.url());
	});
	await page.goto(LESSON, { waitUntil: 'networkidle' });
	expect(scripts.map((url) => new URL(url).pathname)).toEqual([
		expect.stringMatching(/^\/_app\/immutable\/workers\/entry-[\w-]{8}\.js$/)
	]);
	const answer = await context.request.get(scripts[0]!);
	expect(answer.headers()['cache-control']).toContain('immutable');
	await context.close();
});
