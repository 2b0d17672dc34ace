/** Whose a client number is: who writes under it first, or shows it first. */
import { expect, test } from 'vitest';
import { closeCode } from '../codes.ts';
import { asStep2, asUpdate, isSaved, until } from './harness.ts';
import { acknowledged, expectClosed, openStage, typed } from './stage.harness.ts';

const stage = openStage();

test("[GRD5] writing under somebody else's client number is refused", async () => {
	const sri = await stage.rawOf('sri');
	sri.send(...asUpdate(typed('milik Sri')));
	await until(() => acknowledged(sri) === 1);
	const budi = await stage.rawOf('budi');
	budi.send(...asUpdate(typed('milik Sri?')));
	await expectClosed(budi, closeCode.malformed, 'client_of_somebody_else');
	expect(await stage.storedTitle()).toBe('milik Sri');
});

test('[PRS6] a number that somebody has only shown is taken by nobody else, also after she has left', async () => {
	const wati = stage.phoneOf('wati');
	const sri = stage.phoneOf('sri');
	await until(() => isSaved(wati) && isSaved(sri));
	const number = wati.doc.clientID;
	await until(() => sri.connection.now.people.some(({ clientId }) => clientId === number));
	for (const message of [asUpdate, asStep2]) {
		const budi = await stage.rawOf('budi');
		budi.send(...message(typed('palsu', number)));
		await expectClosed(budi, closeCode.malformed, 'client_of_somebody_else');
	}
	wati.connection.destroy();
	await until(() => sri.connection.now.people.every(({ id }) => id !== 'wati'));
	const budi = await stage.rawOf('budi');
	budi.send(...asUpdate(typed('palsu', number)));
	await expectClosed(budi, closeCode.malformed, 'client_of_somebody_else');

	wati.text.insert(0, 'milik Wati');
	const again = stage.phoneOf('wati', wati.doc);
	await until(() => isSaved(again));
	expect(await stage.storedTitle()).toBe('milik Wati');
});
