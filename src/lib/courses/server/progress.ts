/**
 * Keeps what people have done in the course: lessons said to be done, quizzes
 * handed in. Rows are only ever added, so done stays done and the best score
 * never falls, whatever a phone sends twice.
 */
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { lessonDone, quizAttempt } from '#lib/platform/server/db/schema/index.ts';
import { prepared } from '#lib/platform/server/db/prepared.ts';
import { readerOf } from '../access.ts';
import { lessonKey, type Course, type Lesson, type Module, type Quiz } from '../course.ts';
import { moduleProgress, type ModuleProgress } from '../progress.ts';
import { unknownAnswer, type Answers } from '#lib/questions/items/answers.ts';
import { betterScore, fits, grade, unanswered, type Score } from '../quiz.ts';

/** Refuses with `unauthenticated`. A lesson that is done already stays done since then. */
export async function markLessonDone(
	app: App,
	actor: Actor | null,
	lesson: Pick<Lesson, 'moduleSlug' | 'slug'>
): Promise<void> {
	const { userId } = readerOf(actor);
	const done = { userId, lessonKey: lessonKey(lesson), doneAt: app.now() };
	await app.db.write((tx) => tx.insert(lessonDone).values(done).onConflictDoNothing());
}

export interface HandIn {
	/** Made by the page that was answered: a form sent twice is one attempt. */
	readonly formId: string;
	readonly answers: Answers;
}

export interface HandedIn {
	readonly attemptId: string;
	readonly score: Score;
}

/**
 * Grades a quiz and keeps the attempt.
 *
 * Refuses with `unauthenticated`, with `not_found` when the module has no quiz
 * yet, and with `invalid` when an answer is to a question that is not asked or
 * when a question has none: then nothing is kept, and the page shows which.
 */
export async function handInQuiz(
	app: App,
	actor: Actor | null,
	module: Module,
	{ formId, answers }: HandIn
): Promise<HandedIn> {
	const { userId } = readerOf(actor);
	const quiz = quizOf(module);
	if (!fits(quiz, answers)) throw unknownAnswer();
	if (unanswered(quiz, answers).length > 0) {
		throw new Refusal('invalid', 'courses_refused_open_questions');
	}

	const score = grade(quiz, answers);
	const attempt = {
		id: attemptIdOf([userId, module.slug, formId, sorted(answers)]),
		userId,
		moduleSlug: module.slug,
		edition: module.edition,
		answers: { ...answers },
		...score,
		at: app.now()
	};
	await app.db.write((tx) => tx.insert(quizAttempt).values(attempt).onConflictDoNothing());
	return { attemptId: attempt.id, score };
}

/** Refuses with `not_found` while it is not written. */
export function quizOf(module: Module): Quiz {
	if (!module.quiz) throw new Refusal('not_found', 'courses_refused_no_quiz');
	return module.quiz;
}

/**
 * Named after who sent which answers from which page: the same form sent twice is
 * one attempt, while somebody who goes back, changes an answer and sends the page
 * again makes a new one. Nobody can take a name that is somebody else's.
 */
function attemptIdOf(parts: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function sorted(answers: Answers): [string, string][] {
	return Object.entries(answers).sort(([one], [other]) => (one < other ? -1 : 1));
}

export interface Attempt {
	readonly answers: Answers;
	readonly score: Score;
	readonly at: Date;
	/** Of the module at that time. */
	readonly edition: string;
}

/** One's own attempt; anybody else's does not exist: `not_found`. */
export async function findAttempt(
	app: App,
	actor: Actor | null,
	asked: { moduleSlug: string; attemptId: string }
): Promise<Attempt> {
	const { userId } = readerOf(actor);
	const [found] = await app.db.read
		.select()
		.from(quizAttempt)
		.where(
			and(
				eq(quizAttempt.id, asked.attemptId),
				eq(quizAttempt.userId, userId),
				eq(quizAttempt.moduleSlug, asked.moduleSlug)
			)
		);
	if (!found) throw new Refusal('not_found', 'courses_refused_unknown_attempt');
	const { answers, correct, total, at, edition } = found;
	return { answers, score: { correct, total }, at, edition };
}

const lessonsDoneBy = prepared(['userId'], (read, { userId }) =>
	read
		.select({ lessonKey: lessonDone.lessonKey })
		.from(lessonDone)
		.where(eq(lessonDone.userId, userId))
);
const scoresOf = prepared(['userId'], (read, { userId }) =>
	read
		.selectDistinct({
			moduleSlug: quizAttempt.moduleSlug,
			correct: quizAttempt.correct,
			total: quizAttempt.total
		})
		.from(quizAttempt)
		.where(eq(quizAttempt.userId, userId))
);

/** One entry per module, in the order of the course. */
export async function progressOf(
	app: App,
	course: Pick<Course, 'modules'>,
	userId: string
): Promise<ModuleProgress[]> {
	const { done, best } = await app.db.snapshot(async (read) => ({
		done: await lessonsDoneBy(read, { userId }),
		best: await scoresOf(read, { userId })
	}));
	const doneKeys = new Set(done.map((row) => row.lessonKey));
	return course.modules.map((module) => {
		const scores = best.filter((row) => row.moduleSlug === module.slug);
		const quizBest = scores.reduce<Score | null>(
			(so, { correct, total }) => betterScore(so, { correct, total }),
			null
		);
		return moduleProgress(module, doneKeys, quizBest);
	});
}
