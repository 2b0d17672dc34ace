import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings } from '#lib/platform/server/settings.ts';
import { StartRefused } from '#lib/platform/server/start-refused.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import {
	isSaved,
	openPhone,
	openRaw,
	openSync,
	seedDocument,
	until,
	type Harness
} from './harness.ts';
import { defaultLimits, limitsFrom } from './limits.ts';

let app: TestApp;
let server: Harness;

beforeEach(async () => {
	app = await openTestApp();
	await seedDocument(app);
	server = await openSync(app);
});

afterEach(async () => {
	await server.close();
	await app.close();
});

/** The value of the first line that begins so, or null. */
async function figure(start: string): Promise<number | null> {
	const line = (await server.sync.metrics()).split('\n').find((one) => one.startsWith(start));
	return line === undefined ? null : Number(line.slice(line.lastIndexOf(' ') + 1));
}

test('[MET1] what is typed, who is there and what was refused can be read as figures', async () => {
	const sri = openPhone(server.url, 'sri');
	await until(() => isSaved(sri));
	const before = (await figure('rembuk_sync_acknowledged_seconds_count')) ?? 0;
	sri.text.insert(0, 'rencana');
	await until(() => isSaved(sri));
	expect(await figure('rembuk_sync_sockets')).toBe(1);
	expect(await figure('rembuk_sync_documents')).toBe(1);
	expect(await figure('rembuk_sync_damaged')).toBe(0);
	expect(await figure('rembuk_sync_acknowledged_seconds_count')).toBe(before + 1);
	expect(await figure('rembuk_sync_log_bytes_total')).toBeGreaterThan('rencana'.length);
	expect(await figure('process_resident_memory_bytes')).toBeGreaterThan(0);
	const budi = await openRaw(server.url, 'budi');
	budi.socket.send('halo');
	await budi.closed;
	expect(await figure('rembuk_sync_refused{reason="text_frame"}')).toBe(1);
	server.sync.noteFailure('uncaughtException');
	expect(await figure('rembuk_process_failures_total{reason="uncaughtException"}')).toBe(1);
	const all = await server.sync.metrics();
	expect(all).not.toMatch(/plan-1|sri|budi/i);
	sri.connection.destroy();
	await until(async () => (await figure('rembuk_sync_sockets')) === 0);
});

test('[MET2] limits are set by name, and a mistake in one is said at the start', () => {
	const { syncLimits } = readSettings({ SYNC_LIMITS: 'sockets=2000, windowMs=30' });
	expect(limitsFrom(syncLimits)).toEqual({ sockets: 2000, windowMs: 30 });
	expect(defaultLimits.sockets).toBe(5000);
	expect(() => readSettings({ SYNC_LIMITS: 'sockets=many' })).toThrow(StartRefused);
	expect(() => readSettings({ SYNC_LIMITS: 'sockets=-1' })).toThrow(StartRefused);
	expect(() => limitsFrom({ socket: 1 })).toThrow(/socket\?/);
});
