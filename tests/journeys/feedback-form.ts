/** Filling in the feedback form as a patient person does: something in every question, part by part. */
import { expect, type Page } from '@playwright/test';
import { questionsOn } from './pages.ts';

/** The third choice of each question; where there are fewer, the last. */
const CHOICE = 2;

/** From the page before the form to the thanks. Returns how many parts there were. */
export async function fillInFeedback(page: Page): Promise<number> {
	await page.getByRole('link', { name: /^(Mulai|Lanjutkan) mengisi/ }).click();
	for (let part = 1; ; part++) {
		await expect(page.getByText(`Bagian ${part} dari `)).toBeVisible();
		await answerPart(page);
		const last = page.getByRole('button', { name: 'Kirim jawaban' });
		if ((await last.count()) > 0) {
			await last.click();
			await expect(page.getByRole('heading', { name: 'Jawaban terkirim' })).toBeVisible();
			return part;
		}
		await page.getByRole('button', { name: 'Simpan dan lanjut' }).click();
	}
}

async function answerPart(page: Page): Promise<void> {
	for (const question of await questionsOn(page)) {
		const choices = question.getByRole('radio');
		const there = await choices.count();
		if (there > 0) await choices.nth(Math.min(CHOICE, there - 1)).check();
	}
	for (const text of await page.getByRole('textbox').all()) {
		await text.fill('Waktu praktik ditambah.');
	}
}
