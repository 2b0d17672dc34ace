import { expect, test } from '@playwright/test';
import { browserOf, PHONE } from './people.ts';

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
