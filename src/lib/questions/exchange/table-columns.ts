/** What the columns and the kinds of a table of questions are called, in Indonesian and English. */
import type { ItemKindName } from '../items/kinds.ts';
import { OPTION_KEYS } from './draft.ts';

export const LEFT_KEYS = ['1', '2', '3', '4', '5', '6'] as const;

/** Column → what people call it. The first name is the one of the example. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
	kind: ['jenis'],
	lesson: ['pelajaran'],
	scenario: ['skenario'],
	question: ['pertanyaan', 'soal'],
	...Object.fromEntries(OPTION_KEYS.map((key) => [key, [`pilihan_${key}`, `option_${key}`]])),
	...Object.fromEntries(LEFT_KEYS.map((key) => [`left_${key}`, [`kiri_${key}`]])),
	answer: ['jawaban', 'kunci'],
	...Object.fromEntries(OPTION_KEYS.map((key) => [`reason_${key}`, [`alasan_${key}`]])),
	explanation: ['penjelasan']
};

const KINDS: Readonly<Record<ItemKindName, readonly string[]>> = {
	single: ['satu', 'pilihan_ganda', 'tunggal'],
	multiple: ['beberapa', 'jamak'],
	truefalse: ['benar_salah', 'true_false', 'bs', 'tf'],
	order: ['urutan'],
	match: ['pasangan', 'menjodohkan', 'matching'],
	short: ['isian', 'isian_singkat'],
	scenario: ['skenario']
};

/** As people write a name, without what does not matter in it. */
export const squeezed = (name: string) =>
	name
		.trim()
		.toLowerCase()
		.replace(/[\s/-]+/g, '_');

/** Column of the file, in its order → our name for it; null for one that we do not know. */
export function columnOf(heading: string): string | null {
	const name = squeezed(heading);
	const bare = name.replace(/_en$/, '');
	const found = Object.entries(COLUMNS).find(
		([own, names]) => own === bare || names.includes(bare)
	);
	return found ? found[0] + (name === bare ? '' : '_en') : null;
}

/** The kind that people call so; undefined for one that we do not know. */
export function kindCalled(said: string): ItemKindName | undefined {
	const name = squeezed(said);
	const kinds = Object.keys(KINDS) as ItemKindName[];
	return kinds.find((kind) => kind === name || KINDS[kind].includes(name));
}

/** What a column or a kind is called in a file of ours. */
export const headingFor = (column: string): string => COLUMNS[column]?.[0] ?? column;
export const nameOfKind = (kind: ItemKindName): string => KINDS[kind][0] ?? kind;
