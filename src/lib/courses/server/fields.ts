/** The fields that all files of the course are made of. */
import * as v from 'valibot';

export const SLUG = '[a-z0-9]+(?:-[a-z0-9]+)*';

export const slug = v.pipe(v.string(), v.regex(new RegExp(`^${SLUG}$`)));
export const text = v.pipe(v.string(), v.trim(), v.minLength(1));
export const texts = v.pipe(v.array(text), v.minLength(1));
export const inBoth = v.strictObject({ id: text, en: text });
export const listInBoth = v.strictObject({ id: texts, en: texts });
export const minutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60));

/** A whole number from 1 to `most`. */
export const upTo = (most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
