/**
 * The quiz (kuis) of a module: how it is graded and what a person gets to see
 * of it. Pure, but only the server has the answers: a page is given questions.
 */
import type { Language, Quiz, QuizItem } from './course.ts';

/** A quiz is passed from this share of right answers on; it may be tried as often as one likes. */
export const PASS_PERCENT = 70;

/** Item id → key of the option that was chosen. */
export type Answers = Readonly<Record<string, string>>;

export interface Score {
	readonly correct: number;
	readonly total: number;
}

export function grade(quiz: Quiz, answers: Answers): Score {
	const right = quiz.items.filter((item) => answers[item.id] === item.answer);
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

/** Whether every answer is one of the options of a question of this quiz. */
export function fits(quiz: Quiz, answers: Answers): boolean {
	return Object.entries(answers).every(([id, key]) => {
		const item = quiz.items.find((asked) => asked.id === id);
		return item !== undefined && Object.hasOwn(item.options.id, key);
	});
}

/** A question as it is put to somebody: without its answer. */
export interface Question {
	readonly id: string;
	readonly question: string;
	readonly options: readonly { readonly key: string; readonly text: string }[];
}

export function questionsOf(quiz: Quiz, language: Language): Question[] {
	return quiz.items.map((item) => ({
		id: item.id,
		question: item.question[language],
		options: Object.entries(item.options[language]).map(([key, text]) => ({ key, text }))
	}));
}

/** How one question was answered, and why the right answer is right. */
export interface ItemResult {
	readonly id: string;
	readonly question: string;
	/** `null` when the item was added after the quiz was handed in. */
	readonly chosen: string | null;
	readonly right: boolean;
	readonly answer: string;
	readonly explanation: string;
	/** The lesson to read again. */
	readonly lessonSlug: string;
}

export function resultsOf(quiz: Quiz, answers: Answers, language: Language): ItemResult[] {
	return quiz.items.map((item) => {
		const textOf = (key: string | undefined) => optionText(item, key, language);
		return {
			id: item.id,
			question: item.question[language],
			chosen: textOf(answers[item.id]),
			right: answers[item.id] === item.answer,
			answer: textOf(item.answer) ?? '',
			explanation: item.explanation[language],
			lessonSlug: item.objective
		};
	});
}

function optionText(item: QuizItem, key: string | undefined, language: Language): string | null {
	return key === undefined ? null : (item.options[language][key] ?? null);
}
