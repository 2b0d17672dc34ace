/**
 * The quiz (kuis) of a module: how it is graded and what a person gets to see
 * of it. Pure, but only the server has the answers: a page is given questions.
 */
import { isAnswerTo, type Answers } from '#lib/questions/items/answers.ts';
import type { Asked, Explained } from '#lib/questions/items/item.ts';
import { askItem, explainItem, isRight } from '#lib/questions/items/kinds.ts';
import type { CourseItem, Language, Quiz } from './course.ts';

/** A quiz is passed from this share of right answers on; it may be tried as often as one likes. */
export const PASS_PERCENT = 70;

export interface Score {
	readonly correct: number;
	readonly total: number;
}

const answerIn = (answers: Answers, { id }: CourseItem) =>
	Object.hasOwn(answers, id) ? answers[id] : undefined;

export function grade(quiz: Quiz, answers: Answers): Score {
	const right = quiz.items.filter((item) => isRight(item, answerIn(answers, item)));
	return { correct: right.length, total: quiz.items.length };
}

export function isPassed({ correct, total }: Score): boolean {
	return total > 0 && correct * 100 >= PASS_PERCENT * total;
}

/** The better one by share of right answers; the first when they are equal. */
export function betterScore(one: Score | null, other: Score): Score {
	return one && one.correct * other.total >= other.correct * one.total ? one : other;
}

/** Ids of the items without an answer. */
export function unanswered(quiz: Quiz, answers: Answers): string[] {
	return quiz.items.map((item) => item.id).filter((id) => !Object.hasOwn(answers, id));
}

/** Whether every answer is one that a question of this quiz offers. */
export function fits(quiz: Quiz, answers: Answers): boolean {
	return Object.entries(answers).every(([id, answer]) => {
		const item = quiz.items.find((asked) => asked.id === id);
		return item !== undefined && isAnswerTo(askItem(item, 'id'), answer);
	});
}

export function questionsOf(items: readonly CourseItem[], language: Language): Asked[] {
	return items.map((item) => askItem(item, language));
}

export interface ItemResult extends Explained {
	/** The key of the lesson to read again. */
	readonly lessonKey: string;
}

/** Question by question, once they have been answered. */
export function resultsOf(
	items: readonly CourseItem[],
	answers: Answers,
	language: Language
): ItemResult[] {
	return items.map((item) => ({
		...explainItem(item, answerIn(answers, item), language),
		lessonKey: item.objective
	}));
}
