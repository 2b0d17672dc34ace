/**
 * The results of the tests of a training as files to take along: figures of the
 * class for all who may read them, the list of hand-ins and the statements for a
 * learning record store for those who follow the training.
 */
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { takeFile, type TakenFile } from '#lib/people/server/taken-files.ts';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import { addDays } from '#lib/platform/calendar.ts';
import type { App } from '#lib/platform/server/app.ts';
import { testAttempt, testResult } from '#lib/platform/server/db/schema/index.ts';
import { csvFile, fileToTake, workbookFile, type FileToTake } from '#lib/platform/server/files.ts';
import { startOfDay } from '#lib/trainings/training.ts';
import type { Course, Language } from '../../course.ts';
import { FEWEST_PEOPLE } from '../../few-people.ts';
import { handInSheet, lessonSheet, summarySheet } from '../results-sheets.ts';
import { lastTestDay, testPhases, type TestPhase } from '../test.ts';
import { classTests, type ClassTests } from './class.ts';
import { statementsOf, type CountedTest } from './statements.ts';
import { formsOf, windowsOf } from './windows.ts';

export const resultFileNames = [
	'hasil-kelas.xlsx',
	'hasil-per-pelajaran.csv',
	'daftar-kirim.csv',
	'xapi.json'
] as const;
export type ResultFileName = (typeof resultFileNames)[number];

type ResultFile = FileToTake<ResultFileName>;

/** Why there are no statements: not this person's to take, the tests can still change, or too few people. */
export type Withheld = 'not yours' | 'not yet' | 'too few';

export interface ResultFiles {
	readonly files: readonly ResultFile[];
	/** Null when the statements are among the files. */
	readonly withheld: Withheld | null;
	/** The first day on which there are statements. */
	readonly statementsFrom: CalendarDay;
}

export interface Taking {
	readonly trainingId: string;
	readonly language: Language;
	/** The address of the portal, which names what the statements are about. */
	readonly site: string;
}

/** Every file this person may take along. Refuses as `classTests`. */
export async function resultFiles(
	app: App,
	course: Course,
	actor: Actor,
	taking: Taking
): Promise<ResultFiles> {
	const found = await classTests(app, actor, taking.trainingId);
	const { statements, withheld } = await statementsFor(app, course, found, taking);
	return {
		files: [...sheetFiles(found, course, taking.language), ...statements],
		withheld,
		statementsFrom: addDays(lastTestDay(found.training), 1)
	};
}

/**
 * One of the files, and a line in the audit log that says who took it.
 *
 * Refuses as `classTests`, and with `not_found` a file this person cannot take now.
 */
export async function takeResultFile(
	app: App,
	course: Course,
	actor: Actor,
	{ name, ...taking }: Taking & { readonly name: string }
): Promise<TakenFile> {
	const { files } = await resultFiles(app, course, actor, taking);
	return takeFile(app, actor, files, {
		name,
		action: 'test.results.taken',
		object: `training:${taking.trainingId}`,
		missing: 'courses_refused_no_result_file'
	});
}

function sheetFiles(found: ClassTests, course: Course, language: Language): ResultFile[] {
	const lessons = lessonSheet(found, course.modules, language);
	const people = found.participants && handInSheet(found.participants, language);
	const sheets = [summarySheet(found, language), lessons, ...(people ? [people] : [])];
	return [
		workbookFile('hasil-kelas.xlsx', sheets),
		csvFile('hasil-per-pelajaran.csv', lessons),
		...(people ? [csvFile('daftar-kirim.csv' as const, people)] : [])
	];
}

interface Statements {
	readonly statements: readonly ResultFile[];
	readonly withheld: Withheld | null;
}

const none = (withheld: Withheld): Statements => ({ statements: [], withheld });

/**
 * Only once the tests can no longer change: two files with one person between
 * them would tell all about that person. And of each test only when five or more
 * have handed it in.
 */
async function statementsFor(
	app: App,
	course: Course,
	{ participants, over, training, tests }: ClassTests,
	{ trainingId, site }: Taking
): Promise<Statements> {
	if (!participants) return none('not yours');
	if (!over) return none('not yet');
	const told = testPhases.filter((phase) => tests[phase].handedIn >= FEWEST_PEOPLE);
	if (told.length === 0) return none('too few');
	const counted = (await countedTests(app, trainingId)).filter(({ phase }) => told.includes(phase));
	const windows = await windowsOf(app.db.read, trainingId);
	const lastMoment = startOfDay(training.zone, addDays(lastTestDay(training), 1));
	const endedAt = (phase: TestPhase) => windows[phase]?.closedAt ?? lastMoment;
	const { A, B } = formsOf(course);
	const items = [...A, ...B];
	const about = {
		site,
		trainingId,
		title: training.title,
		endedAt: { pre: endedAt('pre'), post: endedAt('post') }
	};
	const make = () => {
		const byId = new Map(items.map((item) => [item.id, item]));
		const statements = statementsOf(counted, { ...about, items: byId });
		return Buffer.from(`${JSON.stringify(statements, null, '\t')}\n`);
	};
	const from = { counted, about, items };
	const file = fileToTake({ name: 'xapi.json', mediaType: 'application/json', from, make });
	return { statements: [file], withheld: null };
}

async function countedTests(app: App, trainingId: string): Promise<CountedTest[]> {
	const rows = await app.db.read
		.select({
			attemptId: testAttempt.id,
			phase: testAttempt.phase,
			correct: testAttempt.correct,
			total: testAttempt.total,
			itemId: testResult.itemId,
			itemVersion: testResult.itemVersion,
			objective: testResult.objective,
			answer: testResult.answer,
			right: testResult.right
		})
		.from(testResult)
		.innerJoin(testAttempt, eq(testAttempt.id, testResult.attemptId))
		.where(and(eq(testAttempt.trainingId, trainingId), isNotNull(testAttempt.correct)))
		.orderBy(testAttempt.id, testResult.itemId);
	const tests = new Map<string, CountedTest & { answers: CountedTest['answers'][number][] }>();
	for (const { attemptId, phase, correct, total, ...answer } of rows) {
		const score = { correct: correct ?? 0, total: total ?? 0 };
		const test = tests.get(attemptId) ?? { attemptId, phase, score, answers: [] };
		test.answers.push(answer);
		tests.set(attemptId, test);
	}
	return [...tests.values()];
}
