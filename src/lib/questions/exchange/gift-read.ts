/**
 * Reads GIFT: true or false, one or several right options, words, pairs; with
 * comments, categories, feedback, shares of a whole and escaped signs.
 *
 * Questions stand apart by empty lines. A question that cannot be read is told
 * with its line; the others are read all the same.
 */
import {
	checkedDraft,
	keyed,
	LONGEST,
	MOST_LISTED,
	MOST_OPTIONS,
	NO_EXPLANATION,
	OPTION_KEYS,
	Problems,
	tidy,
	twice,
	type DraftItem,
	type NoteCode,
	type ReadRow
} from './draft.ts';
import { giftBlocks, masked, unmasked, type GiftBlock } from './gift-text.ts';
import { textOfHtml } from './html-text.ts';

export const readGift = (file: string): ReadRow[] => giftBlocks(file).map(readGiftBlock);

const TITLE = /^\s*::(?<title>[^]*?)::/;
const FORMAT = /^\s*\[(?<format>html|markdown|plain|moodle)\]/i;
const LONGEST_TITLE = 60;
/** Far more than a question with its options may have; keeps the rest from being read for long. */
const LONGEST_BLOCK = 12_000;

export function readGiftBlock({ line, category, text }: GiftBlock): ReadRow {
	const problems = new Problems();
	const notes = new Set<NoteCode>(['one_language']);
	if (text.length > LONGEST_BLOCK) {
		const title = text.slice(0, LONGEST_TITLE);
		problems.say('too_long', { text: `${title.slice(0, 40)}…`, most: LONGEST_BLOCK });
		return { line, title, place: category, draft: null, problems: problems.found, notes: [] };
	}
	const whole = masked(text);
	const named = TITLE.exec(whole);
	const rest = named ? whole.slice(named[0].length) : whole;
	const format = FORMAT.exec(rest)?.groups?.format?.toLowerCase() ?? 'moodle';
	const body = rest.replace(FORMAT, '');
	const read = new Reader({ format, problems, notes }).question(body);
	const draft = read && problems.found.length === 0 ? checkedDraft(read, problems) : null;
	const asked = tidy(unmasked(body.split('{', 1)[0] ?? '')).slice(0, LONGEST_TITLE);
	const title = tidy(unmasked(named?.groups?.title ?? '')) || asked;
	return {
		line,
		title,
		place: category,
		draft,
		problems: problems.found,
		notes: [...notes].sort()
	};
}

interface Choice {
	readonly right: boolean;
	/** Per cent of the whole; null when the file says none. */
	readonly share: number | null;
	readonly text: string;
	readonly feedback: string;
}

interface Reading {
	readonly format: string;
	readonly problems: Problems;
	readonly notes: Set<NoteCode>;
}

/** What one question is read with. */
class Reader {
	readonly #format: string;
	readonly #problems: Problems;
	readonly #notes: Set<NoteCode>;

	constructor({ format, problems, notes }: Reading) {
		this.#format = format;
		this.#problems = problems;
		this.#notes = notes;
	}

	question(body: string): DraftItem | null {
		const [open, shut] = [body.indexOf('{'), body.lastIndexOf('}')];
		const braces = body.match(/[{}]/g)?.length ?? 0;
		if (braces === 0) return this.#problems.say('description');
		if (braces !== 2 || shut < open) return this.#problems.say('braces');
		const after = body.slice(shut + 1).replace(/\/\/[^\n]*/g, '');
		const gap = after.trim() === '' ? '' : ` _____ ${after.trim()}`;
		const question = this.#text(body.slice(0, open) + gap, LONGEST.question);
		if (question === '') return this.#problems.say('no_question');
		return this.#answers(question, body.slice(open + 1, shut));
	}

	#answers(question: string, inside: string): DraftItem | null {
		const at = inside.indexOf('####');
		const general = at === -1 ? '' : this.#text(inside.slice(at + 4), LONGEST.explanation);
		const said = (at === -1 ? inside : inside.slice(0, at)).trim();
		if (said === '') return this.#problems.say('essay');
		if (said.startsWith('#')) return this.#problems.say('number');
		const truth = /^(?<truth>TRUE|FALSE|T|F)\s*(?:#(?<feedback>[^]*))?$/.exec(said)?.groups;
		if (truth) return this.#trueFalse(question, truth, general);
		const choices = this.#choices(said);
		if (!choices) return null;
		if (choices.every(({ right, text }) => right && text.includes('->'))) {
			return this.#match(question, choices, general);
		}
		if (choices.every(({ right }) => right)) return this.#short(question, choices, general);
		return this.#options(question, choices, general);
	}

