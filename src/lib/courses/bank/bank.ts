/**
 * The item bank (bank soal): questions brought in from other systems, beside
 * those of the files. Somebody decides for each whether it is asked at the end of
 * its lesson or in the quiz of its module. Never in the tests that measure: their
 * two forms are written as pairs.
 *
 * Pure.
 */
import type { CourseItem } from '../course.ts';

/** Where an item of the bank is asked. */
export const places = ['nowhere', 'lesson', 'quiz'] as const;
export type Place = (typeof places)[number];

export interface BankItem {
	readonly item: CourseItem;
	readonly askedIn: Place;
}

/** Questions at the end of a lesson and in a quiz, with those of the bank: more tire a reader. */
export const MOST_ASKED = { lesson: 6, quiz: 20 } satisfies Record<
	Exclude<Place, 'nowhere'>,
	number
>;

/** The id under which the course knows an item of the bank. */
export const bankId = (n: number): string => `IM${n}`;

/** The number in an id; null when it is none of the bank. */
export function bankNumber(id: string): number | null {
	const digits = /^IM([1-9]\d{0,14})$/.exec(id)?.[1];
	return digits === undefined ? null : Number(digits);
}
