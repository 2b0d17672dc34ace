/** What a phone may queue: one line for each kind, each handed to the room it belongs to. */
import { askedThen, stillAsked } from '#lib/courses/bank/asked-then.ts';
import { findLesson, findModule, type Course } from '#lib/courses/course.ts';
import { questionsOf } from '#lib/courses/quiz.ts';
import { saveNote } from '#lib/courses/server/notebook.ts';
import { practiseLesson } from '#lib/courses/server/practice.ts';
import { handInQuiz, markLessonDone, quizOf } from '#lib/courses/server/progress.ts';
import type { TestAnswer } from '#lib/courses/tests/server/keeping.ts';
import { receiveAnswers, receiveHandIn } from '#lib/courses/tests/server/taking.ts';
import { toolNote } from '#lib/courses/note.ts';
import { findTool } from '#lib/courses/tool.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Locale } from '#lib/platform/calendar.ts';
import { readForm } from '#lib/platform/form.ts';
import { targetOf, type Operation, type Result } from '#lib/platform/operations.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { answersIn } from '#lib/questions/items/answers.ts';
import type { Asked } from '#lib/questions/items/item.ts';
import { receiveAttendance, refuseUnknownCode } from '#lib/trainings/server/attendance.ts';
import * as v from 'valibot';
import { noteFields, readSheet } from '../belajar/note-form.ts';
import { lessonPath, quizPath } from '../belajar/paths.ts';
import { attendanceForm, enteredPath } from '../hadir/form.ts';
import { newerElsewhere } from '../pelatihan/[id]/tes/newer.ts';
import { testPath } from '../pelatihan/[id]/tes/phase.ts';

export interface Carrying {
	readonly app: App;
	readonly actor: Actor;
	readonly course: Course;
	readonly locale: Locale;
	readonly operation: Operation;
	/** What the last one of this queue on the same subject led to. */
	readonly before: Result | null;
}

type Kind = (carrying: Carrying) => Promise<Result>;

export const kinds: ReadonlyMap<string, Kind> = new Map([
	['lesson.done', lessonIsDone],
	['practice.answer', practise],
	['quiz.handIn', handIn],
	['note.save', keepNote],
	['tool.save', keepSheet],
	['test.answer', keepTestAnswer],
	['test.handIn', handInTest],
	['attendance.enter', enterCode]
]);

/** Asked before an operation is carried out, for what must be kept even when it is refused: a miss. */
export const checks: ReadonlyMap<string, (asking: Asking) => Promise<void>> = new Map([
	['attendance.enter', refuseGuesses]
]);

type Asking = Pick<Carrying, 'app' | 'actor' | 'operation'>;

async function lessonIsDone({ app, actor, course, locale, operation }: Carrying): Promise<Result> {
	const lesson = lessonOf(course, operation);
	await markLessonDone(app, actor, lesson);
	return { to: `${lessonPath(lesson.moduleSlug, lesson.slug, locale)}#lanjut` };
}

async function practise({ app, actor, course, locale, operation }: Carrying): Promise<Result> {
	const lesson = lessonOf(course, operation);
	const questions = askedThen(lesson.questions, operation.fields);
	const fields = stillAsked(questions, operation.fields);
	const filled = completeAnswers({ ...operation, fields }, questionsOf(questions, locale));
	const { attemptId } = await practiseLesson(app, actor, { ...lesson, questions }, filled);
	const path = lessonPath(lesson.moduleSlug, lesson.slug, locale);
	return { to: `${path}?latihan=${attemptId}#latihan` };
}

async function handIn({ app, actor, course, locale, operation }: Carrying): Promise<Result> {
	const module = findModule(course, targetOf(operation));
	const items = askedThen(quizOf(module).items, operation.fields);
	const fields = stillAsked(items, operation.fields);
	const filled = completeAnswers({ ...operation, fields }, questionsOf(items, locale));
	const { attemptId } = await handInQuiz(app, actor, { ...module, quiz: { items } }, filled);
	return { to: `${quizPath(module.slug, locale)}?percobaan=${attemptId}` };
}

const noteForm = v.strictObject(noteFields);

async function keepNote({ app, actor, operation, before }: Carrying): Promise<Result> {
	const { catatan: text, revisi } = readForm(noteForm, formOf(operation));
	const base = lastSeen(revisi, before);
	const key = targetOf(operation);
	return { ...(await saveNote(app, actor, { key, text, base, operationId: operation.id })) };
}

