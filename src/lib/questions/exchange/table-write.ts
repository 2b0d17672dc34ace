/** Items as the table that table-read.ts reads: every kind, in both languages. */
import { toCsv } from '#lib/platform/csv.ts';
import { askItem, type Item } from '../items/kinds.ts';
import { OPTION_KEYS } from './draft.ts';

const LEFT_KEYS = ['1', '2', '3', '4', '5', '6'] as const;

const inIndonesian: Readonly<Record<Item['kind'], string>> = {
	single: 'satu',
	multiple: 'beberapa',
	truefalse: 'benar-salah',
	order: 'urutan',
	match: 'pasangan',
	short: 'isian',
	scenario: 'skenario'
};

/** Column → its heading in the file. */
const COLUMNS: readonly (readonly [string, string])[] = [
	['scenario', 'skenario'],
	['question', 'pertanyaan'],
	...OPTION_KEYS.map((key) => [key, key] as const),
	...LEFT_KEYS.map((key) => [`left_${key}`, `kiri_${key}`] as const),
	...OPTION_KEYS.slice(0, 4).map((key) => [`reason_${key}`, `alasan_${key}`] as const),
	['explanation', 'penjelasan']
];

/** An item, and the lesson it asks about as the file should name it. */
export interface Placed {
	readonly item: Item;
	readonly lesson: string;
}

export function tableFile(items: readonly Placed[]): string {
	const heading = [
		'jenis',
		'pelajaran',
		...COLUMNS.map(([, name]) => name),
		'jawaban',
		...COLUMNS.map(([, name]) => `${name}_en`),
		'jawaban_en'
	];
	return toCsv([heading, ...items.map(rowOf)]);
}

function rowOf({ item, lesson }: Placed): string[] {
	const [id, en] = [cellsOf(item, 'id'), cellsOf(item, 'en')];
	return [
		inIndonesian[item.kind],
		lesson,
		...COLUMNS.map(([column]) => id[column] ?? ''),
		answerOf(item, 'id'),
		...COLUMNS.map(([column]) => en[column] ?? ''),
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
