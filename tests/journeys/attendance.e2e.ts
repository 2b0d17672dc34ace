/** The code of attendance without a signal: kept by a phone that was switched off, entered once it is back. */
import { expect, test } from '@playwright/test';
import { NEW_PASSWORD } from './joining.ts';
import { ownPhone } from './own-phone.ts';
import { browserOf, PHONE, requestsOf, signIn } from './people.ts';
import { startServer } from './server.ts';
import { addSession, codeOnScreen, joinQuietly, makeTraining } from './training.ts';

test('a code scanned without a signal waits on the phone and is entered later', async () => {
	const server = await startServer();
	const phone = await ownPhone(server.url);
	try {
		const training = await makeTraining(server.url, 'Bimtek tanpa sinyal');
		const who = { username: 'wagiman', name: 'Wagiman' };
		await (await joinQuietly(server.url, training.code, who)).dispose();
		const session = await addSession(server.url, `/pelatihan/${training.id}`);
		await signIn(phone.page, 'wagiman', NEW_PASSWORD);
		await phone.page.goto('/belajar/simpan');
		const card = phone.page.locator('#tik');
		await card.getByRole('button', { name: 'Simpan di HP' }).click();
		await expect(card.getByRole('status')).toHaveText(/^Tersimpan di HP ini/);
		const code = (await codeOnScreen(server.url, session)).replace('-', '');

		await server.kill('SIGKILL');
		await phone.restart();
		await phone.page.goto(`/hadir?kode=${code}`);
		await expect(phone.page.getByLabel('Kode hadir')).toHaveValue(code);
		await expect(phone.page.getByText('Wagiman')).toHaveCount(0);
		await phone.page.getByRole('button', { name: 'Saya hadir' }).click();
		const state = () => phone.page.locator('[data-operation-state]');
		await expect(state()).toHaveText(/^Tersimpan di HP ini, belum terkirim/);
		await phone.restart();
		await phone.page.goto('/hadir');
		await expect(state()).toHaveText(/^Tersimpan di HP ini, belum terkirim/);

		const again = await startServer({ port: server.port, databaseUrl: server.databaseUrl });
		try {
			const nurhayati = await requestsOf(server.url, 'nurhayati');
			await phone.page.reload();
			await expect
				.poll(async () => (await nurhayati.get(session)).text())
				.toContain('1 dari 1 peserta tercatat hadir');
			await nurhayati.dispose();
			await expect(state()).not.toHaveText(/belum terkirim/);
		} finally {
			await again.stop();
		}
	} finally {
		await phone.drop();
		await server.stop();
	}
});

test('a wrong code is told once, where it was typed', async ({ browser, baseURL }) => {
	const context = await browserOf(browser, baseURL!, 'sari', { viewport: PHONE });
	const page = await context.newPage();
	await page.goto('/hadir');
	await expect(page.locator('[data-waiting]')).toBeAttached();
	await page.getByLabel('Kode hadir').fill('AAA-AAA');
	await page.getByRole('button', { name: 'Saya hadir' }).click();
	await expect(page.locator('form [data-operation-state=bad]')).toContainText('Kode');
	await expect(page.locator('[data-waiting]')).toBeHidden();
	await page.goto('/belajar');
	await expect(page.getByRole('status').filter({ hasText: '1 isian' })).toBeVisible();
	await context.close();
});
