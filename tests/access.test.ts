/**
 * Held for every page and every form, as soon as its file exists. Deny by
 * default: with somebody who is signed in but assigned to nothing, each must
 * refuse or have asked an access table. And a form lists its fields: one that it
 * does not list is refused.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCourse } from '#lib/courses/server/content.ts';
import type { Actor } from '#lib/people/actor.ts';
import { newFormKey, sealForm, type KeptForm } from '#lib/people/server/kept-form.ts';
import { isPublic } from '../src/routes/public.ts';
import { openTestApp } from './open-app.ts';

type Entry = (event: unknown) => unknown;
interface RouteModule {
	load?: Entry;
	actions?: Record<string, Entry>;
	GET?: Entry;
	POST?: Entry;
}

const modules = import.meta.glob<RouteModule>([
	'../src/routes/**/+page.server.ts',
	'../src/routes/**/+server.ts'
]);

let app: Awaited<ReturnType<typeof openTestApp>>;
const course = readCourse('content');
beforeAll(async () => {
	app = await openTestApp();
});
afterAll(() => app.close());

function stranger(): Actor {
	const who = { userId: 'nobody', name: 'Budi', username: 'budi', sessionId: 'none' };
	return { ...who, grants: [], groupIds: [], asked: 0 };
}

/** Their fields are their questions, so their rooms refuse strange ones, with tests of their own. */
const isQuestionnaire = (routeId: string, action: string) =>
	[
		'/belajar/[modul]/kuis default',
		'/belajar/[modul]/[pelajaran] latihan',
		'/pelatihan/[id]/ingat-lagi default',
		'/pelatihan/[id]/tes/[tes] lanjut',
		'/pelatihan/[id]/tes/[tes] kembali',
		'/pelatihan/[id]/tes/[tes] periksa',
		'/umpan-balik/[pelatihan] default'
	].includes(`${routeId} ${action}`);

/** It keeps what was sent elsewhere, and reads none of it. */
const takesAnyForm = (routeId: string, action: string) =>
	routeId === '/masuk/lagi' && action === 'simpan';

interface Visit {
	readonly routeId: string;
	readonly method: string;
	readonly sent?: Readonly<Record<string, string>>;
}

/** In the cookie of this browser: opens a form that waited for a password. */
const FORM_KEY = newFormKey();

function visit(actor: Actor | null, { routeId, method, sent = {} }: Visit) {
	const url = new URL('http://localhost/somewhere');
	const params = new Proxy({}, { get: () => 'tidak-ada' });
	const body = method === 'POST' ? new URLSearchParams(sent) : undefined;
	const cookies = { get: () => FORM_KEY, set() {}, delete() {}, getAll: () => [] };
	return {
		locals: { app, course, actor, locale: 'id', device: 'device' },
		params,
		url,
		route: { id: routeId },
		request: new Request(url, { method, body: body ?? null }),
		cookies,
		setHeaders() {},
		fetch: async () => new Response('<html></html>'),
		depends() {},
		parent: async () => ({ locale: 'id', me: null })
	};
}

function entries(module: RouteModule): [string, Entry, string][] {
	const found: [string, Entry, string][] = [];
	if (module.load) found.push(['load', module.load, 'GET']);
	if (module.GET) found.push(['GET', module.GET, 'GET']);
	if (module.POST) found.push(['POST', module.POST, 'POST']);
	for (const [name, action] of Object.entries(module.actions ?? {})) {
		found.push([`action ${name}`, action, 'POST']);
	}
	return found;
}

const routeOf = (file: string) =>
	file.replace('../src/routes', '').replace(/\/\+[\w.]+$/, '') || '/';

/** Refused, sent elsewhere, handed back to the form: anything but a plain answer. */
async function turnedAway(entry: Entry, event: unknown): Promise<boolean> {
	try {
		const answer = (await entry(event)) as { status?: number } | undefined;
		return (answer?.status ?? 200) >= 400;
	} catch (thrown) {
		const { status, name } = thrown as { status?: number; name?: string };
		if (status === undefined && name !== 'Refusal') throw thrown;
		return true;
	}
}

describe('a person assigned to nothing', () => {
	for (const [file, open] of Object.entries(modules)) {
		const routeId = routeOf(file);
		if (isPublic(routeId)) continue;
		test(`is asked about or turned away at ${routeId}`, async () => {
			for (const [name, entry, method] of entries(await open())) {
				const actor = stranger();
				const away = await turnedAway(entry, visit(actor, { routeId, method }));
				expect(away || actor.asked > 0, `${routeId} ${name} never asked`).toBe(true);
			}
		});
	}

	test('meets every route there is', () => {
		expect(Object.keys(modules).length).toBeGreaterThan(20);
	});
});

describe('a field that no form has', () => {
	for (const [file, open] of Object.entries(modules)) {
		const routeId = routeOf(file);
		test(`is refused by every form at ${routeId}`, async () => {
			const { actions = {} } = await open();
			for (const [name, action] of Object.entries(actions)) {
				if (takesAnyForm(routeId, name)) continue;
				if (isQuestionnaire(routeId, name)) continue;
				const sent = { peran: 'admin' };
				const answer = await action(visit(stranger(), { routeId, method: 'POST', sent }));
				expect(answer, name).toMatchObject({
					status: 400,
					data: { fields: expect.arrayContaining(['peran']) }
				});
			}
		});
	}
});

describe('what is no form, or broke off on its way', () => {
	for (const [file, open] of Object.entries(modules)) {
		const routeId = routeOf(file);
		test(`is refused by every form at ${routeId}`, async () => {
			const { actions = {} } = await open();
			for (const [name, action] of Object.entries(actions)) {
				if (takesAnyForm(routeId, name)) continue;
				for (const type of ['multipart/form-data; boundary=x', 'text/plain']) {
					const event = visit(stranger(), { routeId, method: 'POST' });
					const headers = { 'content-type': type };
					const request = new Request(event.url, { method: 'POST', body: '--x\r\nhalf', headers });
					const answer = await action({ ...event, request });
					expect(answer, `${name}, ${type}`).toMatchObject({ status: 400, data: { typed: {} } });
				}
			}
		});
	}
});

describe('a form whose writer had to sign in again', () => {
	const written: KeptForm = {
		userId: 'nobody',
		address: '/somewhere',
		fields: [['catatan', 'Sudah dua kali']]
	};
	const sealed = sealForm(written, FORM_KEY) ?? '';

	for (const [file, open] of Object.entries(modules)) {
		const routeId = routeOf(file);
		if (isPublic(routeId)) continue;
		test(`comes back filled, and is not carried out, at ${routeId}`, async () => {
			const { actions = {} } = await open();
			for (const [name, action] of Object.entries(actions)) {
				const sent = { isian: sealed, username: 'budi', password: 'tujuh kerbau di sawah' };
				const answer = await action(visit(stranger(), { routeId, method: 'POST', sent }));
				expect(answer, name).toMatchObject({
					status: 409,
					data: { typed: { catatan: 'Sudah dua kali' } }
				});
			}
		});
	}
});
