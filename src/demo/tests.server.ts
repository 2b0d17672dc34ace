/** The pre-test on the first day and the post-test on the last: most took both, a few missed one. */
import { addDays } from '#lib/platform/calendar.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Course, CourseItem } from '#lib/courses/course.ts';
import { answerRecall, recallIn } from '#lib/courses/server/recall.ts';
import { handInTest, ownTest, startTest } from '#lib/courses/tests/server/taking.ts';
import { closeTest, openTest, type WhichTest } from '#lib/courses/tests/server/windows.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { newDie, type Die } from './chance.ts';
import { facilitators, teams } from './people.ts';
import type { Ids } from './people.server.ts';
import { actorOf, at, type Stage } from './stage.server.ts';
import { idOf } from './training.server.ts';
import { wrongAnswer } from './wrong-answer.ts';

/** Who came late on the first day, and who left early on the last. */
export const missing = { pre: [7, 19, 30], post: [4, 19, 25, 33, 35] };

/** Chance that a question is answered right, before and after, for somebody of middling ability. */
const sure = { pre: 0.5, post: 0.72 };

/** By lesson: what people knew already, and what stayed hard. */
const leaning: Readonly<Record<string, number>> = {
	'layanan-prima/apa-itu-layanan-prima': 0.3,
	'konsep-transformasi/apa-itu-inklusi-sosial': 0.15,
	'layanan-prima/mengukur-mutu-layanan': -0.25,
	'strategi-implementasi/advokasi': -0.2,
	'etos-kerja/delapan-etos': -0.1
};

export async function takeTests(
	stage: Stage,
	ids: Ids,
	{ trainingId, course }: { trainingId: string; course: Course }
): Promise<void> {
	const [host] = facilitators;
	if (!host || !course.test) return;
	const runs = await actorOf(stage, idOf(ids, host));
	const die = newDie(41);
	const people = teams
		.flatMap((team) => team.members)
		.map((member) => ({
			userId: idOf(ids, member),
			ability: die.roll() * 0.4 - 0.2
		}));
	const days = { pre: stage.startsOn, post: stage.endsOn };
	for (const phase of ['pre', 'post'] as const) {
		const which = { trainingId, phase };
		await openTest(at(stage, days[phase], '13:30'), course, runs, which);
		for (const [place, person] of people.entries()) {
			if (missing[phase].includes(place)) continue;
			await takeTest(stage, { ...person, which, course, die, day: days[phase] });
		}
		await closeTest(at(stage, days[phase], '14:15'), runs, which);
	}
	await recallSome(stage, { trainingId, course, die, people });
}

interface Taking {
	readonly userId: string;
	readonly ability: number;
	readonly which: WhichTest;
	readonly course: Course;
	readonly die: Die;
	readonly day: Stage['startsOn'];
}

async function takeTest(
	stage: Stage,
	{ userId, ability, which, course, die, day }: Taking
): Promise<void> {
	const app = at(stage, day, '14:00');
	const person = await actorOf(stage, userId);
	const { testId } = await startTest(app, course, person, which);
	const test = await ownTest(app.db.read, course, person, which);
	if (!test) return;
	const knows = ({ objective }: CourseItem) =>
		die.roll() < sure[which.phase] + ability + (leaning[objective] ?? 0);
	const answers = test.forms[test.form].map((item, sequence) => ({
		itemId: item.id,
		itemVersion: item.version,
		answer: knows(item) ? rightAnswer(item) : wrongAnswer(item, die),
		operationId: newId(),
		device: 'HP',
		sequence
	}));
	await handInTest(app, course, person, { testId, answers });
}

interface Recalling {
	readonly trainingId: string;
	readonly course: Course;
	readonly die: Die;
	readonly people: readonly { readonly userId: string }[];
}

/** A third has answered the questions of the second day; those of the seventh wait for everybody. */
async function recallSome(
	stage: Stage,
	{ trainingId, course, die, people }: Recalling
): Promise<void> {
	const app = at(stage, addDays(stage.endsOn, 3), '19:30');
	for (const { userId } of people.filter((_, place) => place % 3 === 1)) {
		const person = await actorOf(stage, userId);
		const recall = await recallIn(app, course, person, trainingId);
		if (recall.kind !== 'open' || recall.items.length === 0) continue;
		const answers = Object.fromEntries(
			recall.items.map((item) => [
				item.id,
				die.roll() < 0.6 ? rightAnswer(item) : wrongAnswer(item, die)
			])
		);
		await answerRecall(app, course, person, { trainingId, form: { formId: newId(), answers } });
	}
}
