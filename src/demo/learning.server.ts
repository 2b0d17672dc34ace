/** Who has read how much of the course: some everything, some nothing, most a part of it. */
import { addDays } from '#lib/platform/calendar.ts';
import { newId } from '#lib/platform/ids.ts';
import { inChunks } from '#lib/platform/server/db/sql.ts';
import { lessonDone } from '#lib/platform/server/db/schema/index.ts';
import { lessonKey, type Course, type Module, type Quiz } from '#lib/courses/course.ts';
import { handInQuiz } from '#lib/courses/server/progress.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { newDie, type Die } from './chance.ts';
import { teams } from './people.ts';
import { wrongAnswer } from './wrong-answer.ts';
import type { Ids } from './people.server.ts';
import { actorOf, at, type Stage } from './stage.server.ts';
import { idOf } from './training.server.ts';

/** Share of the lessons that each has done: sari is in the middle of it, dodi has finished. */
const shares = [0.6, 1, 0.4, 1, 0.8, 0, 1, 0.2, 0.5, 0.9, 0, 0.7];

/** How many of the questions somebody answers right: the first attempt of a few is not enough. */
const UNSURE = 0.5;
const surely = (die: Die) => 0.75 + die.roll() * 0.25;

interface Learner {
	readonly userId: string;
	readonly share: number;
}

export async function learn(stage: Stage, ids: Ids, course: Course): Promise<void> {
	const learners = teams
		.flatMap((team) => team.members)
		.map((member, place): Learner => {
			const round = Math.floor(place / shares.length) * 0.08;
			const share = (shares[place % shares.length] ?? 0) - round;
			return { userId: idOf(ids, member), share: Math.max(0, share) };
		});
	await markLessons(stage, course, learners);
	await answerQuizzes(stage, course, learners);
}

/** As `markLessonDone` does, in one transaction instead of several hundred. */
async function markLessons(
	stage: Stage,
	course: Course,
	learners: readonly Learner[]
): Promise<void> {
	const lessons = course.modules.flatMap((module) => module.lessons);
	const rows = learners.flatMap(({ userId, share }, place) =>
		lessons.slice(0, Math.round(share * lessons.length)).map((lesson, n) => {
			const days = (n + place) % 7;
			const doneAt = at(stage, addDays(stage.startsOn, days - 2), '20:10').now();
			return { userId, lessonKey: lessonKey(lesson), doneAt };
		})
	);
	await stage.app.db.write(async (tx) => {
		for (const some of inChunks(rows)) await tx.insert(lessonDone).values(some);
	});
}

/** Whoever has done all lessons of a module answers its quiz, a few of them twice. */
async function answerQuizzes(
	stage: Stage,
	course: Course,
	learners: readonly Learner[]
): Promise<void> {
	const die = newDie(15);
	const all = course.modules.flatMap((module) => module.lessons).length;
	let before = 0;
	for (const module of course.modules) {
		before += module.lessons.length;
		const through = learners.filter(({ share }) => Math.round(share * all) >= before);
		for (const [place, { userId }] of through.entries()) {
			const learner = { userId, module, die };
			if (place % 3 === 1) await answerQuiz(stage, { ...learner, time: '20:25', sure: UNSURE });
			await answerQuiz(stage, { ...learner, time: '20:45', sure: surely(die) });
		}
	}
}

interface Attempt {
	readonly userId: string;
	readonly module: Module;
	readonly die: Die;
	/** On the clock of Jakarta, on the third evening. */
	readonly time: string;
	/** Chance that a question is answered right. */
	readonly sure: number;
}

async function answerQuiz(
	stage: Stage,
	{ userId, module, die, time, sure }: Attempt
): Promise<void> {
	if (!module.quiz || module.lessons.length === 0) return;
	const evening = at(stage, addDays(stage.startsOn, 2), time);
	const answers = answersTo(module.quiz, die, sure);
	await handInQuiz(evening, await actorOf(stage, userId), module, { formId: newId(), answers });
}

function answersTo({ items }: Quiz, die: Die, sure: number): Record<string, string> {
	return Object.fromEntries(
		items.map((item) => [item.id, die.roll() < sure ? rightAnswer(item) : wrongAnswer(item, die)])
	);
}
