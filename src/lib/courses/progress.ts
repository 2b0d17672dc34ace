/**
 * Progress (kemajuan) of one person: what is done, the best quiz, what is next.
 * Pure; it only ever grows, because what it is made of is never taken back.
 */
import {
	findModule,
	lessonKey,
	phases,
	type Course,
	type InBoth,
	type Lesson,
	type Module,
	type Phase
} from './course.ts';
import { isPassed, type Score } from './quiz.ts';

export type NextStep =
	| { readonly kind: 'lesson'; readonly slug: string; readonly title: InBoth }
	| { readonly kind: 'quiz' };

export interface ModuleProgress {
	readonly moduleSlug: string;
	/** Slugs of lessons that are done, in the order of the module. */
	readonly doneLessons: readonly string[];
	readonly done: number;
	/** How many lessons are written. */
	readonly lessons: number;
	readonly quizBest: Score | null;
	readonly passed: boolean;
	/** `null` when everything that is written is done. */
	readonly next: NextStep | null;
}

/** Puts together what was stored about one person and one module. */
export function moduleProgress(
	module: Module,
	doneKeys: ReadonlySet<string>,
	quizBest: Score | null
): ModuleProgress {
	const isDone = (lesson: Lesson) => doneKeys.has(lessonKey(lesson));
	const doneLessons = module.lessons.filter(isDone).map((lesson) => lesson.slug);
	const open = module.lessons.find((lesson) => !isDone(lesson));
	const passed = quizBest !== null && isPassed(quizBest);
	const quiz: NextStep | null = module.quiz && !passed ? { kind: 'quiz' } : null;
	return {
		moduleSlug: module.slug,
		doneLessons,
		done: doneLessons.length,
		lessons: module.lessons.length,
		quizBest,
		passed,
		next: open ? { kind: 'lesson', slug: open.slug, title: open.title } : quiz
	};
}

export interface CourseStep {
	readonly module: Module;
	readonly step: NextStep;
}

/** The first thing to do in the whole course; modules that may be skipped come last. */
export function nextInCourse(
	course: Course,
	progress: readonly ModuleProgress[]
): CourseStep | null {
	const required = course.modules.filter((module) => !module.optional);
	const optional = course.modules.filter((module) => module.optional);
	for (const module of [...required, ...optional]) {
		const step = progress.find((known) => known.moduleSlug === module.slug)?.next;
		if (step) return { module, step };
	}
	return null;
}

/** What is to be read before the session: lessons of that phase in modules that nobody may skip. */
export function prework({ modules }: Pick<Course, 'modules'>): Lesson[] {
	return lessonsIn(modules, 'before');
}

const lessonsIn = (modules: readonly Module[], phase: Phase) =>
	modules
		.filter((module) => !module.optional)
		.flatMap((module) => module.lessons.filter((lesson) => lesson.phase === phase));

/** The lessons of `prework` that are left, and how long they take. */
export function preworkLeft(
	course: Pick<Course, 'modules'>,
	progress: readonly ModuleProgress[]
): { readonly lessons: number; readonly minutes: number } {
	const left = prework(course).filter((lesson) => !isDone(lesson, progress));
	return {
		lessons: left.length,
		minutes: left.reduce((sum, { minutes }) => sum + minutes, 0)
	};
}

function isDone(lesson: Lesson, progress: readonly ModuleProgress[]): boolean {
	const module = progress.find(({ moduleSlug }) => moduleSlug === lesson.moduleSlug);
	return module?.doneLessons.includes(lesson.slug) ?? false;
}

/**
 * What to do next, seen from the session: before it only what belongs there, during it that first
 * and then what belongs to the session, afterwards everything that is left.
 */
export function nextInPhase(
	course: Course,
	progress: readonly ModuleProgress[],
	phase: Phase
): CourseStep | null {
	for (const each of phases.slice(0, phases.indexOf(phase) + 1)) {
		const lesson = lessonsIn(course.modules, each).find((open) => !isDone(open, progress));
		if (!lesson) continue;
		const step = { kind: 'lesson', slug: lesson.slug, title: lesson.title } as const;
		return { module: findModule(course, lesson.moduleSlug), step };
	}
	return phase === 'after' ? nextInCourse(course, progress) : null;
}
