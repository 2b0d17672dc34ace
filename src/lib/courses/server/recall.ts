/** Asks somebody again, some days after their training. */
import { and, asc, eq, isNotNull, lt } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { addDays, dayIn, type CalendarDay } from '#lib/platform/calendar.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { practiceAnswer, testAttempt, testResult } from '#lib/platform/server/db/schema/index.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import { startOfDay, type Training } from '#lib/trainings/training.ts';
import { practiceItemsOf, type Course, type CourseItem } from '../course.ts';
import { itemsToRecall, recallOn, type Known, type RecallDay } from '../recall.ts';
import { testAccess } from '../tests/access.ts';
import { practise, type PracticeForm, type Practised } from './practice.ts';

export type Recall =
	| { readonly kind: 'not yet'; readonly from: CalendarDay }
	| { readonly kind: 'over' }
	| {
			readonly kind: 'open';
			readonly day: RecallDay;
			/** Empty when everything was right twice. */
			readonly items: readonly CourseItem[];
			/** The attempt that was sent; null while it waits. */
			readonly attemptId: string | null;
			/** When the next questions come; null after the last. */
			readonly next: CalendarDay | null;
	  };

/** Refuses with `not_found`, and with `forbidden` whoever is not a participant. */
export async function recallIn(
	app: App,
	course: Course,
	actor: Actor,
	trainingId: string
): Promise<Recall> {
	const training = await findTraining(app.db.read, actor, trainingId);
	const place = { trainingId, regionCode: training.regionCode };
	if (!testAccess.can(actor, 'take', place)) {
		throw new Refusal('forbidden', 'courses_refused_test_forbidden');
	}
	const state = recallOn(training.endsOn, dayIn(training.zone, app.now()));
	if (state.kind !== 'open') return state;
	const attemptId = await attemptAt(app, actor, occasionOf(trainingId, state.day));
	const known = await knownBefore(app, actor, training, state.day);
	const items = itemsToRecall(practiceItemsOf(course), known);
	return { ...state, items, attemptId };
}

/** Whether questions wait for somebody; false for whoever is not a participant. */
export async function recallWaits(
	app: App,
	course: Course,
	actor: Actor,
	training: Pick<Training, 'id' | 'endsOn' | 'zone'>
): Promise<boolean> {
	const state = recallOn(training.endsOn, dayIn(training.zone, app.now()));
	if (state.kind !== 'open') return false;
	if (!testAccess.can(actor, 'take', { trainingId: training.id })) return false;
	const recall = await recallIn(app, course, actor, training.id);
	return recall.kind === 'open' && recall.items.length > 0 && recall.attemptId === null;
}

/** The occasion of a round, as practice.ts keeps it. */
export const occasionOf = (trainingId: string, day: RecallDay) => `recall/${trainingId}/${day}`;

/**
 * Keeps the answers to the questions of the round that is open.
 *
 * Refuses as `recallIn` and as `practise`, and with `closed` when none is open.
 */
export async function answerRecall(
	app: App,
	course: Course,
	actor: Actor,
	{ trainingId, form }: { readonly trainingId: string; readonly form: PracticeForm }
): Promise<Practised> {
	const recall = await recallIn(app, course, actor, trainingId);
	if (recall.kind !== 'open') throw new Refusal('closed', 'courses_refused_recall_closed');
	const { items, day } = recall;
	return practise(app, actor, { occasion: occasionOf(trainingId, day), items }, form);
}

async function attemptAt(app: App, actor: Actor, occasion: string): Promise<string | null> {
	const [found] = await app.db.read
		.select({ attemptId: practiceAnswer.attemptId })
		.from(practiceAnswer)
		.where(and(eq(practiceAnswer.userId, actor.userId), eq(practiceAnswer.occasion, occasion)))
		.orderBy(asc(practiceAnswer.at), asc(practiceAnswer.attemptId))
		.limit(1);
	return found?.attemptId ?? null;
}

/** Only from before the round began: answers of the round itself must not change its questions. */
async function knownBefore(
	app: App,
	{ userId }: Actor,
	training: Training,
	day: RecallDay
): Promise<Known> {
	const began = startOfDay(training.zone, addDays(training.endsOn, day));
	return app.db.snapshot(async (read) => {
		const results = await read
			.select({
				phase: testAttempt.phase,
				objective: testResult.objective,
				right: testResult.right
			})
			.from(testResult)
			.innerJoin(testAttempt, eq(testAttempt.id, testResult.attemptId))
			.where(
				and(
					eq(testAttempt.trainingId, training.id),
					eq(testAttempt.userId, userId),
					isNotNull(testAttempt.handedInAt),
					lt(testAttempt.handedInAt, began)
				)
			);
		const practised = await read
			.select({
				itemId: practiceAnswer.itemId,
				right: practiceAnswer.right,
				occasion: practiceAnswer.occasion
			})
			.from(practiceAnswer)
			.where(and(eq(practiceAnswer.userId, userId), lt(practiceAnswer.at, began)))
			.orderBy(asc(practiceAnswer.at), asc(practiceAnswer.itemId));
		const inPhase = (phase: 'pre' | 'post') =>
			new Map(
				results
					.filter((row) => row.phase === phase)
					.map(({ objective, right }) => [objective, right])
			);
		return {
			before: inPhase('pre'),
			after: inPhase('post'),
			practised: practised.map(({ occasion, ...answer }) => ({
				...answer,
				round: occasion.startsWith('recall/') ? occasion : null
			}))
		};
	});
}
