/**
 * Search over the course: "melatih" finds "pelatihan".
 *
 * Pure, over a few dozen texts held in memory: the server asks it for a page, a phone without
 * signal for the lessons it has saved.
 */
import { stemmer as englishStem } from '@orama/stemmers/english';
import { stem as indonesianStem, words } from '#lib/platform/search-terms.ts';
import type { Language } from './course.ts';

/** Something that can be found: a lesson, a sheet, a word of the glossary. */
export interface Findable {
	/** What is found; the caller's own name for it. */
	readonly ref: string;
	readonly title: string;
	/** The text, in paragraphs as it is read. */
	readonly passages: readonly string[];
}

/** A piece of text, and whether it is what was looked for. */
export interface Piece {
	readonly text: string;
	readonly found: boolean;
}

export interface Hit {
	readonly ref: string;
	readonly title: readonly Piece[];
	/** Where it says so; empty when only the title does. */
	readonly excerpt: readonly Piece[];
}

export interface Found {
	readonly hits: readonly Hit[];
	/** False when nothing holds all of the words: the hits then hold some of them. */
	readonly all: boolean;
}

/** Nobody types more. */
const WORDS_PER_QUERY = 8;
export const LONGEST_QUERY = 100;
const MOST_HITS = 20;
/** Fewer letters begin too many words. */
const SHORTEST_BEGINNING = 3;
/** A word in a title says more about a page than one in its text. */
const TITLE_WEIGHT = 6;
/** Words that stand together say more than words that are far apart. */
const TOGETHER = 1;
/** Letters of a passage shown around what was found. */
const EXCERPT = 180;

/** A word as it was written, and what it shares with its other forms. */
interface Token {
	readonly word: string;
	readonly stem: string;
}

interface Entry extends Findable {
	/** Each word once, with how much the page is about it. */
	readonly tokens: readonly (Token & { readonly weight: number })[];
	/** The words of each passage. */
	readonly tokensOfPassages: readonly (readonly Token[])[];
}

export interface CourseIndex {
	readonly language: Language;
	readonly entries: readonly Entry[];
}

const stemmers = { id: indonesianStem, en: englishStem } satisfies Record<
	Language,
	(word: string) => string
>;

const tokensIn = (text: string, language: Language): Token[] =>
	words(text).map((word) => ({ word, stem: stemmers[language](word) }));

export function indexCourse(language: Language, findables: readonly Findable[]): CourseIndex {
	const entries = findables.map((findable) => {
		const tokens = new Map<string, Token & { weight: number }>();
		const add = (words: readonly Token[], weight: number) => {
			for (const token of words) {
				const soFar = tokens.get(token.word)?.weight ?? 0;
				tokens.set(token.word, { ...token, weight: soFar + weight });
			}
		};
		const tokensOfPassages = findable.passages.map((passage) => tokensIn(passage, language));
		add(tokensIn(findable.title, language), TITLE_WEIGHT);
		for (const words of tokensOfPassages) add(words, 1);
		return { ...findable, tokens: [...tokens.values()], tokensOfPassages };
	});
	return { language, entries };
}

/** Whether a word of a text is what somebody looks for; the last word may be half typed. */
type Matches = (token: Token) => boolean;

/** Best first. What was typed is only words: nothing in it is a command. */
export function findIn({ language, entries }: CourseIndex, query: string): Found {
	const wanted = wantedBy(query.slice(0, LONGEST_QUERY), language);
	if (wanted.length === 0) return { hits: [], all: true };
	const scored = entries.map((entry) => ({ entry, ...score(entry, wanted) }));
	const most = Math.max(0, ...scored.map(({ words }) => words));
	const hits = scored
		.filter(({ words }) => words > 0 && words === most)
		.sort((one, other) => other.points - one.points)
		.slice(0, MOST_HITS)
		.map(({ entry }) => ({
			ref: entry.ref,
			title: marked(entry.title, wanted, language),
			excerpt: excerptOf(entry, wanted, language)
		}));
	return { hits, all: most === wanted.length };
}

function wantedBy(query: string, language: Language): Matches[] {
	const typed = tokensIn(query, language);
	const last = typed.at(-1)?.word ?? '';
	const stems = [...new Set(typed.map(({ stem }) => stem))].slice(0, WORDS_PER_QUERY);
	return stems.map((wanted, at): Matches => {
		const begun = at === stems.length - 1 && last.length >= SHORTEST_BEGINNING;
		return ({ stem, word }) => stem === wanted || (begun && word.startsWith(last));
	});
}

function score(entry: Entry, wanted: readonly Matches[]) {
	let words = 0;
	let points = 0;
	for (const matches of wanted) {
		let weight = 0;
		for (const token of entry.tokens) if (matches(token)) weight += token.weight;
		if (weight === 0) continue;
		words++;
		points += Math.log(1 + weight);
	}
	return { words, points: points + TOGETHER * bestPassage(entry, wanted).words };
}

/** The passage that holds most of the words. */
function bestPassage({ passages, tokensOfPassages }: Entry, wanted: readonly Matches[]) {
	return passages.reduce(
		(so, passage, at) => {
			const tokens = tokensOfPassages[at] ?? [];
			const words = wanted.filter((matches) => tokens.some(matches)).length;
			return words > so.words ? { passage, words } : so;
		},
		{ passage: '', words: 0 }
	);
}

const WORD = /[\p{L}\p{N}]+/gu;

/** The text in pieces, words that were looked for apart. */
function marked(text: string, wanted: readonly Matches[], language: Language): Piece[] {
	const pieces: Piece[] = [];
	let from = 0;
	for (const word of text.matchAll(WORD)) {
		const [token] = tokensIn(word[0], language);
		if (!token || !wanted.some((matches) => matches(token))) continue;
		if (word.index > from) pieces.push({ text: text.slice(from, word.index), found: false });
		pieces.push({ text: word[0], found: true });
		from = word.index + word[0].length;
	}
	if (from < text.length) pieces.push({ text: text.slice(from), found: false });
	return pieces;
}

/** The passage that holds most of the words, cut to what fits on a phone. */
function excerptOf(entry: Entry, wanted: readonly Matches[], language: Language): Piece[] {
	const { passage, words } = bestPassage(entry, wanted);
	return words === 0 ? [] : marked(cut(passage, wanted, language), wanted, language);
}

function cut(passage: string, wanted: readonly Matches[], language: Language): string {
	if (passage.length <= EXCERPT) return passage;
	const [before] = marked(passage, wanted, language);
	const first = before?.found === false ? before.text.length : 0;
	const earliest = Math.max(0, Math.min(first - EXCERPT / 3, passage.length - EXCERPT));
	const from = earliest === 0 ? 0 : passage.indexOf(' ', earliest) + 1;
	const end =
		from + EXCERPT >= passage.length ? passage.length : passage.lastIndexOf(' ', from + EXCERPT);
	return `${from > 0 ? '… ' : ''}${passage.slice(from, end)}${end < passage.length ? ' …' : ''}`;
}
