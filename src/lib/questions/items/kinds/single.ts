import * as v from 'valibot';
import { fourOptions, itemKind, text } from '../item.ts';
import { oneOf } from './one-of.ts';

/** One of two to four options is right. */
export const single = itemKind({
	...oneOf,
	entries: { kind: v.literal('single'), options: fourOptions, answer: text }
});
