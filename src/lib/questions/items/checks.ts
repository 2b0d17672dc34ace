/** What several kinds of item check of their options. */
import type { Say, Texts } from './item.ts';

type InBothTexts = Readonly<Record<'id' | 'en', Texts>>;

/** Both languages must offer the same keys. */
export function checkTwins(field: string, { id, en }: InBothTexts, say: Say): void {
	if (Object.keys(id).join() !== Object.keys(en).join()) {
		say(field, `the languages have different ${field}`);
	}
}

/** Every key of the answer must be an option, and none may stand twice. */
export function checkKeys(answer: readonly string[], options: InBothTexts, say: Say): void {
	for (const key of new Set(answer)) {
		if (!Object.hasOwn(options.id, key)) say('answer', `the key "${key}" is not an option`);
	}
	if (new Set(answer).size < answer.length) say('answer', 'a key stands twice');
}
