/**
 * A test as pages of a plain form: each step saves what is on the page, the last
 * page shows what is still open, and after the hand-in come result and explanations.
 */
import type { Actor } from '#lib/people/actor.ts';
import { newId } from '#lib/platform/ids.ts';
import type { App } from '#lib/platform/server/app.ts';
import { shownAs, type Sent } from '#lib/questions/items/answers.ts';
import type { Asked } from '#lib/questions/items/item.ts';
import { askItem } from '#lib/questions/items/kinds.ts';
import type { Course, CourseItem, Language } from '../../course.ts';
import { resultsOf, type ItemResult, type Score } from '../../quiz.ts';
import {
	isOver,
	pagesOf,
	shuffledFor,
	standing,
	windowState,
	type Operation,
	type WindowState
} from '../test.ts';
import { ownTest, type TakenTest } from './taking.ts';
import { findTrainingFor, formsOf, windowsOf, type WhichTest } from './windows.ts';

/** Before it is begun, or when nothing can be done any more. */
export interface TestDoor {
	readonly kind: 'door';
	readonly state: WindowState;
	readonly total: number;
	/** How many were answered before it was closed; null for whoever never began. */
	readonly answered: number | null;
	/** Handed in after it was closed. */
	readonly late: boolean;
}

interface Underway {
	readonly testId: string;
	readonly answered: number;
	readonly total: number;
	readonly pages: number;
	readonly savedAt: Date | null;
}

export interface TestPage extends Underway {
	readonly kind: 'page';
	/** As it stands in the address: the number of the page, or `ALL`. */
	readonly part: string;
	/** From 1. */
	readonly page: number;
	/** The number of the first question on the page, from 1. */
	readonly first: number;
	readonly asked: readonly Asked[];
	/** What stands, as the fields of the form show it. */
	readonly typed: Sent;
	/** Item id → the number of the answer shown, 0 when there is none. */
	readonly seen: Readonly<Record<string, number>>;
	/** The number of the newest answer to any item. */
	readonly newest: number;
	readonly formId: string;
}

export interface TestReview extends Underway {
	readonly kind: 'review';
	/** Every question in its order, and the page it is on. */
	readonly questions: readonly {
		readonly id: string;
		readonly page: number;
		readonly answered: boolean;
	}[];
}

export interface TestResult {
	readonly kind: 'result';
	readonly handedInAt: Date;
	readonly score: Score;
	/** Null until explanations may be read. */
	readonly results: readonly ItemResult[] | null;
	/** Keys of the lessons that are worth reading first. */
	readonly reread: readonly string[];
}

export type TestView = TestDoor | TestPage | TestReview | TestResult;

export interface Wanted {
	/** As it stands in the address: a number, `REVIEW`, or nothing. */
	readonly page: string | null;
	readonly language: Language;
}

/** The page before handing in. */
export const REVIEW = 'periksa';

/** All questions on one page: what a phone keeps for when there is no signal. */
export const ALL = 'semua';

/** Refuses with `not_found`, and with `forbidden` whoever is not a participant. */
export async function readTest(
	app: App,
	course: Course,
	actor: Actor,
	which: WhichTest,
	wanted: Wanted
): Promise<TestView> {
	const training = await findTrainingFor(app.db.read, actor, which.trainingId, 'take');
	const { windows, test } = await app.db.snapshot(async (read) => ({
		windows: await windowsOf(read, which.trainingId),
		test: await ownTest(read, course, actor, which)
	}));
	const now = app.now();
	const state = windowState(windows[which.phase], training, now);
	if (test?.score && test.handedInAt) {
		const postState = windowState(windows.post, training, now);
		const explained = which.phase === 'post' || postState === 'closed' || isOver(training, now);
		return resultView(test, explained, wanted.language);
	}
	const total = test ? itemsOf(test).length : formsOf(course).A.length;
	if (!test) return { kind: 'door', state, total, answered: null, late: false };
	if (state !== 'open') {
		return { kind: 'door', state, total, answered: underway(test).answered, late: test.late };
	}
	return wanted.page === REVIEW ? reviewView(test) : pageView(test, wanted);
}

export const itemsOf = (test: TakenTest): CourseItem[] =>
	shuffledFor(test.testId, test.forms[test.form]);

/** What stands for an item; an answer to another wording of it does not. */
export const answerTo = ({ answers }: TakenTest, item: CourseItem): string | null =>
	answerAmong(answers, item);

export function answerAmong(
	answers: ReadonlyMap<string, Operation>,
	{ id, version }: CourseItem
): string | null {
	const given = answers.get(id);
	return given?.itemVersion === version && given.answer !== '' ? given.answer : null;
}

export const partsOf = (
	items: readonly CourseItem[],
	wanted: string | null
): readonly CourseItem[][] => (wanted === ALL ? [[...items]] : pagesOf(items));

function underway(test: TakenTest): Underway {
	const items = itemsOf(test);
	return {
		testId: test.testId,
		answered: items.filter((item) => answerTo(test, item) !== null).length,
		total: items.length,
		pages: pagesOf(items).length,
		savedAt: test.savedAt
	};
}

function pageView(test: TakenTest, { page: wanted, language }: Wanted): TestPage {
	const pages = partsOf(itemsOf(test), wanted);
	const page = numberIn(wanted, pages.length) ?? firstOpenPage(test, pages);
	const items = pages[page - 1] ?? [];
	const asked = items.map((item) => askItem(item, language));
	const latest = standing(test.operations);
	const typed = items.map((item, at): Sent => {
		const answer = answerTo(test, item);
		const question = asked[at];
		return answer !== null && question ? shownAs(question, answer) : {};
	});
	return {
		kind: 'page',
		...underway(test),
		part: wanted === ALL ? ALL : String(page),
		page,
		pages: pages.length,
		first: pages.slice(0, page - 1).flat().length + 1,
		asked,
		typed: Object.assign({}, ...typed) as Sent,
		seen: Object.fromEntries(items.map(({ id }) => [id, latest.get(id)?.n ?? 0])),
		newest: test.operations.at(-1)?.n ?? 0,
		formId: newId()
	};
}

export function numberIn(wanted: string | null, most: number): number | null {
	if (!wanted || !/^\d{1,2}$/.test(wanted)) return null;
	const number = Number(wanted);
	return number >= 1 && number <= most ? number : null;
}

/** Whoever comes back goes on where they stopped. */
function firstOpenPage(test: TakenTest, pages: readonly CourseItem[][]): number {
	const open = pages.findIndex((items) => items.some((item) => answerTo(test, item) === null));
	return open === -1 ? pages.length : open + 1;
}

function reviewView(test: TakenTest): TestReview {
	const questions = pagesOf(itemsOf(test)).flatMap((items, at) =>
		items.map((item) => ({
			id: item.id,
			page: at + 1,
			answered: answerTo(test, item) !== null
		}))
	);
	return { kind: 'review', ...underway(test), questions };
}

function resultView(test: TakenTest, explained: boolean, language: Language): TestResult {
	if (!test.score || !test.handedInAt) throw new Error('this test does not count');
	const items = itemsOf(test);
	const answers = Object.fromEntries([...test.answers].map(([id, { answer }]) => [id, answer]));
	const results = resultsOf(items, answers, language);
	const missed = results.filter(({ right }) => !right).map(({ lessonKey }) => lessonKey);
	return {
		kind: 'result',
		handedInAt: test.handedInAt,
		score: test.score,
		results: explained ? results : null,
		reread: [...new Set(missed)]
	};
}
