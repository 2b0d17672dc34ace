/**
 * Practice (latihan): questions without marks, explained at once. What was
 * answered is kept, so that what somebody forgets can be asked again later.
 */
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { practiceAnswer } from '#lib/platform/server/db/schema/index.ts';
import { isAnswerTo, unknownAnswer, type Answers } from '#lib/questions/items/answers.ts';
import { askItem, isRight } from '#lib/questions/items/kinds.ts';
import { readerOf } from '../access.ts';
import { lessonKey, type CourseItem, type Lesson } from '../course.ts';

export interface PracticeForm {
	/** Made by the page that was answered: a form sent twice is kept once. */
	readonly formId: string;
	readonly answers: Answers;
}

export interface Practised {
	readonly attemptId: string;
}

/**
 * Keeps the answers to the questions at the end of a lesson.
 *
 * Refuses with `unauthenticated`, and with `invalid` when an answer is to a
 * question that is not asked or when a question has none: then nothing is kept.
 */
export function practiseLesson(
	app: App,
	actor: Actor | null,
	lesson: Pick<Lesson, 'moduleSlug' | 'slug' | 'questions'>,
	form: PracticeForm
): Promise<Practised> {
	return practise(app, actor, { occasion: atLesson(lesson), items: lesson.questions }, form);
}

/** The occasion that a lesson is. */
export const atLesson = (lesson: Pick<Lesson, 'moduleSlug' | 'slug'>) =>
	`lesson/${lessonKey(lesson)}`;

export interface Occasion {
	/** Names what was answered, as it stands in the table. */
	readonly occasion: string;
	readonly items: readonly CourseItem[];
}

/** Refuses as `practiseLesson` does. */
export async function practise(
	app: App,
	actor: Actor | null,
	{ occasion, items }: Occasion,
	{ formId, answers }: PracticeForm
): Promise<Practised> {
	const { userId } = readerOf(actor);
	refuseOthers(items, answers);
	const parts = [userId, occasion, formId, Object.entries(answers).sort()];
	const attemptId = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
	const at = app.now();
	const rows = items.map((item) => ({
		attemptId,
		itemId: item.id,
		itemVersion: item.version,
		userId,
		occasion,
		answer: answers[item.id] ?? '',
		right: isRight(item, answers[item.id]),
		at
	}));
	await app.db.write((tx) => tx.insert(practiceAnswer).values(rows).onConflictDoNothing());
	return { attemptId };
}

function refuseOthers(items: readonly CourseItem[], answers: Answers): void {
	for (const [id, answer] of Object.entries(answers)) {
		const item = items.find((asked) => asked.id === id);
		if (!item || !isAnswerTo(askItem(item, 'id'), answer)) throw unknownAnswer();
	}
	if (items.length === 0 || items.some(({ id }) => !Object.hasOwn(answers, id))) {
		throw new Refusal('invalid', 'courses_refused_practice_incomplete');
	}
}

/** What was answered, and to which questions. */
export interface PastPractice {
	readonly items: readonly CourseItem[];
	readonly answers: Answers;
}

/**
 * What was answered then, to those of `items` that still ask it in the same words: an answer to
 * another wording is not explained by this one. One's own attempts only: anybody else's does not
 * exist, `not_found`.
 */
export async function findPractice(
	app: App,
	actor: Actor | null,
	{ occasion, items, attemptId }: Occasion & { readonly attemptId: string }
): Promise<PastPractice> {
	const { userId } = readerOf(actor);
	const { itemId, itemVersion, answer } = practiceAnswer;
	const rows = await app.db.read
		.select({ itemId, itemVersion, answer })
		.from(practiceAnswer)
		.where(
			and(
				eq(practiceAnswer.attemptId, attemptId),
				eq(practiceAnswer.userId, userId),
				eq(practiceAnswer.occasion, occasion)
			)
		);
	if (rows.length === 0) throw new Refusal('not_found', 'courses_refused_unknown_attempt');
	const standing = items.filter(({ id, version }) =>
		rows.some((row) => row.itemId === id && row.itemVersion === version)
	);
	const answers = Object.fromEntries(rows.map((row) => [row.itemId, row.answer]));
	return { items: standing, answers };
}
