import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import {
	feedbackComment,
	feedbackDraft,
	feedbackParticipation,
	feedbackResponse,
	feedbackTally
} from '#lib/platform/server/db/schema/index.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { filledIn, participants } from '../../../../tests/feedback-cast.ts';
import { aTraining, type Cast } from '../../../../tests/people.ts';
import type { TypedAnswers } from '../answers.ts';
import { fieldsOf } from '../instrument.ts';
import { tallyOf } from '../tally.ts';
import { DRAFT_DAYS, dropOldDrafts, keepDraft, newDraftKey, readDraft } from './drafts.ts';
import { handIn, waitingShelf } from './hand-in.ts';
import { findInvitation, listInvitations } from './invitation.ts';

let app: TestApp;
let cast: Cast;
let now: Date;

beforeEach(async () => {
	now = new Date('2026-05-22T03:00:00Z');
	app = await openTestApp({ now: () => now });
	cast = await aTraining(app);
});
afterEach(() => app.close());

const send = async (actor: Actor, answers: TypedAnswers = {}) =>
	handIn(app, actor, cast.training.id, { ...(await filledIn(app, cast)), ...answers });

describe('handing in', () => {
	test('is possible once per person', async () => {
		await send(cast.sri);
		await expect(send(cast.sri)).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'feedback_refused_already'
		});
		expect(await app.db.read.select().from(feedbackResponse)).toHaveLength(1);
	});

	test('from two phones at once keeps one answer and says so to the other', async () => {
		const twice = await Promise.allSettled([send(cast.sri), send(cast.sri), send(cast.sri)]);
		expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
		for (const one of twice) {
			if (one.status === 'rejected') {
				expect(one.reason).toMatchObject({ messageKey: 'feedback_refused_already' });
			}
		}
		expect(await app.db.read.select().from(feedbackResponse)).toHaveLength(1);
		expect(await app.db.read.select().from(feedbackParticipation)).toHaveLength(1);
	});

	test('waits for the day it opens, on the calendar of the training', async () => {
		now = new Date('2026-05-21T16:59:00Z'); // 21 May, 23.59 in Jambi
		await expect(send(cast.sri)).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'feedback_refused_not_yet'
		});
		now = new Date('2026-05-21T17:00:00Z');
		await send(cast.sri);
	});

	test('needs everything that is required, and keeps nothing otherwise', async () => {
		await expect(send(cast.sri, { D101: [] })).rejects.toMatchObject({ code: 'invalid' });
		await expect(send(cast.sri, { D101: ['5'] })).rejects.toMatchObject({ code: 'invalid' });
		expect(await app.db.read.select().from(feedbackParticipation)).toEqual([]);
	});

	test('is not there for anybody but the participants', async () => {
		for (const other of [cast.ani, cast.yusuf, cast.bambang, null]) {
			const attempt = handIn(app, other, cast.training.id, {});
			await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
		}
		expect(await listInvitations(app, cast.ani)).toEqual([]);
		expect(await listInvitations(app, cast.sri)).toMatchObject([{ state: 'open' }]);
	});

	test('leaves out what was declined, and drops fields nobody asked for', async () => {
		await send(cast.sri, { D101: ['none'], D107: [], role: ['admin'] });
		const [response] = await app.db.read.select().from(feedbackResponse);
		expect(response?.answers).not.toHaveProperty('D101');
		expect(response?.answers).not.toHaveProperty('D107');
		expect(response?.answers).not.toHaveProperty('role');
		expect(response?.answers).toMatchObject({ D102: 3 });
	});
});

