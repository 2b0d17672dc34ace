/**
 * Reads questions from a table, one row each: every kind of item, in one language
 * or, with columns that end in `_en`, in both. The columns may stand in any order;
 * their names are Indonesian or English.
 */
import type { CsvRow } from '#lib/platform/csv.ts';
import type { ItemKindName } from '../items/kinds.ts';
import {
	checkedDraft,
	LONGEST,
	MOST_LISTED,
	MOST_OPTIONS,
	NO_EXPLANATION,
	OPTION_KEYS,
	Problems,
	tidy,
	type DraftItem,
	type NoteCode,
	type ReadRow
} from './draft.ts';
import { columnOf, kindCalled, LEFT_KEYS, squeezed } from './table-columns.ts';

export interface ReadTable {
	readonly rows: readonly ReadRow[];
	/** Headings that say nothing to us. */
	readonly unknownColumns: readonly string[];
	/** Whether there are the columns without which nothing can be read. */
	readonly readable: boolean;
}

export function readTable([heading, ...rows]: readonly CsvRow[]): ReadTable {
	const columns = heading?.cells.map(columnOf) ?? [];
	const unknownColumns = (heading?.cells ?? []).filter(
		(cell, at) => cell.trim() !== '' && columns[at] === null
	);
	const readable = ['kind', 'question', 'answer'].every((needed) => columns.includes(needed));
	if (!readable) return { rows: [], unknownColumns, readable };
	return { rows: rows.map((row) => readRow(row, columns)), unknownColumns, readable };
}

type Cells = ReadonlyMap<string, string>;

function readRow({ line, cells }: CsvRow, columns: readonly (string | null)[]): ReadRow {
	const filled = new Map<string, string>();
	for (const [at, column] of columns.entries()) {
		const text = tidy(cells[at] ?? '');
		if (column !== null && text !== '') filled.set(column, text);
	}
	const problems = new Problems();
	const notes = new Set<NoteCode>();
	const read = new RowReader(filled, problems, notes).draft();
	const draft = read && problems.found.length === 0 ? checkedDraft(read, problems) : null;
	return {
		line,
		title: (filled.get('question') ?? '').slice(0, 60),
		place: filled.get('lesson') ?? null,
		draft,
		problems: problems.found,
		notes: [...notes].sort()
	};
}

class RowReader {
	readonly #cells: Cells;
	readonly #problems: Problems;
	readonly #notes: Set<NoteCode>;
	readonly #both: boolean;

	constructor(cells: Cells, problems: Problems, notes: Set<NoteCode>) {
		this.#cells = cells;
		this.#problems = problems;
		this.#notes = notes;
		this.#both = [...cells.keys()].some((column) => column.endsWith('_en'));
		if (!this.#both) notes.add('one_language');
	}

	draft(): DraftItem | null {
		const said = this.#cells.get('kind') ?? '';
		const kind = kindCalled(said);
		if (!kind) return this.#problems.say('unknown_kind', { kind: said });
		const question = this.#text('question', LONGEST.question);
		if (!question) return this.#problems.say('no_question');
		const common = { question, explanation: this.#explanation() };
		return this.#readers[kind](common);
	}

	readonly #readers: Record<ItemKindName, (common: Common) => DraftItem | null> = {
		single: (common) => this.#one(common),
		scenario: (common) => this.#scenario(common),
		multiple: (common) => this.#several(common),
		truefalse: (common) => this.#truth(common),
		order: (common) => this.#order(common),
		match: (common) => this.#match(common),
		short: (common) => this.#short(common)
	};

	#one(common: Common): DraftItem | null {
		const options = this.#options(MOST_OPTIONS.single, LONGEST.option);
		const [answer, ...others] = this.#keys(options);
		if (!options || answer === undefined) return null;
		if (others.length > 0) return this.#problems.say('many_answers');
		return { kind: 'single', ...common, options: options as never, answer };
	}

