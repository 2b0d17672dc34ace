import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { feedbackDraft, feedbackResponse } from '#lib/platform/server/db/schema/index.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { filledIn } from '../../../../tests/feedback-cast.ts';
import { aTraining, type Cast } from '../../../../tests/people.ts';
import { fieldsOf } from '../instrument.ts';
import { newDraftKey } from './drafts.ts';
import { readFormPage, savePart } from './filling-in.ts';
import { findInvitation } from './invitation.ts';

let app: TestApp;
let cast: Cast;
const draftKey = newDraftKey();

beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
});
afterEach(() => app.close());

const page = (part: string | null, { check = false, actor = cast.sri } = {}) =>
	readFormPage(app, actor, { trainingId: cast.training.id, draftKey, part, check });

function save(
	part: number,
	fields: Record<string, string>,
	{ to = 'next', actor = cast.sri }: { to?: 'back' | 'next' | 'hand in'; actor?: Actor } = {}
) {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	const trainingId = cast.training.id;
	return savePart(app, actor, { trainingId, draftKey, part: String(part), form, to });
}

/** Fills in every part in order and returns where the last step led. */
async function fillInAll(parts: number): Promise<unknown> {
	const { invitation } = await page(null);
	const typed = await filledIn(app, cast);
	let where: unknown;
	for (let part = 1; part <= parts; part++) {
		const fields = fieldsOf(invitation.parts[part - 1] as (typeof invitation.parts)[number]);
		const answers = fields.flatMap(({ name }) => (typed[name] ?? []).map((one) => [name, one]));
		const to = part === parts ? 'hand in' : 'next';
		where = await save(part, Object.fromEntries(answers) as Record<string, string>, { to });
	}
	return where;
}

describe('filling in the form', () => {
	test('begins with the page that says what happens to an answer', async () => {
		expect(await page(null)).toMatchObject({ started: false, page: null });
		expect(await page('0')).toMatchObject({ page: null });
		expect(await page('10')).toMatchObject({ page: null });
		expect(await page('1')).toMatchObject({ page: { number: 1, typed: {} } });
	});

	test('goes on only with a complete part, and shows what is missing with all that was typed', async () => {
		expect(await save(1, { D101: '4', D102: '9' })).toEqual({ part: 1, check: true });
		const { page: again } = await page('1', { check: true });
		expect(again?.typed).toMatchObject({ D101: ['4'], D102: ['9'] });
		expect(again?.complaints).toMatchObject({ D102: 'unknown_choice', D103: 'required' });
		expect(again?.complaints).not.toHaveProperty('D101');
	});

	test('goes back from a part that is not complete, and keeps it', async () => {
		expect(await save(3, {}, { to: 'back' })).toEqual({ part: 2, check: false });
		await save(1, { D101: '4' }, { to: 'back' });
		expect(await page('1')).toMatchObject({ started: true, page: { typed: { D101: ['4'] } } });
	});

	test('leads back to the first part with a gap instead of handing in', async () => {
		expect(await save(9, {}, { to: 'hand in' })).toEqual({ part: 1, check: true });
		expect(await app.db.read.select().from(feedbackResponse)).toEqual([]);
	});

	test('ends with the hand-in, and the draft with it', async () => {
		expect(await fillInAll(9)).toBe('handed in');
		expect(await app.db.read.select().from(feedbackResponse)).toHaveLength(1);
		expect(await app.db.read.select().from(feedbackDraft)).toEqual([]);
		expect(await page('1')).toMatchObject({ invitation: { state: 'answered' }, page: null });
		await expect(save(1, {})).rejects.toMatchObject({ code: 'closed' });
	});

	test('refuses a field that no instrument has', async () => {
		await expect(save(1, { trainingId: 'other' })).rejects.toMatchObject({ code: 'invalid' });
	});

	test('on a borrowed phone starts empty for the next person', async () => {
		await save(1, { D101: '4' }, { to: 'back' });
		expect(await page('1', { actor: cast.budi })).toMatchObject({ started: false });
	});

	test('is for participants of this training', async () => {
		await expect(save(1, {}, { actor: cast.ani })).rejects.toMatchObject({ code: 'not_found' });
		await expect(findInvitation(app, cast.yusuf, cast.training.id)).rejects.toMatchObject({
			code: 'not_found'
		});
	});
});
