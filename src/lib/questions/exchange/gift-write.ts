/**
 * Items as GIFT, the plain text that Moodle and others read. It knows no orders:
 * those are left out. A scenario becomes a question whose options have comments.
 */
import type { Locale } from '#lib/platform/calendar.ts';
import { askItem, explainItem, type Item } from '../items/kinds.ts';
import { acceptedWords } from './qti.ts';

export interface GiftCategory {
	/** Slashes make a path of it. */
	readonly name: string;
	readonly items: readonly Item[];
}

/** A whole file, in one language. */
export function giftFile(categories: readonly GiftCategory[], language: Locale): string {
	return categories
		.map(({ name, items }) => [
			`$CATEGORY: ${name.replace(/\s+/g, ' ')}`,
			...items.flatMap((item) => giftOf(item, language) ?? [])
		])
		.filter((blocks) => blocks.length > 1)
		.map((blocks) => `${blocks.join('\n\n')}\n`)
		.join('\n');
}

/** Null for what GIFT cannot say. */
export function giftOf(item: Item, language: Locale): string | null {
	const answers = answersOf(item, language);
	if (!answers) return null;
	const { scenario, question } = askItem(item, language);
	const asked = scenario === null ? question : `${scenario}\n\n${question}`;
	const { explanation } = explainItem(item, undefined, language);
	const lines = [...answers, `####${escaped(explanation)}`].map((line) => `\t${line}`);
	return `::${escaped(item.id)}::[plain]${escaped(asked)}{\n${lines.join('\n')}\n}`;
}

function answersOf(item: Item, language: Locale): string[] | null {
	switch (item.kind) {
		case 'truefalse':
			return saysTrue(item.options[language].a)
				? [item.answer === 'a' ? 'TRUE' : 'FALSE']
				: oneOf(item.options[language], item.answer);
		case 'single':
			return oneOf(item.options[language], item.answer);
		case 'scenario':
			return oneOf(item.options[language], item.answer, item.reasons[language]);
		case 'multiple': {
			const share = percent(100 / item.answer.length);
			return Object.entries(item.options[language]).map(
				([key, text]) => `~%${item.answer.includes(key) ? share : '-100'}%${escaped(text)}`
			);
		}
		case 'match':
			return pairsOf(item, language);
		case 'short':
			return acceptedWords(item).map((words) => `=${choice(words)}`);
		case 'order':
			return null;
	}
}

type Texts = Readonly<Record<string, string>>;

const oneOf = (options: Texts, answer: string, comments: Texts = {}): string[] =>
	Object.entries(options).map(([key, text]) => {
		const comment = comments[key] ? `#${escaped(comments[key])}` : '';
		return `${key === answer ? '=' : '~'}${choice(text)}${comment}`;
	});

/** Options that belong to no line stand without one. */
function pairsOf({ left, options, answer }: Extract<Item, { kind: 'match' }>, language: Locale) {
	const used = new Set(Object.values(answer));
	const pairs = Object.entries(left[language]).map(
		([key, text]) => `=${escaped(text)} -> ${escaped(options[language][answer[key] ?? ''] ?? '')}`
	);
	const rest = Object.entries(options[language])
		.filter(([key]) => !used.has(key))
		.map(([, text]) => `= -> ${escaped(text)}`);
	return [...pairs, ...rest];
}

const saysTrue = (option: string): boolean => /^(benar|true)\b/i.test(option);

/** Moodle knows shares of a whole by these five decimals only: 33.33333. */
const percent = (share: number): string => String(Number(share.toFixed(5)));

/** A text that begins with % would be read as a share. */
const choice = (text: string): string =>
	text.startsWith('%') ? `%0%${escaped(text)}` : escaped(text);

/** An arrow parts a pair, also where none was meant, and there is no way to write another one. */
const escaped = (text: string): string =>
	text
		.replaceAll('->', '→')
		.replace(/[~=#{}:\\]/g, (sign) => `\\${sign}`)
		.replaceAll('\n', '\\n');
