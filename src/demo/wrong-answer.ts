/** How somebody who does not know it answers: with another option, a part of it, the wrong way round. */
import type { Answer, Asked, Control } from '#lib/questions/items/item.ts';
import { askItem, isRight, type Item } from '#lib/questions/items/kinds.ts';
import type { Die } from './chance.ts';

const keysOf = ({ options }: Asked): string[] => options.map(({ key }) => key);

const guesses = {
	radios: keysOf,
	boxes: (asked) => [...keysOf(asked), keysOf(asked).join(' ')],
	places: (asked) => [keysOf(asked).join(' '), keysOf(asked).toReversed().join(' ')],
	pairs: (asked) =>
		keysOf(asked).map((key) => asked.left.map((line) => `${line.key}:${key}`).join(' ')),
	words: () => ['belum tahu']
} satisfies Record<Control, (asked: Asked) => Answer[]>;

export function wrongAnswer(item: Item, die: Die): Answer {
	const asked = askItem(item, 'id');
	return die.pick(guesses[asked.control](asked).filter((answer) => !isRight(item, answer)));
}
