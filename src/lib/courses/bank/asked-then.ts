/**
 * Questions of the item bank come and go while phones hold older pages. A page
 * that did not ask one is not incomplete, and an answer to one that is asked no
 * more is no stranger: both are left aside, and the rest counts.
 */
import type { Operation } from '#lib/platform/operations.ts';
import type { CourseItem } from '../course.ts';
import { bankNumber } from './bank.ts';

type Fields = Operation['fields'];

/** A field is the id of its question, or that with a dot and a key. */
const questionOf = (field: string): string => field.split('.', 1)[0] ?? field;

/** What of these questions was on the page, as far as its fields tell. */
export function askedThen(items: readonly CourseItem[], fields: Fields): CourseItem[] {
	const answered = new Set(fields.map(([name]) => questionOf(name)));
	return items.filter(({ id }) => bankNumber(id) === null || answered.has(id));
}

/** The fields without those of the bank that are asked no more. */
export function stillAsked(items: readonly CourseItem[], fields: Fields): Fields {
	const asked = new Set(items.map(({ id }) => id));
	return fields.filter(([name]) => {
		const id = questionOf(name);
		return bankNumber(id) === null || asked.has(id);
	});
}