/** Subject: the name of the sheet's note, so that a note and its sheet are one queue. */
async function keepSheet({ app, actor, course, operation, before }: Carrying): Promise<Result> {
	const tool = findTool(course, targetOf(operation).slice(toolNote('').length));
	const sheet = readSheet(formOf(operation));
	const base = lastSeen(sheet.base, before);
	const change = { key: toolNote(tool.slug), text: sheet.textFor(tool), base };
	return { ...(await saveNote(app, actor, { ...change, operationId: operation.id })) };
}

/** What this phone wrote before, it has seen, even when it never heard that it had arrived. */
const lastSeen = (revision: number, before: Result | null) =>
	Math.max(revision, Number(before?.revision ?? 0));

const number = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

const testAnswer = v.strictObject({
	version: number,
	/** The number of the answer that stood where this one was given; 0: there was none. */
	seen: v.optional(number),
	answer: v.optional(v.string(), '')
});

/** Subject: '<test>/<item>'. What comes too late is done too: it is kept, and the page says so. */
async function keepTestAnswer(carrying: Carrying): Promise<Result> {
	const { app, actor, course, operation } = carrying;
	const [testId = '', itemId = ''] = targetOf(operation).split('/');
	const { version, seen, answer } = readForm(testAnswer, formOf(operation));
	const answers = [testAnswerOf(operation, { itemId, itemVersion: version, answer, seen })];
	const received = await receiveAnswers(app, course, actor, { testId, answers });
	const now = received.standing.get(itemId);
	return {
		state: received.states[0] ?? 'saved',
		late: received.tooLate !== null,
		/** What stands now, whoever gave it. */
		answer: now?.answer ?? '',
		seen: now?.n ?? 0
	};
}

/** Fields: item → '<version>.<seen> <answer>', so that it counts whatever arrives before it. */
const SHEET_LINE = /^(?<version>\d{1,6})(?:\.(?<seen>\d{1,15}))? (?<answer>.*)$/s;

const testSheet = v.record(
	v.string(),
	v.pipe(
		v.string(),
		v.regex(SHEET_LINE),
		v.transform((line) => {
			const { version, seen, answer = '' } = SHEET_LINE.exec(line)?.groups ?? {};
			return {
				itemVersion: Number(version),
				seen: seen === undefined ? undefined : Number(seen),
				answer
			};
		})
	)
);

/** Subject: '<test>'. */
async function handInTest(carrying: Carrying): Promise<Result> {
	const { app, actor, course, locale, operation } = carrying;
	const sheet = readForm(testSheet, formOf(operation));
	const answers = Object.entries(sheet).map(([itemId, given]) =>
		testAnswerOf(operation, { itemId, ...given })
	);
	const sent = { testId: targetOf(operation), answers };
	const { which, newer } = await receiveHandIn(app, course, actor, sent);
	return { to: testPath(which.trainingId, which.phase, locale) + newerElsewhere(newer) };
}

async function refuseGuesses({ app, actor, operation }: Asking): Promise<void> {
	await refuseUnknownCode(app, actor, readForm(attendanceForm, formOf(operation)).kode);
}

/** Subject: 'kehadiran', each of its own. The code says which session it is. */
async function enterCode({ app, actor, locale, operation }: Carrying): Promise<Result> {
	const { kode } = readForm(attendanceForm, formOf(operation));
	const { slotId } = await receiveAttendance(app, actor, kode);
	return { to: enteredPath(slotId, locale) };
}

function testAnswerOf(
	{ id, outbox, seq }: Operation,
	given: Pick<TestAnswer, 'itemId' | 'itemVersion' | 'answer' | 'seen'>
): TestAnswer {
	return { ...given, operationId: `${id}.${given.itemId}`, device: outbox, sequence: seq };
}

function lessonOf(course: Course, operation: Operation) {
	const [moduleSlug = '', lessonSlug = ''] = targetOf(operation).split('/');
	return findLesson(findModule(course, moduleSlug), lessonSlug);
}

function completeAnswers(operation: Operation, questions: readonly Asked[]) {
	const { formId, answers, lacks } = answersIn(formOf(operation), questions);
	if (Object.keys(lacks).length > 0) {
		throw new Refusal('invalid', 'courses_refused_open_questions');
	}
	return { formId, answers };
}

function formOf({ fields }: Operation): FormData {
	const form = new FormData();
	for (const [name, value] of fields) form.append(name, value);
	return form;
}
