/**
 * Questions with answers and explanations, in both languages: `quiz.yaml` of a module, and
 * `<nn>-<lesson>.questions.yaml` beside a lesson.
 */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { itemKinds, languages, type Quiz, type QuizItem } from '../course.ts';
import { inBoth, text } from './fields.ts';
import type { Mistakes } from './mistakes.ts';
import { readYaml } from './yaml-part.ts';

/** What makes a quiz of a module; an optional module may ask less. */
const FEWEST_ITEMS = { required: 10, optional: 5 };
/** At the end of a lesson: enough to recall it, few enough not to be put off. */
const AT_LESSON = { fewest: 2, most: 4 };

const options = v.strictObject({
	a: text,
	b: text,
	c: v.exactOptional(text),
	d: v.exactOptional(text)
});

const asked = v.strictObject({
	id: v.pipe(v.string(), v.regex(/^[A-Z]+[0-9]+$/)),
	version: v.pipe(v.number(), v.integer(), v.minValue(1)),
	kind: v.picklist(itemKinds),
	question: inBoth,
	options: v.strictObject({ id: options, en: options }),
	answer: text,
	explanation: inBoth
});
type Asked = v.InferOutput<typeof asked>;

const quizFile = v.strictObject({
	items: v.array(v.strictObject({ ...asked.entries, objective: text }))
});
const lessonFile = v.strictObject({ items: v.array(asked) });

export const QUIZ_FILE = 'quiz.yaml';
/** `01-name.questions.yaml` beside `01-name.id.md`. */
export const QUESTIONS_ENDING = '.questions.yaml';

interface QuizFile {
	readonly file: string;
	readonly optional: boolean;
	/** What `objective` may name. */
	readonly lessonSlugs: readonly string[];
	/** Ids that files read before have taken; this one adds its own. */
	readonly takenIds: Set<string>;
}

/** `null` when it cannot be read; the reasons are among the mistakes. */
export function readQuiz(from: QuizFile, mistakes: Mistakes): Quiz | null {
	const { file } = from;
	const part = readYaml(quizFile, { file, text: readFileSync(file, 'utf8') }, mistakes);
	if (!part) return null;
	const { items } = part.value;
	const fewest = FEWEST_ITEMS[from.optional ? 'optional' : 'required'];
	if (items.length < fewest) {
		mistakes.add(file, 1, `has ${items.length} items, a quiz has at least ${fewest}`);
	}
	for (const [at, item] of items.entries()) {
		const say = (field: string, sentence: string) =>
			mistakes.add(file, part.lineOf(['items', at, field]), `${item.id}: ${sentence}`);
		if (!from.lessonSlugs.includes(item.objective)) {
			say('objective', `the module has no lesson "${item.objective}"`);
		}
		checkItem(item, from.takenIds, say);
	}
	return { items: items.map(asItem) };
}

interface QuestionsFile {
	readonly file: string;
	readonly lessonSlug: string;
	readonly takenIds: Set<string>;
}

/** The questions at the end of a lesson; each has that lesson as its objective. */
export function readQuestions(from: QuestionsFile, mistakes: Mistakes): QuizItem[] {
	const { file, lessonSlug } = from;
	const part = readYaml(lessonFile, { file, text: readFileSync(file, 'utf8') }, mistakes);
	if (!part) return [];
	const { items } = part.value;
	if (items.length < AT_LESSON.fewest || items.length > AT_LESSON.most) {
		const sentence = `has ${items.length} items, a lesson ends with ${AT_LESSON.fewest} to ${AT_LESSON.most}`;
		mistakes.add(file, 1, sentence);
	}
	for (const [at, item] of items.entries()) {
		checkItem(item, from.takenIds, (field, sentence) =>
			mistakes.add(file, part.lineOf(['items', at, field]), `${item.id}: ${sentence}`)
		);
	}
	return items.map((item) => asItem({ ...item, objective: lessonSlug }));
}

type Say = (field: string, sentence: string) => void;

function checkItem(item: Asked, takenIds: Set<string>, say: Say): void {
	if (takenIds.has(item.id)) say('id', 'this id is used twice');
	takenIds.add(item.id);
	const [keys, otherKeys] = languages.map((language) => Object.keys(item.options[language]).sort());
	if (keys?.join() !== otherKeys?.join()) say('options', 'the languages have different options');
	if (!keys?.includes(item.answer)) say('answer', `the key "${item.answer}" is not an option`);
	if (item.kind === 'truefalse' && keys?.length !== 2) {
		say('options', 'true or false has two options, a and b');
	}
}

/** Options in the order of their letters, however they were written. */
function asItem(item: Asked & { objective: string }): QuizItem {
	const ordered = (from: Asked['options']['id']) =>
		Object.fromEntries(Object.entries(from).sort(([one], [other]) => (one < other ? -1 : 1)));
	return { ...item, options: { id: ordered(item.options.id), en: ordered(item.options.en) } };
}
