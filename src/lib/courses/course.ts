/**
 * The course (kursus): modules (modul) of short lessons (pelajaran), each module
 * with a quiz (kuis) of its own.
 *
 * Pure: what a course is and where a lesson stands in it. Where the text comes
 * from is the business of server/content.ts, how a quiz is graded of quiz.ts.
 */
import { Refusal } from '#lib/platform/refusal.ts';
import type { Item } from '#lib/questions/items/kinds.ts';
import type { Tool } from './tool.ts';

export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number];

/** One thing said in every language of the house. */
export type InBoth<T = string> = Readonly<Record<Language, T>>;

/** When a lesson is best read, as seen from the training session. */
export const phases = ['before', 'during', 'after'] as const;
export type Phase = (typeof phases)[number];

export interface Lesson {
	readonly moduleSlug: string;
	readonly slug: string;
	readonly phase: Phase;
	/** Reading, activity and reflection together. */
	readonly minutes: number;
	readonly title: InBoth;
	readonly objectives: InBoth<readonly string[]>;
	readonly sources: InBoth<readonly string[]>;
	/** Rendered once, without raw HTML of the author; the highest heading is an h2. */
	readonly html: InBoth;
	/** The slug of the sheet that goes with the activity, if there is one. */
	readonly tool: string | null;
	/** Slugs of the terms that the text links to, as `#istilah-<slug>`, in the order of the text. */
	readonly terms: readonly string[];
	/** What is asked at the end of the lesson. */
	readonly questions: readonly CourseItem[];
}

/** A word of the field (istilah) and what it means. */
export interface Term {
	readonly slug: string;
	readonly term: InBoth;
	readonly meaning: InBoth;
}

/** A lesson that is planned, but not written yet. */
export interface PlannedLesson {
	readonly slug: string;
	readonly minutes: number;
	readonly title: InBoth;
	readonly objective: InBoth;
}

/** An item (soal) of the course: it asks about one lesson. */
export type CourseItem = Item & {
	/** The key of the lesson that answers it, as `lessonKey` gives it. */
	readonly objective: string;
};

export interface Quiz {
	readonly items: readonly CourseItem[];
}

/** The two forms of the pre-test and post-test: the same lessons in the same order, other questions. */
export interface TestForms {
	readonly A: readonly CourseItem[];
	readonly B: readonly CourseItem[];
}

export interface Module {
	readonly slug: string;
	readonly order: number;
	readonly optional: boolean;
	/** Changes whenever a letter of the module's text does, or of a diagram or sheet in it. */
	readonly edition: string;
	readonly title: InBoth;
	readonly objectives: InBoth<readonly string[]>;
	readonly lessons: readonly Lesson[];
	readonly planned: readonly PlannedLesson[];
	/** `null` until it is written. */
	readonly quiz: Quiz | null;
}

export interface Course {
	readonly modules: readonly Module[];
	readonly tools: readonly Tool[];
	/** `null` until they are written. */
	readonly test: TestForms | null;
	/** The glossary, as it was written: pages put it in the order of their language. */
	readonly terms: readonly Term[];
}

/** How a lesson is named in the store. */
export function lessonKey(lesson: Pick<Lesson, 'moduleSlug' | 'slug'>): string {
	return `${lesson.moduleSlug}/${lesson.slug}`;
}

/** Every item of the course, wherever it stands. */
export function itemsOf({ modules, test }: Course): CourseItem[] {
	return [...practiceItemsOf({ modules }), ...(test?.A ?? []), ...(test?.B ?? [])];
}

/** Those that may be asked at any time: not the ones that measure. */
export function practiceItemsOf({ modules }: Pick<Course, 'modules'>): CourseItem[] {
	return modules.flatMap(({ lessons, quiz }) => [
		...lessons.flatMap(({ questions }) => questions),
		...(quiz?.items ?? [])
	]);
}

/** Refuses with `not_found`. */
export function findModule(course: Pick<Course, 'modules'>, slug: string): Module {
	const found = course.modules.find((module) => module.slug === slug);
	if (!found) throw new Refusal('not_found', 'courses_refused_unknown_module');
	return found;
}

/** Refuses with `not_found`, also for a lesson that is only planned. */
export function findLesson(module: Module, slug: string): Lesson {
	const found = module.lessons.find((lesson) => lesson.slug === slug);
	if (!found) throw new Refusal('not_found', 'courses_refused_unknown_lesson');
	return found;
}

export function previousLesson(module: Module, lesson: Lesson): Lesson | null {
	return module.lessons[module.lessons.indexOf(lesson) - 1] ?? null;
}

export function nextLesson(module: Module, lesson: Lesson): Lesson | null {
	return module.lessons[module.lessons.indexOf(lesson) + 1] ?? null;
}
