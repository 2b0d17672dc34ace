/** Items as the table that table-read.ts reads: every kind, in both languages. */
import { toCsv } from '#lib/platform/csv.ts';
import { askItem, type Item } from '../items/kinds.ts';
import { MOST_OPTIONS, OPTION_KEYS } from './draft.ts';
import { headingFor, LEFT_KEYS, nameOfKind } from './table-columns.ts';

/** In the order of the file; kind and lesson stand before them. */
const COLUMNS: readonly string[] = [
	'scenario',
	'question',
	...OPTION_KEYS,
	...LEFT_KEYS.map((key) => `left_${key}`),
	...OPTION_KEYS.slice(0, MOST_OPTIONS.single).map((key) => `reason_${key}`),
	'explanation'
];

/** An item, and the lesson it asks about as the file should name it. */
export interface Placed {
	readonly item: Item;
	readonly lesson: string;
}

export function tableFile(items: readonly Placed[]): string {
	const said = [...COLUMNS, 'answer'].map(headingFor);
	const heading = [
		...['kind', 'lesson'].map(headingFor),
		...said,
		...said.map((name) => `${name}_en`)
	];
	return toCsv([heading, ...items.map(rowOf)]);
}

function rowOf({ item, lesson }: Placed): string[] {
	const [id, en] = [cellsOf(item, 'id'), cellsOf(item, 'en')];
	return [
		nameOfKind(item.kind),
		lesson,
		...COLUMNS.map((column) => id[column] ?? ''),
		answerOf(item, 'id'),
		...COLUMNS.map((column) => en[column] ?? ''),
		item.kind === 'short' ? answerOf(item, 'en') : ''
	];
}

function cellsOf(item: Item, language: 'id' | 'en'): Record<string, string> {
	const { scenario, question, options, left } = askItem(item, language);
	const reasons = item.kind === 'scenario' ? Object.entries(item.reasons[language]) : [];
	const shown = item.kind === 'truefalse' ? [] : options;
	return {
		...(scenario === null ? {} : { scenario }),
		question,
		...Object.fromEntries(shown.map(({ key, text }) => [key, text])),
		...Object.fromEntries(left.map(({ key, text }) => [`left_${key}`, text])),
		...Object.fromEntries(reasons.map(([key, text]) => [`reason_${key}`, text])),
		explanation: item.explanation[language]
	};
}

function answerOf(item: Item, language: 'id' | 'en'): string {
	switch (item.kind) {
		case 'single':
		case 'scenario':
			return item.answer;
		case 'truefalse':
			return item.answer === 'a' ? 'benar' : 'salah';
		case 'multiple':
		case 'order':
			return item.answer.join(' ');
		case 'match':
			return Object.entries(item.answer)
				.map(([left, key]) => left + key)
				.join(' ');
		case 'short':
			return item.answer[language].join(' | ');
	}
}
