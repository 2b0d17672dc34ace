/**
 * Answers (jawaban) as they were typed, and as they are handed in: ratings and
 * choices on one side, free texts on the other, neither with a name.
 *
 * Pure: no database, no HTTP.
 */
import type { Complaint } from '#lib/questions/question.ts';
import { InvalidForm } from '#lib/platform/form.ts';
import { parseAnswer } from '#lib/questions/kinds.ts';
import { fieldsOf, type Field, type Part } from './instrument.ts';

/** Field name → every value sent for it. What a draft keeps: an unfinished form is not an answer yet. */
export type TypedAnswers = Readonly<Record<string, readonly string[]>>;

/** The name of the buttons: where to go after saving. */
export const GO_TO = 'ke';

/** "D101", or "D201.<subject>" */
const FIELD = /^[A-Z]\d{2,3}(\.[a-z0-9-]{1,64})?$/;

/** Longest value kept in a draft, in UTF-16 units: 500 characters of any kind, and room to shorten. */
const LONGEST_VALUE = 4_000;
/** A form sends a field once, several choices once each. */
const MOST_VALUES = 30;

/**
 * What a form sent for one part, and nothing else: fields of other parts are
 * left where they are. Refuses with `invalid` a field that no instrument has.
 */
export function typedIn(form: FormData, part: Part): TypedAnswers {
	const strangers = [...form.keys()].filter((name) => name !== GO_TO && !FIELD.test(name));
	if (strangers.length > 0) throw new InvalidForm(strangers);
	const typed: Record<string, string[]> = {};
	for (const { name } of fieldsOf(part)) {
		const values = form.getAll(name).filter((value) => typeof value === 'string');
		typed[name] = values.slice(0, MOST_VALUES).map((value) => value.slice(0, LONGEST_VALUE));
	}
	return typed;
}

/** Why fields of a part cannot be accepted as they stand; empty when the part is complete. */
export function complaintsAbout(part: Part, typed: TypedAnswers): Record<string, Complaint> {
	const complaints: Record<string, Complaint> = {};
	for (const field of fieldsOf(part)) {
		const parsed = parseField(field, typed);
		if (!parsed.ok) complaints[field.name] = parsed.complaint;
	}
	return complaints;
}

/** The number of the first part that is not complete, from 1; null when all are. */
export function firstIncomplete(parts: readonly Part[], typed: TypedAnswers): number | null {
	const place = parts.findIndex((part) => Object.keys(complaintsAbout(part, typed)).length > 0);
	return place < 0 ? null : place + 1;
}

export interface Comment {
	readonly item: string;
	readonly subject: string;
	readonly text: string;
}

/** What is kept of a form. `ratings` names only what was answered, in the order of the form. */
export interface Given {
	readonly ratings: Readonly<Record<string, number | readonly number[]>>;
	readonly comments: readonly Comment[];
}

/** The answers of a complete form, or null when a part of it is not complete. */
export function givenIn(parts: readonly Part[], typed: TypedAnswers): Given | null {
	const ratings: Record<string, number | readonly number[]> = {};
	const comments: Comment[] = [];
	for (const field of parts.flatMap(fieldsOf)) {
		const parsed = parseField(field, typed);
		if (!parsed.ok) return null;
		const { answer } = parsed;
		if (typeof answer === 'string') {
			comments.push({ item: field.item.id, subject: field.subject, text: answer });
		} else if (answer !== null) ratings[field.name] = answer;
	}
	return { ratings, comments };
}

function parseField(field: Field, typed: TypedAnswers) {
	const values = Object.hasOwn(typed, field.name) ? typed[field.name] : undefined;
	return parseAnswer(values ?? [], field.item);
}