	#trueFalse(
		question: string,
		{ truth = '', feedback = '' }: Record<string, string | undefined>,
		general: string
	): DraftItem | null {
		const comments = feedback.split('#').map((comment) => this.#text(comment, LONGEST.explanation));
		return {
			kind: 'truefalse',
			question: twice(question),
			options: { id: { a: 'Benar', b: 'Salah' }, en: { a: 'True', b: 'False' } },
			answer: truth.startsWith('T') ? 'a' : 'b',
			// The comment on the wrong answer comes first in GIFT.
			explanation: this.#explanation([general, ...comments.toReversed()])
		};
	}

	/** Null when there is something outside of the choices, or nothing in one. */
	#choices(said: string): Choice[] | null {
		if (!/[=~]/.test(said)) return [this.#choice('=', said)];
		if (!/^[=~]/.test(said)) return this.#problems.say('braces');
		const parts = [...said.matchAll(/([=~])([^=~]*)/g)];
		if (parts.length > MOST_LISTED) {
			return this.#problems.say('too_many_options', { most: MOST_LISTED });
		}
		const choices = parts.map(([, sign = '', text = '']) => this.#choice(sign, text));
		return choices.some(({ text }) => text === '') ? this.#problems.say('no_options') : choices;
	}

	#choice(sign: string, said: string): Choice {
		const weight = /^\s*%(?<share>-?\d+(?:\.\d+)?)%/.exec(said);
		const [text = '', ...comments] = said.slice(weight?.[0].length ?? 0).split('#');
		return {
			right: sign === '=',
			share: weight ? Number(weight.groups?.share) : null,
			text: this.#text(text, LONGEST.option),
			feedback: this.#text(comments.join('#'), LONGEST.explanation)
		};
	}

	#short(question: string, choices: readonly Choice[], general: string): DraftItem | null {
		// A share of 0 is how a text that begins with % is written.
		if (choices.some(({ share }) => share !== null && share !== 0 && share < 100)) {
			return this.#problems.say('partial_words');
		}
		const words = choices.map(({ text }) => text);
		const long = words.find((one) => [...one].length > LONGEST.words);
		if (long) return this.#tooLong(long, LONGEST.words);
		return {
			kind: 'short',
			question: twice(question),
			answer: twice(words),
			explanation: this.#explanation([general, ...choices.map(({ feedback }) => feedback)])
		};
	}

	#match(question: string, choices: readonly Choice[], general: string): DraftItem | null {
		const pairs = choices.map(({ text }) => {
			const [left = '', ...right] = text.split('->');
			return { left: left.trim(), right: right.join('->').trim() };
		});
		const asked = pairs.filter(({ left }) => left !== '');
		const options = [...new Set(pairs.map(({ right }) => right))];
		if (asked.length < 2 || pairs.some(({ right }) => right === '')) {
			return this.#problems.say('bad_pairs');
		}
		const most = MOST_OPTIONS.match;
		if (asked.length > most || options.length > most) {
			return this.#problems.say('too_many_options', { most });
		}
		const long = options.find((option) => [...option].length > LONGEST.pairOption);
		if (long) return this.#tooLong(long, LONGEST.pairOption);
		// In the order of the alphabet: the order of the file would give the pairs away.
		const sorted = options.toSorted((one, other) => one.localeCompare(other, 'id'));
		return {
			kind: 'match',
			question: twice(question),
			left: twice(Object.fromEntries(asked.map(({ left }, at) => [at + 1, left]))) as never,
			options: twice(keyed(sorted)) as never,
			answer: Object.fromEntries(
				asked.map(({ right }, at) => [at + 1, OPTION_KEYS[sorted.indexOf(right)] ?? ''])
			),
			explanation: this.#explanation([general])
		};
	}

	#options(question: string, choices: readonly Choice[], general: string): DraftItem | null {
		const texts = choices.map(({ text }) => text);
		if (texts.length < 2) return this.#problems.say('one_option');
		const twin = texts.find((text, at) => texts.indexOf(text) < at);
		if (twin) return this.#problems.say('twin_options', { option: twin });
		const marked = choices.filter(({ right }) => right);
		const right = choices.filter((choice) =>
			marked.length === 1 ? choice.right : choice.right || (choice.share ?? 0) > 0
		);
		if (right.length === 0) return this.#problems.say('no_answer');
		const isSingle = marked.length === 1;
		if (isSingle && choices.some(({ right, share }) => !right && (share ?? 0) > 0)) {
			this.#notes.add('partial_credit');
		}
		const most = isSingle ? MOST_OPTIONS.single : MOST_OPTIONS.multiple;
		if (texts.length > most) return this.#problems.say('too_many_options', { most });
		const keys = right.map((choice) => OPTION_KEYS[choices.indexOf(choice)] ?? '');
		const comments = choices
			.filter(({ feedback }) => feedback !== '')
			.map(({ text, feedback }) => `“${text}”: ${feedback}`);
		const common = {
			question: twice(question),
			options: twice(keyed(texts)) as never,
			explanation: this.#explanation([general, ...comments])
		};
		return isSingle
			? { kind: 'single', ...common, answer: keys[0] ?? '' }
			: { kind: 'multiple', ...common, answer: keys };
	}

	/** What the file says of the right answer; where it says nothing, where to find it. */
	#explanation(parts: readonly string[]) {
		const said = [...new Set(parts.filter((part) => part !== ''))].join(' ');
		if (said === '') {
			this.#notes.add('no_explanation');
			return NO_EXPLANATION;
		}
		if ([...said].length > LONGEST.explanation) this.#tooLong(said, LONGEST.explanation);
		return twice(said);
	}

	#text(said: string, longest: number): string {
		const own = FORMAT.exec(said)?.groups?.format?.toLowerCase() ?? this.#format;
		// The lines of a file are those of its editor: a line end that is meant is written \n.
		const bare = unmasked(said.replace(FORMAT, '').replace(/\s+/gu, ' ').trim());
		if (own === 'plain' || own === 'markdown') return this.#bounded(tidy(bare), longest);
		const { text, more } = textOfHtml(bare);
		if (more) this.#problems.say('image');
		if (text !== tidy(bare)) this.#notes.add('markup');
		return this.#bounded(text, longest);
	}

	#bounded(text: string, longest: number): string {
		if ([...text].length > longest) this.#tooLong(text, longest);
		return text;
	}

	#tooLong(text: string, most: number): null {
		return this.#problems.say('too_long', { text: `${text.slice(0, 40)}…`, most });
	}
}
