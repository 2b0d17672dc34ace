/** `quiz.yaml` of a module: its questions with answers and explanations, in both languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { itemKinds, languages, type Quiz, type QuizItem } from '../course.ts';
import { text } from './lesson-files.ts';
import type { Mistakes } from './mistakes.ts';
import { readYaml } from './yaml-part.ts';

const FEWEST_ITEMS = 10;

const inBoth = v.strictObject({ id: text, en: text });
const options = v.strictObject({
	a: text,
	b: text,
	c: v.exactOptional(text),
	d: v.exactOptional(text)
});

const quiz = v.strictObject({
	items: v.array(
		v.strictObject({
			id: v.pipe(v.string(), v.regex(/^[A-Z]+[0-9]+$/)),
			version: v.pipe(v.number(), v.integer(), v.minValue(1)),
			kind: v.picklist(itemKinds),
			objective: text,
			question: inBoth,
			options: v.strictObject({ id: options, en: options }),
			answer: text,
			explanation: inBoth
		})
	)
});

interface QuizFile {
	readonly folder: string;
	/** What `objective` may name. */
	readonly lessonSlugs: readonly string[];
	/** Ids that modules read before have taken; this one adds its own. */
	readonly takenIds: Set<string>;
}

export const QUIZ_FILE = 'quiz.yaml';

/** `null` when it cannot be read; the reasons are among the mistakes. */
export function readQuiz(from: QuizFile, mistakes: Mistakes): Quiz | null {
	const file = join(from.folder, QUIZ_FILE);
	const part = readYaml(quiz, { file, text: readFileSync(file, 'utf8') }, mistakes);
	if (!part) return null;
	const { items } = part.value;
	if (items.length < FEWEST_ITEMS) {
		mistakes.add(file, 1, `has ${items.length} items, a quiz has at least ${FEWEST_ITEMS}`);
	}
	for (const [at, item] of items.entries()) {
		const say = (field: string, sentence: string) =>
			mistakes.add(file, part.lineOf(['items', at, field]), `${item.id}: ${sentence}`);
		if (from.takenIds.has(item.id)) say('id', 'this id is used twice');
		from.takenIds.add(item.id);
		if (!from.lessonSlugs.includes(item.objective)) {
			say('objective', `the module has no lesson "${item.objective}"`);
		}
		checkOptions(item, say);
	}
	return { items: items.map(asItem) };
}

type Item = v.InferOutput<typeof quiz>['items'][number];

function checkOptions(item: Item, say: (field: string, sentence: string) => void): void {
	const [keys, otherKeys] = languages.map((language) => Object.keys(item.options[language]).sort());
	if (keys?.join() !== otherKeys?.join()) say('options', 'the languages have different options');
	if (!keys?.includes(item.answer)) say('answer', `the key "${item.answer}" is not an option`);
	if (item.kind === 'truefalse' && keys?.length !== 2) {
		say('options', 'true or false has two options, a and b');
	}
}

/** Options in the order of their letters, however they were written. */
function asItem(item: Item): QuizItem {
	const ordered = (from: Item['options']['id']) =>
		Object.fromEntries(Object.entries(from).sort(([one], [other]) => (one < other ? -1 : 1)));
	return { ...item, options: { id: ordered(item.options.id), en: ordered(item.options.en) } };
}