describe('what is kept', () => {
	test('shares no value between who has answered and what was answered', async () => {
		const people = await participants(app, cast, 6);
		for (const [place, person] of people.entries())
			await send(person, { D502: [`Saran ${place}`] });
		const marks = await app.db.read.select().from(feedbackParticipation);
		const answers = await app.db.read.select().from(feedbackResponse);
		const comments = await app.db.read.select().from(feedbackComment);

		expect(Object.keys(marks[0] ?? {}).sort()).toEqual(['instrument', 'trainingId', 'userId']);
		const ofEverybody = new Set([cast.training.id, 'end']);
		const values = (row: object) =>
			Object.values(row).filter((value) => typeof value === 'string' && !ofEverybody.has(value));
		const personal = new Set(marks.flatMap(values));
		expect(personal.size).toBe(6);
		const said = JSON.stringify([answers, comments]);
		for (const value of personal) expect(said).not.toContain(value);
		const idsOfAnswers = new Set(answers.map(({ id }) => id));
		expect(comments.filter(({ id }) => idsOfAnswers.has(id))).toEqual([]);
	});

	test('keeps no free text with the ratings, and no moment but the day', async () => {
		await send(cast.sri, { D502: ['Kopinya enak'] });
		const [response] = await app.db.read.select().from(feedbackResponse);
		expect(JSON.stringify(response)).not.toContain('Kopinya');
		expect(response?.onDay).toBe('2026-05-22');
		expect(Object.keys(response ?? {}).sort()).toEqual([
			'answers',
			'id',
			'instrument',
			'onDay',
			'trainingId',
			'version'
		]);
	});

	test('gives every answer a new id and a new place whenever somebody hands in', async () => {
		const [first, second, third] = await participants(app, cast, 3);
		await send(first as Actor, { D101: ['1'] });
		const before = await app.db.read.select().from(feedbackResponse);
		await send(second as Actor, { D101: ['2'] });
		const after = await app.db.read.select().from(feedbackResponse);
		expect(after.map(({ id }) => id)).not.toContain(before[0]?.id);

		// With a shuffle that turns the pile over, the latest answer lies first: its place is the shuffle's.
		const typed = { ...(await filledIn(app, cast)), D101: ['4'] };
		const shuffle = <T>(things: readonly T[]) => [...things].reverse();
		await handIn(app, third as Actor, cast.training.id, typed, { shuffle });
		const turned = await app.db.read
			.select({ answers: feedbackResponse.answers })
			.from(feedbackResponse);
		expect(turned[0]?.answers).toMatchObject({ D101: 4 });
	});

	test('gives what was written a new place too, while it waits and when it is shown', async () => {
		const shuffle = <T>(things: readonly T[]) => [...things].reverse();
		const texts = async () => {
			const rows = await app.db.read.select({ text: feedbackComment.text }).from(feedbackComment);
			return rows.map(({ text }) => text).join('');
		};
		const typed = await filledIn(app, cast);
		const seen: string[] = [];
		for (const [place, person] of (await participants(app, cast, 5)).entries()) {
			const written = { ...typed, D502: [String(place)] };
			await handIn(app, person, cast.training.id, written, { shuffle });
			seen.push(await texts());
		}
		expect(seen).toEqual(['0', '10', '201', '3102', '42013']);
	});

	test('lays marks down in the order of user ids, not of hand-ins', async () => {
		const people = await participants(app, cast, 5);
		const last = [...people].sort((a, b) => (a.userId < b.userId ? 1 : -1));
		for (const person of last) await send(person);
		const marks = await app.db.read
			.select({ userId: feedbackParticipation.userId })
			.from(feedbackParticipation);
		expect(marks.map(({ userId }) => userId)).toEqual(last.map(({ userId }) => userId).reverse());
	});

	test('the place of an answer says nothing about when it came', async () => {
		const people = await participants(app, cast, 4);
		const places = new Set<number>();
		// The same four hand in up to twelve times over: at 1/4 a round, all the same has odds of 1 in 4 million.
		for (let round = 0; round < 12 && places.size < 2; round++) {
			await app.db.write(async (tx) => {
				await tx.delete(feedbackParticipation);
				await tx.delete(feedbackResponse);
			});
			for (const [place, person] of people.entries())
				await send(person, { D101: [`${place + 1}`] });
			const rows = await app.db.read.select().from(feedbackResponse);
			places.add(rows.findIndex(({ answers }) => answers.D101 === 4));
		}
		expect(places.size).toBeGreaterThan(1);
	});
});

