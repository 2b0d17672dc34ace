/** How pages look once something has been done on them: refused, sent, offline, without a script. For look.ts. */
import type { Page } from '@playwright/test';
import type { Visit } from './pages.ts';
import type { DemoPerson } from './people.ts';

export interface Moment {
	readonly name: string;
	readonly person: DemoPerson | null;
	/** Without the language. */
	readonly path: string;
	/** False on a phone whose browser runs no script. */
	readonly script?: false;
	act(page: Page): Promise<void>;
}

/** What the browser would hold back is sent all the same: an old phone does not check. */
async function sendAsItIs(page: Page, form: string): Promise<void> {
	await page
		.locator(form)
		.first()
		.evaluate((element) => {
			if (!(element instanceof HTMLFormElement)) throw new Error('no form');
			element.noValidate = true;
			element.requestSubmit();
		});
	await page.waitForLoadState('networkidle');
}

const sends = (form: string) => (page: Page) => sendAsItIs(page, form);
const nothing = async () => {};

export function moments(all: readonly Visit[]): Moment[] {
	const pathTo = (route: string, as?: string): string => {
		const visit = all.find((one) => one.route === route && (!as || one.as === as));
		if (!visit) throw new Error(`nobody visits ${route}`);
		return visit.path;
	};
	const lesson = pathTo('/belajar/[modul]/[pelajaran]');
	const draft = pathTo('/rencana/[id]', 'draft');
	const training = pathTo('/pelatihan/[id]');
	const withoutScript: [DemoPerson | null, string][] = [
		['sari', '/beranda'],
		['sari', lesson],
		['sari', draft],
		['sari', '/belajar/simpan'],
		['nurhayati', training],
		['bambang', '/tinjau']
	];
	return [
		{ ...refusedTo(null, '/masuk'), act: withPassword },
		refusedTo(null, '/gabung'),
		refusedTo(null, '/atur-ulang'),
		refusedTo(null, pathTo('/gabung/[kode]')),
		refusedTo('sari', pathTo('/belajar/[modul]/kuis')),
		refusedTo('sari', '/akun', 'form[action="?/password"]'),
		{ ...refusedTo('sari', lesson, '#latihan form'), script: false },
		{ name: 'answered', person: 'sari', path: lesson, script: false, act: answered },
		{ name: 'done', person: 'sari', path: lesson, script: false, act: marked },
		{ name: 'offline', person: 'sari', path: draft, act: offline },
		{ name: 'offline', person: 'sari', path: lesson, act: offline },
		{ name: 'saved', person: 'sari', path: '/belajar/simpan', act: packed },
		refusedTo('amril', '/pelatihan/baru'),
		refusedTo('amril', pathTo('/pelatihan/[id]/agenda'), 'form[action^="?/add"]'),
		{ name: 'open', person: 'amril', path: pathTo('/pelatihan/[id]/agenda'), act: unfolded },
		{ name: 'open', person: 'nurhayati', path: `${training}/kelompok`, act: unfolded },
		{ name: 'code', person: 'nurhayati', path: `${training}/peserta`, act: resets },
		refusedTo('nurhayati', pathTo('/rencana/[id]', 'handed in'), 'form[action="?/return"]'),
		refusedTo('kepala', '/kelola', 'form[action="?/create"]'),
		{ name: 'open', person: 'kepala', path: '/kelola', act: unfolded },
		{ name: 'elsewhere', person: 'sari', path: '/rencana/tidak-ada', act: nothing },
		...withoutScript.map(([person, path]) => ({
			name: 'no script',
			person,
			path,
			script: false as const,
			act: nothing
		}))
	];
}

const refusedTo = (
	person: DemoPerson | null,
	path: string,
	form = 'main form[method="POST"]'
): Moment => ({ name: 'refused', person, path, act: sends(form) });

async function withPassword(page: Page): Promise<void> {
	await page.locator('input[name=username]').fill('sari');
	await page.locator('input[name=password]').fill('bukan yang ini');
	await sendAsItIs(page, 'main form[method="POST"]');
}

async function answered(page: Page): Promise<void> {
	const form = page.locator('#latihan form');
	for (const question of await form.getByRole('group').all()) {
		const first = question.locator('input[type=radio], input[type=checkbox]').first();
		if ((await first.count()) > 0) await first.check();
		for (const [at, choice] of (await question.locator('select').all()).entries()) {
			await choice.selectOption({ index: at + 1 });
		}
	}
	for (const words of await form.locator('input:not([type])').all()) await words.fill('didengar');
	await sendAsItIs(page, '#latihan form');
}

/** Once: in the other language it is done already. */
async function marked(page: Page): Promise<void> {
	if ((await page.locator('#lanjut form').count()) > 0) await sendAsItIs(page, '#lanjut form');
}

async function offline(page: Page): Promise<void> {
	await page.context().setOffline(true);
	await page.evaluate(() => dispatchEvent(new Event('offline')));
	const state = page.locator('[data-save]');
	if ((await state.count()) > 0) await page.locator('[data-save=offline]').waitFor();
}

async function packed(page: Page): Promise<void> {
	await page.locator('[data-pack-save]:visible').nth(1).click();
	await page.locator('[data-pack-state=saved]').first().waitFor();
}

async function unfolded(page: Page): Promise<void> {
	await page.locator('main details > summary').first().click();
}

async function resets(page: Page): Promise<void> {
	await page.locator('button[formaction="?/reset"]').first().click();
	await page.waitForLoadState('networkidle');
}
