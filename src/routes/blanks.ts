/**
 * Blanks: a page that many read alike is rendered once with blanks where each reader's own words go,
 * and filled in later (request/kept-lessons). U+FDD0 and U+FDD1 are no characters.
 */
export const blank = (word: string) => `\uFDD0${word}\uFDD1`;

export const BLANK = /\uFDD0(\w+)\uFDD1/;

/** Name of a blank → what goes there, as text. */
export type Words = Readonly<Record<string, string>>;