describe('what may be read', () => {
	const tally = async () => {
		const rows = await app.db.read.select().from(feedbackTally);
		return rows.map(({ item, subject, value, n }) => ({ item, subject, value, n }));
	};

	test('moves five answers at a time, so that nobody can watch one arrive', async () => {
		const people = await participants(app, cast, 11);
		const seen: number[] = [];
		for (const person of people) {
			await send(person);
			seen.push((await tally()).find(({ item }) => item === '')?.n ?? 0);
		}
		expect(seen).toEqual([0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]);
	});

	test('moves a question that may be left open by five answers at a time too', async () => {
		const food = async () => {
			const rows = await app.db.read.select().from(feedbackTally);
			return rows.filter(({ item }) => item === 'D107').map(({ value, n }) => [value, n]);
		};
		const people = await participants(app, cast, 15);
		const five = async (from: number, eaters: number) => {
			for (const [n, person] of people.slice(from, from + 5).entries()) {
				await send(person, n < eaters ? { D107: ['2'] } : {});
			}
		};
		await five(0, 5);
		expect(await food()).toEqual([[2, 5]]);
		await five(5, 1); // one of these five: their answer would be the difference
		expect(await food()).toEqual([[2, 5]]);
		await five(10, 4);
		expect(await food()).toEqual([[2, 10]]);
	});

	test('equals a recount of the answers when five are complete', async () => {
		const people = await participants(app, cast, 5);
		for (const [place, person] of people.entries()) {
			await send(person, { D101: [`${(place % 4) + 1}`], D107: ['2'] });
		}
		const responses = await app.db.read.select().from(feedbackResponse);
		const recount = tallyOf(responses.map(({ answers }) => answers));
		const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
		expect(sorted(await tally())).toEqual(sorted(recount));
		expect(recount).toContainEqual({ item: 'D107', subject: '', value: 2, n: 5 });
	});

	test('lets free texts wait on a shelf of their own until five forms are in', async () => {
		const people = await participants(app, cast, 5);
		const texts = async (shelf: string) => {
			const rows = await app.db.read
				.select({ text: feedbackComment.text })
				.from(feedbackComment)
				.where(eq(feedbackComment.instrument, shelf));
			return rows.map(({ text }) => text).sort();
		};
		for (const [place, person] of people.entries()) {
			await send(person, { D502: [`Saran ${place}`] });
			if (place === 3) expect(await texts('end')).toEqual([]);
		}
		expect(await texts('end')).toEqual([0, 1, 2, 3, 4].map((place) => `Saran ${place}`));
		expect(await texts(waitingShelf('end'))).toEqual([]);
	});

	test('forty phones at once all arrive', async () => {
		const people = await participants(app, cast, 40);
		const typed = await filledIn(app, cast);
		await Promise.all(people.map((person) => handIn(app, person, cast.training.id, typed)));
		expect(await app.db.read.select().from(feedbackResponse)).toHaveLength(40);
		expect((await tally()).find(({ item }) => item === '')?.n).toBe(40);
	});
});

describe('a draft', () => {
	const key = newDraftKey();
	const draftOf = async (actor: Actor, of = key) => ({
		key: of,
		userId: actor.userId,
		invitation: await findInvitation(app, actor, cast.training.id)
	});

	test('is found again on the same phone', async () => {
		await keepDraft(app, await draftOf(cast.sri), { D101: ['2'] });
		await keepDraft(app, await draftOf(cast.sri), { D101: ['3'], D502: ['Kopi'] });
		expect(await readDraft(app, await draftOf(cast.sri))).toEqual({ D101: ['3'], D502: ['Kopi'] });
		expect(await app.db.read.select().from(feedbackDraft)).toHaveLength(1);
	});

	test('cannot be read without the key of that phone, nor by the next person on it', async () => {
		await keepDraft(app, await draftOf(cast.sri), { D502: ['Kopinya enak'] });
		expect(await readDraft(app, await draftOf(cast.sri, newDraftKey()))).toEqual({});
		expect(await readDraft(app, await draftOf(cast.budi))).toEqual({});
		const [row] = await app.db.read.select().from(feedbackDraft);
		const kept = Buffer.from(row?.sealed ?? []).toString('latin1');
		expect(kept).not.toContain('Kopinya');
		expect(JSON.stringify(row)).not.toContain(cast.sri.userId);
		expect(JSON.stringify(row)).not.toContain(key);
	});

	test('that was tampered with is an empty form, not an error', async () => {
		await keepDraft(app, await draftOf(cast.sri), { D101: ['2'] });
		await app.db.write((tx) => tx.update(feedbackDraft).set({ sealed: new Uint8Array(40) }));
		expect(await readDraft(app, await draftOf(cast.sri))).toEqual({});
	});

	test('is gone once the form has been handed in', async () => {
		await keepDraft(app, await draftOf(cast.sri), { D101: ['2'] });
		const typed = await filledIn(app, cast);
		await handIn(app, cast.sri, cast.training.id, typed, { draftKey: key });
		expect(await app.db.read.select().from(feedbackDraft)).toEqual([]);
	});

	test('is forgotten after thirty days', async () => {
		await keepDraft(app, await draftOf(cast.sri), { D101: ['2'] });
		now = new Date(now.getTime() + (DRAFT_DAYS + 1) * 86_400_000);
		await keepDraft(app, await draftOf(cast.budi), { D101: ['2'] });
		await dropOldDrafts(app);
		expect(await readDraft(app, await draftOf(cast.sri))).toEqual({});
		expect(await readDraft(app, await draftOf(cast.budi))).toEqual({ D101: ['2'] });
	});
});

test('the form has a page for every facilitator and module', async () => {
	const { parts } = await findInvitation(app, cast.sri, cast.training.id);
	expect(parts.map(({ section, subject }) => subject?.name.id ?? section.key)).toEqual([
		'organisers',
		'Yusuf',
		expect.stringContaining('Konsep transformasi'),
		expect.stringContaining('Strategi implementasi'),
		expect.stringContaining('Etos kerja'),
		expect.stringContaining('Layanan prima'),
		'workplans',
		'whole',
		'satisfaction'
	]);
	const names = parts.flatMap(fieldsOf).map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
});
