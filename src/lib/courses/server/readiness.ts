/**
 * What a facilitator looks at before speaking: who has read what belongs before the session, and
 * which lesson's questions are answered worst.
 *
 * The caller has made sure that the actor may see these people. Never anybody's single answer.
 */
import { asc, inArray } from 'drizzle-orm';
import type { App } from '#lib/platform/server/app.ts';
import { lessonDone, practiceAnswer, quizAttempt } from '#lib/platform/server/db/schema/index.ts';
import { isRight } from '#lib/questions/items/kinds.ts';
import { lessonKey, type Course, type CourseItem, type Lesson } from '../course.ts';
import { FEWEST_PEOPLE } from '../few-people.ts';
import { prework } from '../progress.ts';

const MOST_SHOWN = 3;
/** More people than sit in any class; keeps a statement below the engines' limit of values. */
const PEOPLE_AT_ONCE = 1_000;

export interface Prework {
	readonly lessons: readonly Lesson[];
	/** Person → keys of the lessons before the session that are done; everybody is there. */
	readonly done: ReadonlyMap<string, ReadonlySet<string>>;
}

export async function preworkOf(
	app: App,
	course: Course,
	userIds: readonly string[]
): Promise<Prework> {
	const lessons = prework(course);
	const keys = lessons.map(lessonKey);
	const done = new Map(userIds.map((userId) => [userId, new Set<string>()]));
	for (const some of parts(userIds)) {
		const rows = await app.db.read
			.select({ userId: lessonDone.userId, key: lessonDone.lessonKey })
			.from(lessonDone)
			.where(inArray(lessonDone.userId, some));
		for (const { userId, key } of rows) if (keys.includes(key)) done.get(userId)?.add(key);
	}
	return { lessons, done };
}

export interface WeakSpot {
	readonly lesson: Lesson;
	/** Of the first answers, in percent. */
	readonly rightPercent: number;
	/** How many people have answered. */
	readonly people: number;
}

/** One answer of one person to a question about a lesson, before anything was explained. */
export interface FirstAnswer {
	readonly userId: string;
	/** The key of the lesson. */
	readonly objective: string;
	readonly right: boolean;
}

/**
 * The lessons whose questions were answered worst, the worst first; none where too few have answered.
 * `preTest`: what these people answered there, where it may be told.
 */
export async function weakSpots(
	app: App,
	course: Course,
	userIds: readonly string[],
	preTest: readonly FirstAnswer[]
): Promise<WeakSpot[]> {
	const first = [...(await firstAnswers(app, course, userIds)), ...preTest];
	return course.modules
		.flatMap((module) => module.lessons)
		.map((lesson) => {
			const answers = first.filter(({ objective }) => objective === lessonKey(lesson));
			const right = answers.filter((answer) => answer.right).length;
			const people = new Set(answers.map(({ userId }) => userId)).size;
			return { lesson, people, rightPercent: Math.round((100 * right) / answers.length) };
		})
		.filter(({ people, rightPercent }) => people >= FEWEST_PEOPLE && rightPercent < 100)
		.sort((one, other) => one.rightPercent - other.rightPercent)
		.slice(0, MOST_SHOWN);
}

/** In lessons and quizzes, one for each person and question. */
async function firstAnswers(
	app: App,
	course: Course,
	userIds: readonly string[]
): Promise<FirstAnswer[]> {
	const items = itemsOf(course);
	const first = new Map<string, FirstAnswer>();
	const add = (userId: string, itemId: string, right: (item: CourseItem) => boolean) => {
		const item = items.get(itemId);
		const name = `${userId} ${itemId}`;
		if (!item || first.has(name)) return;
		first.set(name, { userId, objective: item.objective, right: right(item) });
	};
	for (const some of parts(userIds)) {
		const practised = await app.db.read
			.select()
			.from(practiceAnswer)
			.where(inArray(practiceAnswer.userId, some))
			.orderBy(asc(practiceAnswer.at));
		for (const { userId, itemId, right } of practised) add(userId, itemId, () => right);
		const attempts = await app.db.read
			.select()
			.from(quizAttempt)
			.where(inArray(quizAttempt.userId, some))
			.orderBy(asc(quizAttempt.at));
		for (const { userId, answers } of attempts) {
			for (const [itemId, answer] of Object.entries(answers)) {
				add(userId, itemId, (item) => isRight(item, answer));
			}
		}
	}
	return [...first.values()];
}

function itemsOf({ modules }: Course): Map<string, CourseItem> {
	const items = modules.flatMap((module) => [
		...(module.quiz?.items ?? []),
		...module.lessons.flatMap((lesson) => lesson.questions)
	]);
	return new Map(items.map((item) => [item.id, item]));
}

function parts(userIds: readonly string[]): string[][] {
	const distinct = [...new Set(userIds)];
	return Array.from({ length: Math.ceil(distinct.length / PEOPLE_AT_ONCE) }, (_, at) =>
		distinct.slice(at * PEOPLE_AT_ONCE, (at + 1) * PEOPLE_AT_ONCE)
	);
}