	#scenario(common: Common): DraftItem | null {
		const scenario = this.#text('scenario', LONGEST.scenario);
		if (!scenario) return this.#problems.say('no_scenario');
		const single = this.#one(common);
		if (single?.kind !== 'single') return null;
		const reasons = this.#texts(
			Object.keys(single.options.id).map((key) => [key, `reason_${key}`]),
			LONGEST.option
		);
		if (Object.keys(reasons.id).length < Object.keys(single.options.id).length) {
			return this.#problems.say('no_reasons');
		}
		return { ...single, kind: 'scenario', scenario, reasons: reasons as never };
	}

	#several(common: Common): DraftItem | null {
		const options = this.#options(MOST_OPTIONS.multiple, LONGEST.option);
		const answer = this.#keys(options);
		if (!options || answer.length === 0) return null;
		return { kind: 'multiple', ...common, options: options as never, answer };
	}

	#truth(common: Common): DraftItem | null {
		const said = squeezed(this.#cells.get('answer') ?? '');
		const right = ['benar', 'b', 'true', 't', 'ya'].includes(said);
		if (!right && !['salah', 's', 'false', 'f', 'tidak'].includes(said)) {
			return this.#problems.say('unknown_answer', { answer: said });
		}
		const options = { id: { a: 'Benar', b: 'Salah' }, en: { a: 'True', b: 'False' } };
		return { kind: 'truefalse', ...common, options, answer: right ? 'a' : 'b' };
	}

	#order(common: Common): DraftItem | null {
		const options = this.#options(MOST_OPTIONS.order, LONGEST.option);
		const answer = this.#keys(options);
		if (!options || answer.length === 0) return null;
		const written = Object.keys(options.id);
		if (answer.length !== written.length || answer.join() === written.join()) {
			return this.#problems.say('bad_order');
		}
		return { kind: 'order', ...common, options: options as never, answer };
	}

	#match(common: Common): DraftItem | null {
		const left = this.#texts(
			LEFT_KEYS.map((key) => [key, `left_${key}`]),
			LONGEST.option
		);
		const options = this.#options(MOST_OPTIONS.match, LONGEST.pairOption);
		if (!options) return null;
		const said = (this.#cells.get('answer') ?? '').toLowerCase();
		const answer = Object.fromEntries(
			[...said.matchAll(/([1-6])\s*[=:.-]?\s*([a-f])/g)].map(([, line = '', key = '']) => [
				line,
				key
			])
		);
		const lines = Object.keys(left.id);
		const known = Object.values(answer).every((key) => Object.hasOwn(options.id, key));
		if (lines.length < 2 || lines.join() !== Object.keys(answer).sort().join() || !known) {
			return this.#problems.say('bad_pairs');
		}
		return { kind: 'match', ...common, left: left as never, options: options as never, answer };
	}

	#short(common: Common): DraftItem | null {
		const words = (column: string) =>
			(this.#cells.get(column) ?? '')
				.split('|')
				.map((each) => each.trim())
				.filter((each) => each !== '');
		const id = words('answer');
		const en = words('answer_en');
		if ([...id, ...en].some((each) => !/[\p{L}\p{N}]/u.test(each)) || id.length === 0) {
			return this.#problems.say('no_words');
		}
		if (Math.max(id.length, en.length) > MOST_LISTED) {
			return this.#problems.say('too_many_options', { most: MOST_LISTED });
		}
		const long = [...id, ...en].find((each) => [...each].length > LONGEST.words);
		if (long) return this.#tooLong(long, LONGEST.words);
		return { kind: 'short', ...common, answer: { id, en: en.length > 0 ? en : id } };
	}

	/** Keys of options, in the order in which the cell names them. */
	#keys(options: Twin<Record<string, string>> | null): string[] {
		if (!options) return [];
		const said = (this.#cells.get('answer') ?? '').toLowerCase();
		const keys = said.split(/[\s,;+]+/).filter((key) => key !== '');
		if (keys.length === 0) this.#problems.say('no_answer');
		const odd = keys.find((key) => !Object.hasOwn(options.id, key));
		if (odd !== undefined || new Set(keys).size < keys.length) {
			this.#problems.say('unknown_answer', { answer: said });
			return [];
		}
		return keys;
	}

	#options(most: number, longest: number): Twin<Record<string, string>> | null {
		const options = this.#texts(
			OPTION_KEYS.map((key) => [key, key]),
			longest
		);
		const texts = Object.values(options.id);
		const twin = texts.find((text, at) => texts.indexOf(text) < at);
		if (twin) return this.#problems.say('twin_options', { option: twin });
		if (texts.length < 2) return this.#problems.say('one_option');
		return texts.length > most ? this.#problems.say('too_many_options', { most }) : options;
	}

	#texts(
		of: readonly (readonly [string, string])[],
		longest: number
	): Twin<Record<string, string>> {
		const found = of.flatMap(([key, column]) => {
			const text = this.#text(column, longest);
			return text ? [[key, text] as const] : [];
		});
		return {
			id: Object.fromEntries(found.map(([key, { id }]) => [key, id])),
			en: Object.fromEntries(found.map(([key, { en }]) => [key, en]))
		};
	}

	/** Null when the cell is empty. In one language it stands for both; half a translation is a problem. */
	#text(column: string, longest: number): Twin<string> | null {
		const [id, en] = [this.#cells.get(column), this.#cells.get(`${column}_en`)];
		if (id === undefined && en === undefined) return null;
		if (this.#both && (id === undefined || en === undefined)) {
			return this.#problems.say('half_translated', { column });
		}
		for (const text of [id, en]) {
			if (text !== undefined && [...text].length > longest) this.#tooLong(text, longest);
		}
		return { id: id ?? '', en: en ?? id ?? '' };
	}

	#explanation(): Twin<string> {
		const found = this.#text('explanation', LONGEST.explanation);
		if (!found) this.#notes.add('no_explanation');
		return found ?? NO_EXPLANATION;
	}

	#tooLong(text: string, most: number): null {
		return this.#problems.say('too_long', { text: `${text.slice(0, 40)}…`, most });
	}
}

interface Twin<T> {
	readonly id: T;
	readonly en: T;
}

interface Common {
	readonly question: Twin<string>;
	readonly explanation: Twin<string>;
}
