import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { isReady, readyOnlyWhile } from './readiness.ts';

let app: TestApp;
beforeEach(async () => {
	app = await openTestApp();
});
afterEach(() => app.close());

test('is ready when a write goes through', async () => {
	expect(await isReady(app)).toBe(true);
	expect(await isReady(app)).toBe(true);
});

test('is ready only while everything else that has to be well is', async () => {
	let isWell = false;
	const takeBack = readyOnlyWhile(() => isWell);
	expect(await isReady(app)).toBe(false);
	isWell = true;
	expect(await isReady(app)).toBe(true);
	takeBack();
});
