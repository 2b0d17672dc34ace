/**
 * What a page of a test sends: kept where it differs from what that page had shown, so that an older
 * page undoes nothing; and the hand-in of what was kept.
 */
import type { Actor } from '#lib/people/actor.ts';
import { InvalidForm } from '#lib/platform/form.ts';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { answersIn, type Lack } from '#lib/questions/items/answers.ts';
import { askItem } from '#lib/questions/items/kinds.ts';
import type { Course } from '../../course.ts';
import type { Score } from '../../quiz.ts';
import { standing } from '../test.ts';
import { answerAmong, answerTo, itemsOf, numberIn, partsOf } from './form-pages.ts';
import type { SavedAnswer, TestAnswer } from './keeping.ts';
import { handInTest, ownTest, saveAnswers, type TakenTest } from './taking.ts';
import { findTrainingFor, type WhichTest } from './windows.ts';

/** The field that says which answers a page had before it: the number of the newest. */
const SEEN = 'dilihat';

export interface SentPage {
	readonly page: string | null;
	readonly form: FormData;
}

export type SavedPage =
	| {
			readonly kind: 'saved';
			readonly page: number;
			readonly pages: number;
			/** Ids of the items that another device has answered since this page was made; its answers stand. */
			readonly newer: readonly string[];
	  }
	| { readonly kind: 'lacking'; readonly lacks: Readonly<Record<string, Lack>> };

/**
 * Saves a page of the form: what is complete is kept, also when something else on
 * the page is not. A question left open is fine; half an order is not.
 *
 * Refuses as `saveTestAnswer`, and with `not_found` before the test was begun.
 */
export async function saveTestPage(
	app: App,
	course: Course,
	actor: Actor,
	which: WhichTest,
	sent: SentPage
): Promise<SavedPage> {
	await findTrainingFor(app.db.read, actor, which.trainingId, 'take');
	const test = await ownTest(app.db.read, course, actor, which);
	if (!test) throw new Refusal('not_found', 'courses_refused_no_such_test');
	const pages = partsOf(itemsOf(test), sent.page);
	const page = numberIn(sent.page, pages.length) ?? 1;
	const items = pages[page - 1] ?? [];
	const { form, seen } = withoutSeen(sent.form);
	const { formId, answers, lacks } = answersIn(
		form,
		items.map((item) => askItem(item, 'id'))
	);
	const shown = answersUpTo(test, seen);
	const changed = items.flatMap((item): TestAnswer[] => {
		const before = answerAmong(shown, item) ?? '';
		const answer = answers[item.id] ?? (lacks[item.id] === 'open' ? '' : before);
		// Not what differs from now: what differs from what this page had shown.
		if (answer === before || answer === (answerTo(test, item) ?? '')) return [];
		// A page that is sent twice finds nothing changed the second time, so the name may be new.
		const change = { operationId: newId(), device: formId, sequence: 0, seen };
		return [{ itemId: item.id, itemVersion: item.version, answer, ...change }];
	});
	const sentTo = { testId: test.testId, answers: changed };
	const { states } = changed.length > 0 ? await saveAnswers(app, course, actor, sentTo) : none;
	const newer = changed.filter((_, at) => states[at] === 'newer').map(({ itemId }) => itemId);
	const lacking = Object.entries(lacks).filter(([, lack]) => lack !== 'open');
	if (lacking.length > 0) return { kind: 'lacking', lacks: Object.fromEntries(lacking) };
	return { kind: 'saved', page, pages: pages.length, newer };
}

const none: { readonly states: readonly SavedAnswer['state'][] } = { states: [] };

function withoutSeen(form: FormData): { form: FormData; seen: number | undefined } {
	const rest = new FormData();
	for (const [name, value] of form) if (name !== SEEN) rest.append(name, value);
	const written = form.get(SEEN);
	if (written === null) return { form: rest, seen: undefined };
	if (typeof written !== 'string' || !/^\d{1,15}$/.test(written)) throw new InvalidForm([SEEN]);
	return { form: rest, seen: Number(written) };
}

/** What stood when a page was made. */
function answersUpTo({ answers, operations }: TakenTest, seen: number | undefined) {
	return seen === undefined ? answers : standing(operations.filter(({ n }) => n <= seen));
}

/** Hands in what was saved. Refuses as `handInTest`, and with `not_found` before the test was begun. */
export async function handInPages(
	app: App,
	course: Course,
	actor: Actor,
	which: WhichTest
): Promise<Score> {
	await findTrainingFor(app.db.read, actor, which.trainingId, 'take');
	const test = await ownTest(app.db.read, course, actor, which);
	if (!test) throw new Refusal('not_found', 'courses_refused_no_such_test');
	return handInTest(app, course, actor, { testId: test.testId });
}
