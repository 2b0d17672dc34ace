/**
 * Answers to items, read from what a form sent and checked against what was
 * asked. Needs only the question as it was shown, so a phone can do it too.
 */
import { InvalidForm, sentIn } from '#lib/platform/form.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { cleanLine } from '#lib/platform/text.ts';
import type { Answer, Asked, Control } from './item.ts';

/** Longest answer in words, in characters. */
export const LONGEST_WORDS = 100;
/** Longest words that are looked at at all, in UTF-16 units. */
const LONGEST_VALUE = 1_000;

/** Field name → every value sent for it. */
export type Sent = Readonly<Record<string, readonly string[]>>;

/** Why there is no answer yet: nothing said, a part missing, one place given twice, too many letters. */
export type Lack = 'open' | 'incomplete' | 'same_place' | 'too_long';

/** `null` stands for a value that was never offered: a form of ours does not send it. */
export type Reading = { readonly answer: Answer } | { readonly lack: Lack } | null;

interface Rules {
	fields(asked: Asked): string[];
	read(asked: Asked, sent: Sent): Reading;
	/** The values a form shows for an answer: the other way round. */
	show(asked: Asked, answer: Answer): Sent;
}

const keysOf = (choices: Asked['options']): string[] => choices.map(({ key }) => key);
const valuesOf = (sent: Sent, field: string): string[] =>
	(Object.hasOwn(sent, field) ? (sent[field] ?? []) : []).filter((value) => value !== '');
const parts = (answer: Answer): string[] => answer.split(' ');

const radios: Rules = {
	fields: ({ id }) => [id],
	read({ id, options }, sent) {
		const [only, ...others] = valuesOf(sent, id);
		if (only === undefined) return { lack: 'open' };
		return others.length === 0 && keysOf(options).includes(only) ? { answer: only } : null;
	},
	show: ({ id }, answer) => ({ [id]: [answer] })
};

const boxes: Rules = {
	fields: ({ id }) => [id],
	read({ id, options }, sent) {
		const ticked = new Set(valuesOf(sent, id));
		if (ticked.size === 0) return { lack: 'open' };
		const chosen = keysOf(options).filter((key) => ticked.has(key));
		return chosen.length === ticked.size ? { answer: chosen.join(' ') } : null;
	},
	show: ({ id }, answer) => ({ [id]: parts(answer) })
};

const fieldFor = ({ id }: Asked, key: string): string => `${id}.${key}`;

/** Each line is given its place, from 1. */
const places: Rules = {
	fields: (asked) => keysOf(asked.options).map((key) => fieldFor(asked, key)),
	read(asked, sent) {
		const lines = keysOf(asked.options);
		const given = lines.map((key) => valuesOf(sent, fieldFor(asked, key)));
		const known = lines.map((_, at) => String(at + 1));
		if (given.some((values) => values.length > 1)) return null;
		if (given.flat().some((place) => !known.includes(place))) return null;
		if (given.flat().length === 0) return { lack: 'open' };
		if (given.flat().length < lines.length) return { lack: 'incomplete' };
		if (new Set(given.flat()).size < lines.length) return { lack: 'same_place' };
		const inPlace = known.map((place) => lines[given.findIndex(([value]) => value === place)]);
		return { answer: inPlace.join(' ') };
	},
	show: (asked, answer) =>
		Object.fromEntries(parts(answer).map((key, at) => [fieldFor(asked, key), [String(at + 1)]]))
};

/** Each line on the left is given an option. */
const pairs: Rules = {
	fields: (asked) => keysOf(asked.left).map((key) => fieldFor(asked, key)),
	read(asked, sent) {
		const given = keysOf(asked.left).map(
			(key) => [key, valuesOf(sent, fieldFor(asked, key))] as const
		);
		const options = keysOf(asked.options);
		if (given.some(([, values]) => values.length > 1)) return null;
		const chosen = given.flatMap(([key, [value]]) => (value === undefined ? [] : [{ key, value }]));
		if (chosen.some(({ value }) => !options.includes(value))) return null;
		if (chosen.length === 0) return { lack: 'open' };
		if (chosen.length < given.length) return { lack: 'incomplete' };
		return { answer: chosen.map(({ key, value }) => `${key}:${value}`).join(' ') };
	},
	show: (asked, answer) =>
		Object.fromEntries(
			parts(answer).map((pair) => {
				const [key = '', value = ''] = pair.split(':');
				return [fieldFor(asked, key), [value]];
			})
		)
};

const words: Rules = {
	fields: ({ id }) => [id],
	read({ id }, sent) {
		const [only = '', ...others] = valuesOf(sent, id);
		if (others.length > 0) return null;
		if (only.length > LONGEST_VALUE) return { lack: 'too_long' };
		const written = cleanLine(only);
		if (written === '') return { lack: 'open' };
		return [...written].length <= LONGEST_WORDS ? { answer: written } : { lack: 'too_long' };
	},
	show: ({ id }, answer) => ({ [id]: [answer] })
};

const controls = { radios, boxes, places, pairs, words } satisfies Record<Control, Rules>;

/** The names of the form's fields for a question. */
export function fieldsOf(asked: Asked): string[] {
	return controls[asked.control].fields(asked);
}

/** What the fields of a question show when it has been answered before. */
export function shownAs(asked: Asked, answer: Answer): Sent {
	return controls[asked.control].show(asked, answer);
}

/** The answer to one question, or what it lacks; null when a value was not offered. */
export function answerTo(asked: Asked, sent: Sent): Reading {
	return controls[asked.control].read(asked, sent);
}

/** Whether this is an answer that a form for this question could have sent. */
export function isAnswerTo(asked: Asked, answer: Answer): boolean {
	const reading = answerTo(asked, shownAs(asked, answer));
	return reading !== null && 'answer' in reading && reading.answer === answer;
}

/** Item id → answer. */
export type Answers = Readonly<Record<string, Answer>>;

export interface FormAnswers {
	/** Made by the page that was answered, so that a form sent twice counts once. */
	readonly formId: string;
	readonly answers: Answers;
	/** Item id → why it has no answer. */
	readonly lacks: Readonly<Record<string, Lack>>;
}

/** The field that carries the id of the form. */
export const FORM_ID = 'lembar';
const A_FORM_ID = /^[\w-]{1,40}$/;

/**
 * The answers of a form. Refuses with `invalid` a field that was not asked for
 * and a value that was not offered: pages of ours send neither.
 */
export function answersIn(form: FormData, questions: readonly Asked[]): FormAnswers {
	const sent = sentIn(form);
	const known = new Set([...questions.flatMap(fieldsOf), FORM_ID]);
	const strangers = Object.keys(sent).filter((name) => !known.has(name));
	const [formId = '', ...others] = valuesOf(sent, FORM_ID);
	if (strangers.length > 0) throw unknownAnswer();
	if (others.length > 0 || !A_FORM_ID.test(formId)) throw new InvalidForm([FORM_ID]);
	const answers: Record<string, Answer> = {};
	const lacks: Record<string, Lack> = {};
	for (const asked of questions) {
		const reading = answerTo(asked, sent);
		if (reading === null) throw unknownAnswer();
		if ('answer' in reading) answers[asked.id] = reading.answer;
		else lacks[asked.id] = reading.lack;
	}
	return { formId, answers, lacks };
}

/** An answer to something that was not asked: tampered with, or the page is older than the question. */
export const unknownAnswer = () => new Refusal('invalid', 'questions_refused_unknown_answer');
