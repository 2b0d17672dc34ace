/** Everything the script adds to course and test pages, in the order in which it is done: one line each. */
import type { Enhancer } from './enhancer.ts';
import { offerPacks } from './packs.ts';
import { sayWhenOffline } from './signal.ts';

export const enhancers: readonly Enhancer[] = [sayWhenOffline, offerPacks];
