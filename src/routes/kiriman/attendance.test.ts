import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import type { Operation } from '#lib/platform/operations.ts';
import { attendance } from '#lib/platform/server/db/schema/index.ts';
import { addSlot } from '#lib/trainings/server/agenda.ts';
import {
	closeAttendance,
	openAttendance,
	screenOf
} from '#lib/trainings/server/attendance-windows.ts';
import { readCourse } from '#lib/courses/server/content.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import { aTraining, type Cast } from '../../../tests/people.ts';
import { POST } from './+server.ts';

const course = readCourse('content');

let now: Date;
let app: TestApp;
let cast: Cast;
let slotId: string;
beforeEach(async () => {
	now = new Date('2026-05-22T03:00:00Z');
	app = await openTestApp({ now: () => now });
	cast = await aTraining(app);
	const session = {
		onDay: '2026-05-22' as CalendarDay,
		startsAt: '09:45',
		endsAt: '11:15',
		title: 'Advokasi',
		moduleSlug: null
	};
	slotId = (await addSlot(app, cast.ani, cast.training.id, session)).id;
	await openAttendance(app, cast.yusuf, { trainingId: cast.training.id, slotId });
});
afterEach(() => app.close());

const code = async () =>
	(await screenOf(app, cast.yusuf, { trainingId: cast.training.id, slotId })).now?.code ?? '';

let made = 0;
const entering = (kode: string): Operation => {
	made++;
	const fields = [['kode', kode]] as const;
	const id = `op${made}`;
	return {
		id,
		outbox: 'phone',
		seq: made,
		kind: 'attendance.enter',
		subject: `kehadiran#${id}`,
		fields
	};
};

interface Said {
	readonly done: boolean;
	readonly sentence?: string;
	readonly result?: { readonly to?: string };
}

/** In the session of Sri. */
async function post(body: string): Promise<Response> {
	const request = new Request('http://localhost/kiriman', { method: 'POST', body });
	const locals = { app, course, actor: cast.sri, locale: 'id' };
	return POST({ request, locals } as unknown as Parameters<typeof POST>[0]);
}

async function arrive(...operations: Operation[]): Promise<Said[]> {
	const answer = await post(JSON.stringify({ person: cast.sri.userId, operations }));
	return ((await answer.json()) as { outcomes: Said[] }).outcomes;
}

describe('the queue of a phone', () => {
	test('of one person is not sent in the session of another', async () => {
		const operations = [entering(await code())];
		const his = post(JSON.stringify({ person: cast.budi.userId, operations }));
		await expect(his).rejects.toMatchObject({ code: 'forbidden' });
		expect(await app.db.read.$count(attendance)).toBe(0);
	});

	test('comes in requests of which each can be read', async () => {
		const long = JSON.stringify({
			person: cast.sri.userId,
			operations: [],
			x: 'x'.repeat(131_072)
		});
		await expect(post(long)).rejects.toMatchObject({ code: 'too_large' });
		for (const odd of ['', '"', 'null', '[]', '{"person":1}']) {
			await expect(post(odd)).rejects.toMatchObject({ code: 'invalid' });
		}
	});
});

describe('a code of attendance in the queue of a phone', () => {
	test('is entered when it arrives, hours after the session was closed', async () => {
		const waiting = entering(await code());
		now = new Date(now.getTime() + 9 * 3_600_000);
		await closeAttendance(app, cast.yusuf, { trainingId: cast.training.id, slotId });
		expect(await arrive(waiting)).toEqual([
			{ id: waiting.id, done: true, result: { to: `/hadir?sesi=${slotId}` } }
		]);
	});

	test('arrives twice and is entered once', async () => {
		const waiting = entering(await code());
		const [first] = await arrive(waiting);
		expect(await arrive(waiting)).toEqual([first]);
		expect(await app.db.read.$count(attendance)).toBe(1);
	});

	test('that is none stays on the phone with a sentence, and counts as a guess', async () => {
		const said = await arrive(...Array.from({ length: 11 }, () => entering('222222')));
		expect(said.every(({ done }) => !done)).toBe(true);
		expect(said[0]?.sentence).toContain('tidak dikenal');
		expect(said[10]?.sentence).not.toContain('tidak dikenal');
		const [right] = await arrive(entering(await code()));
		expect(right?.done).toBe(false);
		expect(await app.db.read.$count(attendance)).toBe(0);
	});

	test('is judged by the clock of the server alone', async () => {
		// Whatever the phone says beside the code is no field of this form.
		const waiting = entering(await code());
		const [said] = await arrive({
			...waiting,
			fields: [...waiting.fields, ['waktu', '2020-01-01T00:00:00Z']]
		});
		expect(said?.done).toBe(false);
	});
});
