/**
 * Questions with answers and explanations, in both languages: `quiz.yaml` of a module, and
 * `<nn>-<lesson>.questions.yaml` beside a lesson.
 */
import { lessonKey, type CourseItem, type Lesson, type Quiz } from '../course.ts';
import { text } from './fields.ts';
import { readItems, type Place } from './item-file.ts';
import type { Mistakes } from './mistakes.ts';

/** What makes a quiz of a module; an optional module may ask less. */
const FEWEST_ITEMS = { required: 10, optional: 5 };
/** At the end of a lesson: enough to recall it, few enough not to be put off. */
const AT_LESSON = { fewest: 2, most: 4 };

export const QUIZ_FILE = 'quiz.yaml';
/** `01-name.questions.yaml` beside `01-name.id.md`. */
export const QUESTIONS_ENDING = '.questions.yaml';

interface QuizFile {
	readonly file: string;
	readonly moduleSlug: string;
	readonly optional: boolean;
	/** What `objective` may name. */
	readonly lessonSlugs: readonly string[];
	readonly takenIds: Map<string, Place>;
}

/** `null` when it cannot be read; the reasons are among the mistakes. */
export function readQuiz(from: QuizFile, mistakes: Mistakes): Quiz | null {
	const { file, moduleSlug, lessonSlugs, takenIds } = from;
	const fewest = FEWEST_ITEMS[from.optional ? 'optional' : 'required'];
	const items = readItems(
		{
			file,
			also: { objective: text },
			takenIds,
			fewest,
			number: `a quiz has at least ${fewest}`,
			check({ objective }, say) {
				if (lessonSlugs.includes(objective)) return;
				say('objective', `the module has no lesson "${objective}"`);
			}
		},
		mistakes
	);
	const keyOf = (slug: string) => lessonKey({ moduleSlug, slug });
	return items && { items: items.map((item) => ({ ...item, objective: keyOf(item.objective) })) };
}

interface QuestionsFile {
	readonly file: string;
	readonly lesson: Pick<Lesson, 'moduleSlug' | 'slug'>;
	readonly takenIds: Map<string, Place>;
}

/** The questions at the end of a lesson; each has that lesson as its objective. */
export function readQuestions(from: QuestionsFile, mistakes: Mistakes): CourseItem[] {
	const { file, lesson, takenIds } = from;
	const number = `a lesson ends with ${AT_LESSON.fewest} to ${AT_LESSON.most}`;
	const items = readItems({ file, also: {}, takenIds, ...AT_LESSON, number }, mistakes);
	return (items ?? []).map((item) => ({ ...item, objective: lessonKey(lesson) }));
}
