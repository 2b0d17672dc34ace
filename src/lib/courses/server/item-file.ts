/**
 * A file of items in YAML: `quiz.yaml` of a module, the questions of a lesson, a
 * bank for tests. All say the same of an item; what a place adds (an objective)
 * or demands (how many) is its own business.
 */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Entries } from '#lib/questions/items/item.ts';
import { itemSchema } from '#lib/questions/items/item.ts';
import { checkItem, itemKinds, type Item } from '#lib/questions/items/kinds.ts';
import { bankNumber } from '../bank/bank.ts';
import type { Mistakes } from './mistakes.ts';
import { readYaml } from './yaml-part.ts';

/** Where an item stands, for whoever must name the place. */
export interface Place {
	readonly file: string;
	readonly line: number;
}

export interface ItemFile<A extends Entries> {
	readonly file: string;
	/** What an item says here beside what every item says. */
	readonly also: A;
	/** Ids that files read before have taken; this one adds its own. */
	readonly takenIds: Map<string, Place>;
	readonly fewest: number;
	readonly most?: number;
	/** What is said when there are fewer or more: "a quiz has at least 10". */
	readonly number: string;
	/** Further checks of one item. */
	check?(item: Item & Extra<A>, say: (field: string, sentence: string) => void): void;
}

type Extra<A extends Entries> = v.InferOutput<v.StrictObjectSchema<A, undefined>>;

/** `null` when it cannot be read; the reasons are among the mistakes. */
export function readItems<A extends Entries>(
	from: ItemFile<A>,
	mistakes: Mistakes
): (Item & Extra<A>)[] | null {
	const { file } = from;
	const part = readYaml(fileOf(from.also), { file, text: readFileSync(file, 'utf8') }, mistakes);
	if (!part) return null;
	// What the variant gives is an item of one of the kinds with these fields; its type is too wide to say so.
	const items = part.value.items as unknown as (Item & Extra<A>)[];
	checkNumber(items.length, from, mistakes);
	for (const [at, item] of items.entries()) {
		const lineOf = (field: string) => part.lineOf(['items', at, field]);
		const say = (field: string, sentence: string) =>
			mistakes.add(file, lineOf(field), `${item.id}: ${sentence}`);
		if (from.takenIds.has(item.id)) say('id', 'this id is used twice');
		else from.takenIds.set(item.id, { file, line: lineOf('id') });
		if (bankNumber(item.id) !== null)
			say('id', 'ids that begin with IM are those of the item bank');
		from.check?.(item, say);
		checkItem(item, say);
	}
	return items;
}

function fileOf(also: Entries) {
	const kinds = Object.values(itemKinds).map((kind) => itemSchema(kind.entries as Entries, also));
	return v.strictObject({ items: v.array(v.variant('kind', kinds as never[])) });
}

function checkNumber(
	count: number,
	{ file, fewest, most, number }: Pick<ItemFile<Entries>, 'file' | 'fewest' | 'most' | 'number'>,
	mistakes: Mistakes
): void {
	if (count >= fewest && count <= (most ?? Infinity)) return;
	mistakes.add(file, 1, `has ${count} items, ${number}`);
}
