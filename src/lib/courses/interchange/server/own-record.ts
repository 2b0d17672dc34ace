/**
 * What somebody has learnt, as xAPI statements to take along: lessons that are
 * done, quizzes passed or not yet, tests with their score. One's own alone, so the
 * times are true; the account is an id, not a name.
 */
import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import type { App } from '#lib/platform/server/app.ts';
import { lessonDone, quizAttempt, testAttempt } from '#lib/platform/server/db/schema/index.ts';
import { readerOf } from '../../access.ts';
import { lessonKey, type Course, type InBoth } from '../../course.ts';
import { isPassed } from '../../quiz.ts';
import type { TestPhase } from '../../tests/test.ts';
import { scoreOf, statementId, types, verbs, type Activity, type Statement } from './statement.ts';

/** Refuses with `unauthenticated`. */
export async function ownRecord(
	app: App,
	course: Course,
	actor: Actor | null,
	/** The address of the portal, which names what the statements are about. */
	site: string
): Promise<Buffer> {
	const { userId } = readerOf(actor);
	const told = { userId, site };
	const statements = await app.db.snapshot(async (read) => {
		const done = await read
			.select()
			.from(lessonDone)
			.where(eq(lessonDone.userId, userId))
			.orderBy(asc(lessonDone.doneAt), asc(lessonDone.lessonKey));
		const quizzes = await read
			.select()
			.from(quizAttempt)
			.where(eq(quizAttempt.userId, userId))
			.orderBy(asc(quizAttempt.at), asc(quizAttempt.id));
		const tests = await read
			.select()
			.from(testAttempt)
			.where(and(eq(testAttempt.userId, userId), isNotNull(testAttempt.correct)))
			.orderBy(asc(testAttempt.handedInAt), asc(testAttempt.id));
		return [
			...done.map((row) => lessonStatement(row, course, told)),
			...quizzes.map((row) => quizStatement(row, course, told)),
			...tests.map((row) => testStatement(row, told))
		];
	});
	return Buffer.from(`${JSON.stringify(statements, null, '\t')}\n`);
}

interface Told {
	readonly userId: string;
	readonly site: string;
}

interface Deed {
	readonly verb: Statement['verb'];
	readonly object: Activity;
	readonly at: Date;
	readonly result: NonNullable<Statement['result']>;
	/** Tells it from all others of this person. */
	readonly about: string;
}

const statement = (
	{ verb, object, at, result, about }: Deed,
	{ userId, site }: Told
): Statement => ({
	id: statementId(`${site} ${userId} ${about}`),
	actor: { objectType: 'Agent', account: { homePage: site, name: userId } },
	verb,
	object,
	result,
	context: { platform: 'Rembuk' },
	timestamp: at.toISOString()
});

const activity = (id: string, type: string, name: InBoth): Activity => ({
	objectType: 'Activity',
	id,
	definition: { type, name }
});

/** A lesson that is gone since keeps its key for a name. */
function lessonStatement(
	{ lessonKey: key, doneAt }: typeof lessonDone.$inferSelect,
	{ modules }: Course,
	told: Told
): Statement {
	const lessons = modules.flatMap((module) => module.lessons);
	const name = lessons.find((lesson) => lessonKey(lesson) === key)?.title ?? { id: key, en: key };
	const object = activity(`${told.site}/belajar/${key}`, types.lesson, name);
	const result = { completion: true };
	return statement(
		{ verb: verbs.completed, object, at: doneAt, result, about: `lesson ${key}` },
		told
	);
}

function quizStatement(
	{ id, moduleSlug, correct, total, at }: typeof quizAttempt.$inferSelect,
	{ modules }: Course,
	told: Told
): Statement {
	const title = modules.find(({ slug }) => slug === moduleSlug)?.title;
	const name = { id: `Kuis: ${title?.id ?? moduleSlug}`, en: `Quiz: ${title?.en ?? moduleSlug}` };
	const object = activity(`${told.site}/belajar/${moduleSlug}/kuis`, types.test, name);
	const success = isPassed({ correct, total });
	const result = { success, completion: true, score: scoreOf({ correct, total }) };
	const verb = success ? verbs.passed : verbs.failed;
	return statement({ verb, object, at, result, about: `quiz ${id}` }, told);
}

const tests = {
	pre: { slug: 'awal', name: { id: 'Tes awal', en: 'Pre-test' } },
	post: { slug: 'akhir', name: { id: 'Tes akhir', en: 'Post-test' } }
} satisfies Record<TestPhase, { slug: string; name: InBoth }>;

/** A test measures: it has a score, and nobody passes or fails it. */
function testStatement(
	{ id, trainingId, phase, correct, total, startedAt, handedInAt }: typeof testAttempt.$inferSelect,
	told: Told
): Statement {
	const { slug, name } = tests[phase];
	const object = activity(`${told.site}/pelatihan/${trainingId}/tes/${slug}`, types.test, name);
	const score = scoreOf({ correct: correct ?? 0, total: total ?? 1 });
	const result = { completion: true, score };
	const at = handedInAt ?? startedAt;
	return statement({ verb: verbs.completed, object, at, result, about: `test ${id}` }, told);
}
