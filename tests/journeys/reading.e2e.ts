import { expect, test } from '@playwright/test';
import { browserOf, PHONE } from './people.ts';

const LESSON = '/belajar/konsep-transformasi/apa-itu-inklusi-sosial';
const OTHER = '/belajar/konsep-transformasi/perjalanan-program';

test('a reader makes the text larger and goes on where they stopped', async ({
	browser,
	baseURL
}) => {
	const context = await browserOf(browser, baseURL!, 'sari', { viewport: PHONE });
	const page = await context.newPage();
	const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
	await page.goto(LESSON);
	await expect(page.getByRole('button', { name: 'Huruf lebih kecil' })).toBeDisabled();
	await page.getByRole('button', { name: 'Huruf lebih besar' }).click();
	expect(parseFloat(await size())).toBeCloseTo(18.4);
	await page.evaluate(() => scrollTo({ top: 2_000, behavior: 'instant' }));

	await page.goto(OTHER);
	await expect.poll(size).toBe('18.4px');
	await page.goto(LESSON);
	await page.getByRole('button', { name: 'Lanjutkan dari bacaan terakhir' }).click();
	await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1_800);
	await context.close();
});

test('a lesson is read aloud only where the phone has a voice for it', async ({
	browser,
	baseURL
}) => {
	for (const [lang, offered] of [
		['id-ID', 1],
		['en-GB', 0]
	] as const) {
		const context = await browserOf(browser, baseURL!, 'sari', { viewport: PHONE });
		const page = await context.newPage();
		// The browser of the tests has no voices: the phone's part is played here.
		await page.addInitScript((voice) => {
			const said: string[] = [];
			Object.assign(window, { said });
			Object.defineProperty(window, 'speechSynthesis', {
				value: {
					getVoices: () => [{ lang: voice }],
					addEventListener: () => {},
					speak: ({ text }: { text: string }) => said.push(text),
					cancel: () => {}
				}
			});
			Object.assign(window, {
				SpeechSynthesisUtterance: class {
					readonly text: string;
					constructor(text: string) {
						this.text = text;
					}
				}
			});
		}, lang);
		await page.goto(LESSON);
		await expect(page.getByRole('button', { name: 'Huruf lebih besar' })).toBeVisible();
		const listen = page.getByRole('button', { name: 'Dengarkan' });
		await expect(listen).toHaveCount(offered);
		if (offered) {
			await listen.click();
			await expect(page.getByRole('button', { name: 'Berhenti' })).toBeVisible();
			const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
			expect(said).toContain('Kegiatan');
			expect(said.length).toBeGreaterThan(10);
		}
		await context.close();
	}
});
