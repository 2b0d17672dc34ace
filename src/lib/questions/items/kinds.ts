/** Every kind of item. A new one is a file in `kinds/` and a line here. */
import type { Locale } from '#lib/platform/calendar.ts';
import type { Answer, Asked, Choice, Explained, ItemOf, ItemRules, Say, Texts } from './item.ts';
import { match } from './kinds/match.ts';
import { multiple } from './kinds/multiple.ts';
import { order } from './kinds/order.ts';
import { scenario } from './kinds/scenario.ts';
import { short } from './kinds/short.ts';
import { single } from './kinds/single.ts';
import { truefalse } from './kinds/truefalse.ts';

/** The names are those that stand in the files. */
export const itemKinds = { single, multiple, truefalse, order, match, short, scenario };

export type ItemKindName = keyof typeof itemKinds;

/** A question with a right answer; `kind` tells which fields it has. */
export type Item = {
	[Name in ItemKindName]: ItemOf<(typeof itemKinds)[Name]['entries']>;
}[ItemKindName];

// The item chooses its own kind, so the two fit; TypeScript cannot follow that through a union.
const kindOf = (item: Item) => itemKinds[item.kind] as unknown as ItemRules<Item>;

/** Says what is wrong with an item beyond its schema. */
export function checkItem(item: Item, say: Say): void {
	kindOf(item).check(item, say);
}

const choices = (texts: Texts): Choice[] =>
	Object.entries(texts).map(([key, text]) => ({ key, text }));

/** The item as it is put to somebody: nothing in it tells the answer. */
export function askItem(item: Item, language: Locale): Asked {
	const kind = kindOf(item);
	return {
		id: item.id,
		version: item.version,
		control: kind.control,
		scenario: kind.scenario?.(item, language) ?? null,
		question: item.question[language],
		options: choices(kind.options(item, language)),
		left: choices(kind.left?.(item, language) ?? {})
	};
}

/** Whether the whole answer is right; half right is not right. An answer left open is wrong. */
export function isRight(item: Item, answer: Answer | undefined): boolean {
	return answer !== undefined && kindOf(item).isRight(item, answer);
}

/** What a form for this item would send when it is answered rightly. */
export function rightAnswer(item: Item): Answer {
	return kindOf(item).rightAnswer(item, 'id');
}

/** What is shown once it has been answered. `undefined`: it was left open. */
export function explainItem(item: Item, answer: Answer | undefined, language: Locale): Explained {
	const kind = kindOf(item);
	return {
		id: item.id,
		scenario: kind.scenario?.(item, language) ?? null,
		question: item.question[language],
		right: isRight(item, answer),
		partly: answer === undefined ? null : (kind.partly?.(item, answer) ?? null),
		numbered: kind.control === 'places',
		chosen: answer === undefined ? [] : kind.lines(item, answer, language),
		answer: kind.lines(item, kind.rightAnswer(item, language), language),
		reasons: kind.reasons?.(item, answer, language) ?? [],
		explanation: item.explanation[language]
	};
}
