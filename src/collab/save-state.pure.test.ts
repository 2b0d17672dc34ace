import { describe, expect, test } from 'vitest';
import { closeCode } from './codes.ts';
import { Ledger, refusalOf, retryWaitMs, saveStateOf, type Situation } from './save-state.ts';

const calm: Situation = {
	refused: null,
	storageAway: false,
	connected: true,
	synced: true,
	everythingOnDisk: true,
	hasContent: true,
	failedOnce: false
};

describe('what is said about the work', () => {
	test('[CLI1] it is saved only when connected, synced and all of it confirmed', () => {
		expect(saveStateOf(calm)).toBe('saved');
		expect(saveStateOf({ ...calm, everythingOnDisk: false })).toBe('saving');
		expect(saveStateOf({ ...calm, synced: false })).toBe('saving');
		expect(saveStateOf({ ...calm, connected: false })).toBe('offline');
		expect(saveStateOf({ ...calm, refused: 'right' })).toBe('refused');
	});

	test('it is loading until there is something to show or connecting has failed', () => {
		const nothing = { ...calm, connected: false, hasContent: false };
		expect(saveStateOf(nothing)).toBe('loading');
		expect(saveStateOf({ ...nothing, failedOnce: true })).toBe('offline');
		expect(saveStateOf({ ...nothing, connected: true, everythingOnDisk: false })).toBe('loading');
	});

	test('[CLI1] what was typed on an earlier day counts as unsaved until the first sync is confirmed', () => {
		const ledger = new Ledger();
		ledger.open();
		expect(ledger.everythingOnDisk).toBe(false);
		ledger.sent('update');
		ledger.acknowledged(1);
		expect(ledger.everythingOnDisk).toBe(false);
		ledger.sent('step 2');
		expect(ledger.everythingOnDisk).toBe(false);
		ledger.acknowledged(2);
		expect(ledger.everythingOnDisk).toBe(true);
		ledger.open();
		expect(ledger.everythingOnDisk).toBe(false);
	});

	test('[CLI5] a server that cannot store is no missing signal, and what is saved stays saved', () => {
		const away = { ...calm, storageAway: true };
		expect(saveStateOf({ ...away, everythingOnDisk: false })).toBe('unstored');
		expect(saveStateOf({ ...away, connected: false })).toBe('unstored');
		expect(saveStateOf(away)).toBe('saved');
		expect(saveStateOf({ ...away, refused: 'right' })).toBe('refused');
	});
});

describe('coming back', () => {
	test('[CLI3] a refusal is not tried again, an interruption is', () => {
		expect(refusalOf(closeCode.signInAgain)).toBe('sign_in');
		expect(refusalOf(closeCode.tooLarge)).toBe('large');
		expect(refusalOf(1009)).toBe('large');
		expect(refusalOf(closeCode.restart)).toBeNull();
		expect(refusalOf(1006)).toBeNull();
	});

	test('waits anywhere up to a bound that doubles, a minute at most; after a restart longer', () => {
		expect(retryWaitMs(0, null, () => 0.5)).toBe(500);
		expect(retryWaitMs(3, null, () => 0.5)).toBe(4000);
		expect(retryWaitMs(20, null, () => 1)).toBe(60_000);
		const restart = { code: closeCode.restart, reason: 'restart' };
		expect(retryWaitMs(0, restart, () => 0.5)).toBe(5000);
		expect(retryWaitMs(0, null, () => 0)).toBe(100);
		const away = { code: closeCode.tryAgain, reason: 'storage' };
		expect(retryWaitMs(20, away, () => 1)).toBe(10_000);
	});
});
