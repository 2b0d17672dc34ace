import * as v from 'valibot';
import { itemKind, text, twoOptions } from '../item.ts';
import { oneOf } from './one-of.ts';

/** A sentence is true or false: two options, a and b. */
export const truefalse = itemKind({
	...oneOf,
	entries: { kind: v.literal('truefalse'), options: twoOptions, answer: text }
});
