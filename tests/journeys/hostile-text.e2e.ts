import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { join } from './joining.ts';
import { browserOf, leadsTo, PHONE, send } from './people.ts';
import { activity, expectSaved, field, openPlan } from './plan-page.ts';
import { makeTraining } from './training.ts';

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(2)> "'&amp; 👩🏽‍🌾 \u202eabc`;
/** What is cleaned away says nothing; the rest must be there, letter by letter. */
const SHOWN = `<script>alert(1)</script><img src=x onerror=alert(2)> "'&amp; 👩🏽‍🌾`;

/** Whatever would mean that a text has become more than a text. */
function watch(context: BrowserContext): string[] {
	const troubles: string[] = [];
	context.on('dialog', (dialog) => {
		troubles.push(`dialog: ${dialog.message()}`);
		void dialog.dismiss();
	});
	context.on('console', (message) => {
		if (message.type() === 'error') troubles.push(message.text());
	});
	context.on('weberror', (error) => troubles.push(error.error().message));
	return troubles;
}

test('what people write stays text, wherever it is shown', async ({ browser, baseURL }) => {
	const training = await makeTraining(baseURL!, `Bimtek ${HOSTILE}`);
	const phone = await browser.newContext({ viewport: PHONE });
	const laptop = await browserOf(browser, baseURL!, 'nurhayati');
	const troubles = [watch(phone), watch(laptop)];
	const page = await phone.newPage();
	let plan = '';

	await test.step('in every field of the way in', async () => {
		await join(page, training.code, {
			name: HOSTILE,
			username: 'aneh',
			village: { within: '15.04.04', name: HOSTILE.slice(0, 100) },
			library: HOSTILE
		});
		await expect(page.getByText(SHOWN).filter({ visible: true }).first()).toBeVisible();
		await page.goto('/beranda');
		await expect(page.getByRole('heading', { level: 1 })).toContainText(SHOWN);
	});

	await test.step('in every field of a plan', async () => {
		await page.getByRole('link', { name: 'Advokasi' }).click();
		plan = new URL(page.url()).pathname;
		await openPlan(page, plan);
		await page.getByRole('button', { name: 'Tambah kegiatan' }).click();
		await page.getByRole('button', { name: 'Tambah langkah' }).click();
		const texts = activity(page, 1).locator('textarea, input:not([type]):not([inputmode])');
		await expect(texts).toHaveCount(8); // seven of prose and the step
		for (const text of await texts.all()) await text.fill(HOSTILE);
		await activity(page, 1).getByLabel('Biaya').fill(HOSTILE);
		await expectSaved(page);
		await expect(field(page, 1, 'Tujuan')).toHaveValue(new RegExp(escaped(SHOWN)));
	});

	await test.step('for the facilitator and on paper', async () => {
		const other = await laptop.newPage();
		await other.goto(plan);
		await expect(field(other, 1, 'Tujuan')).toHaveValue(new RegExp(escaped(SHOWN)));
		for (const path of [
			`${plan}/cetak`,
			`/pelatihan/${training.id}`,
			`/pelatihan/${training.id}/peserta`,
			`/pelatihan/${training.id}/kelompok`
		]) {
			await other.goto(path);
			await expect(other.getByText(SHOWN).first(), path).toBeAttached();
		}
	});

	await test.step('handed in twice at once, the plan is handed in once', async () => {
		const both = await Promise.all(
			[1, 2].map(() => send(phone.request, `${baseURL}${plan}/ajukan`))
		);
		expect(both.map(leadsTo)).toEqual([plan, plan]);
		await page.goto(`${plan}/cetak`);
		await expect(page.getByText('(versi 1)')).toBeVisible();
		await expect(page.getByText(SHOWN).filter({ visible: true }).first()).toBeVisible();
	});

	expect(troubles).toEqual([[], []]);
	await phone.close();
	await laptop.close();
});

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('a reader of the page who writes nothing has asked for nothing foreign', async ({ page }) => {
	const hosts = new Set<string>();
	page.on('request', (request) => hosts.add(new URL(request.url()).host));
	await visitAsGuest(page);
	expect([...hosts]).toEqual([new URL(page.url()).host]);
});

async function visitAsGuest(page: Page): Promise<void> {
	for (const path of ['/', '/masuk', '/gabung', '/privasi']) await page.goto(path);
}
