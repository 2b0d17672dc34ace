import { expect, test } from '@playwright/test';
import { routesWith } from './pages.ts';
import { leadsTo, PASSWORD, requestsOf, send, signIn } from './people.ts';

/** Pages and answers for everybody. Whatever else there is, or will be, needs a person. */
const forGuests = new Set([
	'/',
	'/masuk',
	'/masuk/lagi',
	'/keluar',
	'/atur-ulang',
	'/siapkan/[token]',
	'/gabung',
	'/gabung/[kode]',
	'/sertifikat',
	'/sertifikat/[kode]',
	'/sertifikat/[kode]/kredensial',
	'/sertifikat/[kode]/kredensial.jwt',
	'/sertifikat/kunci',
	'/privasi',
	'/health/live',
	'/health/ready',
	'/csp-laporan'
]);

const closed = [...routesWith('+page.svelte'), ...routesWith('+server.ts')]
	.filter((route) => !forGuests.has(route))
	.map((route) => route.replaceAll(/\[\w+\]/g, 'apa-saja'));

test('a guest is sent to the sign-in page from every page that is not public', async ({
	baseURL
}) => {
	const guest = await requestsOf(baseURL!, null);
	expect(closed.length).toBeGreaterThan(20);
	for (const path of closed) {
		for (const language of ['', '/en']) {
			const wanted = `${path}?bagian=2`;
			const answer = await guest.get(`${language}${wanted}`, { maxRedirects: 0 });
			expect(answer.status(), wanted).toBe(303);
			expect(leadsTo(answer)).toBe(`${language}/masuk?lanjut=${encodeURIComponent(wanted)}`);
			expect(await answer.text(), wanted).toBe('');
		}
	}
});

test('what a guest sends to a page that is not public is not heard', async ({ baseURL }) => {
	const guest = await requestsOf(baseURL!, null);
	for (const path of closed) {
		const answer = await send(guest, `${baseURL}${path}`, { note: 'x' });
		expect(answer.status(), path).toBe(303);
		expect(leadsTo(answer)).toBe(`/masuk?lanjut=${encodeURIComponent(path)}&terlewat`);
	}
	expect(await (await guest.get('/masuk?terlewat')).text()).toContain('belum diterima');
});

test('whoever is out already need not come in to sign out', async ({ baseURL }) => {
	const guest = await requestsOf(baseURL!, null);
	expect(leadsTo(await guest.get('/keluar', { maxRedirects: 0 }))).toBe('/masuk');
	expect(leadsTo(await send(guest, `${baseURL}/keluar`))).toBe('/masuk');
});

for (const language of ['', '/en']) {
	test(`after signing in one is where one wanted to be${language && ', in English too'}`, async ({
		page
	}) => {
		const [name, secret, button] = language
			? ['User name', 'Password', 'Sign in']
			: ['Nama pengguna', 'Kata sandi', 'Masuk'];
		await page.goto(`${language}/tinjau?bagian=etos-kerja`);
		await expect(page).toHaveURL(new RegExp(`${language}/masuk\\?lanjut=`));
		// A mistake on the way does not lose the way.
		await page.getByLabel(name!).fill('bambang');
		await page.getByLabel(secret!).fill('bukan kata sandinya');
		await page.getByRole('button', { name: button!, exact: true }).click();
		await expect(page.getByRole('alert')).toBeVisible();
		await page.getByLabel(secret!).fill(PASSWORD);
		await page.getByRole('button', { name: button!, exact: true }).click();
		await expect(page).toHaveURL(new RegExp(`${language}/tinjau\\?bagian=etos-kerja$`));
	});
}

test('the way back never leads to another site', async ({ baseURL }) => {
	for (const next of [
		'https://jahat.example/',
		'//jahat.example/',
		'/\\jahat.example',
		'javascript:1'
	]) {
		const guest = await requestsOf(baseURL!, null);
		const answer = await send(guest, `${baseURL}/masuk`, {
			username: 'dodi',
			password: PASSWORD,
			next
		});
		expect(answer.status()).toBe(303);
		expect(leadsTo(answer)).toBe('/beranda');
	}
});

test('after signing out the pages are closed again', async ({ page }) => {
	await signIn(page, 'dodi');
	await page.goto('/keluar');
	await page.getByRole('main').getByRole('button', { name: 'Keluar' }).click();
	await expect(page).toHaveURL(/\/masuk$/);
	await page.goto('/akun');
	await expect(page).toHaveURL(/\/masuk\?lanjut=%2Fakun$/);
});
