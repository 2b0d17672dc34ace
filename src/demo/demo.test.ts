import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addDays, addMonth, dayIn } from '#lib/platform/calendar.ts';
import type { App } from '#lib/platform/server/app.ts';
import {
	agendaSlot,
	feedbackComment,
	feedbackParticipation,
	feedbackResponse,
	grant,
	group,
	groupMember,
	joinRequest,
	library,
	lessonDone,
	planReturn,
	planSubmission,
	training,
	user
} from '#lib/platform/server/db/schema/index.ts';
import type { Role } from '#lib/people/actor.ts';
import { asGrant } from '#lib/people/server/grants.ts';
import { signIn } from '#lib/people/server/accounts.ts';
import { firstBrokenEntry } from '#lib/people/server/audit.ts';
import { readCourse } from '#lib/courses/server/content.ts';
import { notebookOf } from '#lib/courses/server/notebook.ts';
import { recallIn } from '#lib/courses/server/recall.ts';
import { classStanding, ownStanding } from '#lib/courses/certificates/server/standing.ts';
import { classTests } from '#lib/courses/tests/server/class.ts';
import { readTest } from '#lib/courses/tests/server/form-pages.ts';
import { analysedItems } from '#lib/courses/tests/server/items.ts';
import { contentsOf, isEmpty, lateIn, missingIn } from '#lib/plans/contents.ts';
import { seedUpdate } from '#lib/plans/draft.ts';
import { plansOfGroup, plansOfTraining } from '#lib/plans/server/plans.ts';
import { readPlan } from '#lib/plans/server/reading.ts';
import { attendanceOverview } from '#lib/trainings/server/attendance-lists.ts';
import { doorOf } from '#lib/trainings/server/door.ts';
import { peopleAtTheDoor } from '#lib/trainings/server/people.ts';
import { openTestApp, type TestApp } from '../../tests/open-app.ts';
import { actorFor } from '../../tests/people.ts';
import { advocacy } from './activities/advocacy.ts';
import { information } from './activities/information.ts';
import { involvement } from './activities/involvement.ts';
import { demoAccounts, ensureDemo } from './demo.server.ts';
import { writeActivity } from './drafting.ts';

const course = readCourse('content');
let app: TestApp;

async function trainings(of: App) {
	const [past, next] = await of.db.read.select().from(training).orderBy(training.startsOn);
	if (!past || !next) throw new Error('the demo has two trainings');
	return { past, next };
}

async function called(username: string) {
	const [who] = await app.db.read.select().from(user).where(eq(user.username, username));
	return actorFor(app, who?.id ?? '');
}

const holders = (role: Role) => app.db.read.$count(grant, eq(grant.role, role));

describe('the demo training', () => {
	let isLaidOut: boolean;
	/** Once for all, who only look at it: it takes seconds. */
	beforeAll(async () => {
		app = await openTestApp();
		isLaidOut = await ensureDemo(app, course);
	});
	afterAll(() => app.close());

	test('closed ten days ago, with twelve teams of three and everybody who follows them', async () => {
		expect(isLaidOut).toBe(true);
		const { read } = app.db;
		const { past } = await trainings(app);
		const today = dayIn('Asia/Jakarta', app.now());
		expect(past.endsOn).toBe(addDays(today, -10));
		expect(past.startsOn).toBe(addDays(past.endsOn, -4));
		expect(past.planDueOn).toBe(addMonth(past.endsOn));
		expect(await read.$count(group, eq(group.trainingId, past.id))).toBe(12);
		expect(await read.$count(groupMember)).toBe(36);
		expect(await holders('participant')).toBe(36);
		const teaching = and(eq(grant.role, 'facilitator'), eq(grant.scopeId, past.id));
		expect(await read.$count(grant, teaching)).toBe(3);
		expect(await holders('officer')).toBe(1);
		expect(await holders('reviewer')).toBe(1);
		expect(await holders('admin')).toBe(1);
		expect((await called('maria')).grants).toHaveLength(2);
		expect(await read.$count(agendaSlot, eq(agendaSlot.trainingId, past.id))).toBeGreaterThan(15);
		expect(await read.$count(user, eq(user.name, 'Yusuf'))).toBe(1);
		expect(await firstBrokenEntry(read)).toBeNull();
	});

	test('shows plans in every state, and sari and dodi one of each to try', async () => {
		const { past } = await trainings(app);
		const plans = await plansOfTraining(app, await called('nurhayati'), past.id);
		const inState = (state: string) => plans.filter((plan) => plan.state === state).length;
		expect(plans).toHaveLength(36);
		expect([inState('submitted'), inState('returned'), inState('draft')]).toEqual([18, 1, 17]);
		expect(await app.db.read.$count(planSubmission)).toBe(19);
		expect(await app.db.read.$count(planReturn)).toBe(1);

		const sari = await called('sari');
		expect((await called('dodi')).groupIds).toEqual(sari.groupIds);
		const own = await plansOfGroup(app, sari, sari.groupIds[0] ?? '');
		const read = await Promise.all(own.map((plan) => readPlan(app, sari, plan.id)));
		expect(read.map(({ plan }) => plan.state)).toEqual(['submitted', 'draft', 'draft']);
		expect(read.map(({ contents }) => contents.activities.length)).toEqual([3, 2, 0]);
		expect(missingIn(read[0]?.contents ?? { templateVersion: 1, activities: [] })).toEqual([]);
		expect(
			lateIn(read[0]?.contents ?? { templateVersion: 1, activities: [] }, past.planDueOn)
		).toEqual([]);
		expect(missingIn(read[1]?.contents ?? { templateVersion: 1, activities: [] })).toHaveLength(1);
	});

	test('has attendance, hours and certificates in every state', async () => {
		const { past } = await trainings(app);
		const { people } = await classStanding(app, await called('nurhayati'), past.id);
		const certified = people.filter((one) => one.certificate && !one.certificate.revokedAt);
		expect(certified.length).toBeGreaterThan(10);
		expect(people.filter((one) => one.complete && !one.certificate).length).toBeGreaterThan(5);
		expect(people.filter((one) => one.certificate?.revokedAt).length).toBe(1);
		expect(people.filter((one) => !one.complete).length).toBeGreaterThan(5);
		const of = async (username: string) => ownStanding(app, await called(username), past.id);
		expect((await of('sari')).certificate).not.toBeNull();
		expect(await of('yusuf')).toMatchObject({ complete: true, certificate: null });
		expect(await of('dodi')).toMatchObject({
			complete: false,
			conditions: [{ kind: 'attendance', met: false, total: 26, needed: 21 }, {}, {}]
		});
		const { slots } = await attendanceOverview(app, await called('amril'), past.id);
		expect(slots.every(({ state, present }) => state === 'closed' && present > 25)).toBe(true);
	});

	test('writes nothing into a plan that the template does not know', () => {
		for (const activity of [...information, ...involvement, ...advocacy]) {
			const doc = new Y.Doc();
			Y.applyUpdate(doc, seedUpdate());
			const closedOn = dayIn('Asia/Jakarta', app.now());
			writeActivity(doc, { activity, member: 'Dodi Saputra', closedOn, extent: 'whole' });
			const values = contentsOf(doc).activities[0]?.values ?? {};
			const { in_charge: _who, weeks: _weeks, steps, ...plain } = activity;
			expect(values).toMatchObject({
				...plain,
				target_groups: expect.toSatisfy(sameAs(activity.target_groups)),
				partners: expect.toSatisfy(sameAs(activity.partners)),
				evidence: expect.toSatisfy(sameAs(activity.evidence))
			});
			expect(values.steps).toEqual(steps.map(([week, text]) => ({ text, week })));
			const left = Object.keys(values).filter((key) => isEmpty(values[key] ?? null));
			expect(left.every((key) => ['target_people', 'partners'].includes(key))).toBe(true);
		}
	});

	test('shows what a notebook is for: thoughts, one of them from two phones, and a sheet', async () => {
		const notes = await notebookOf(app, await called('sari'));
		expect(notes.map(({ key }) => key.split('/')[0])).toEqual([
			'alat',
			'pelajaran',
			'pelajaran',
			'pelajaran'
		]);
		expect(notes.flatMap(({ setAside }) => setAside)).toHaveLength(1);
		expect(await notebookOf(app, await called('dodi'))).toEqual([]);
	});

	test('shows what the class has gained, and who missed a test', async () => {
		const { past } = await trainings(app);
		const { turnout, gain, tests } = await classTests(app, await called('nurhayati'), past.id);
		expect(turnout).toEqual({ invited: 36, both: 29, onlyPre: 4, onlyPost: 2, neither: 1 });
		// The four who took only this one are left out beside the gain.
		expect(tests.pre).toMatchObject({ handedIn: 33, result: { n: 29 } });
		expect(gain?.total).toMatchObject({ n: 29, crossed: true });
		expect(gain?.total.low).toBeGreaterThan(0);
		const items = await analysedItems(app, course, await called('bambang'), 'id');
		expect(items.filter(({ analysis }) => analysis).length).toBe(40);
		const told = { page: null, language: 'id' } as const;
		const which = { trainingId: past.id, phase: 'post' } as const;
		expect(await readTest(app, course, await called('sari'), which, told)).toMatchObject({
			kind: 'result'
		});
		expect(await recallIn(app, course, await called('sari'), past.id)).toMatchObject({
			kind: 'open',
			day: 7,
			attemptId: null
		});
	});

	test('has the feedback of 28, with dodi among them and sari not', async () => {
		const { read } = app.db;
		expect(await read.$count(feedbackResponse)).toBe(28);
		const answered = await read.select().from(feedbackParticipation);
		expect(answered).toHaveLength(28);
		const ids = answered.map((row) => row.userId);
		expect(ids).toContain((await called('dodi')).userId);
		expect(ids).not.toContain((await called('sari')).userId);
		const comments = await read.select().from(feedbackComment);
		expect(comments.length).toBeGreaterThan(15);
		expect(new Set(comments.map((row) => row.text)).size).toBe(comments.length);
	});

	test('has people at every stage of the course', async () => {
		const done = await app.db.read.select().from(lessonDone);
		const perPerson = Map.groupBy(done, (row) => row.userId);
		const lessons = course.modules.flatMap((module) => module.lessons).length;
		const counts = [...perPerson.values()].map((rows) => rows.length);
		expect(Math.max(...counts)).toBe(lessons);
		expect(new Set(counts).size).toBeGreaterThan(2);
		expect(perPerson.size).toBeLessThan(36);
	});

	test('lets somebody wait at the closed door of the next one', async () => {
		const { next } = await trainings(app);
		const nurhayati = await called('nurhayati');
		expect(next.startsOn).toBe(addDays(dayIn('Asia/Jakarta', app.now()), 6));
		expect(await doorOf(app, nurhayati, next.id)).toMatchObject({
			open: false,
			code: expect.stringMatching(/^\w{8}$/)
		});
		const waiting = await peopleAtTheDoor(app, nurhayati, next.id);
		expect(waiting.map((person) => person.username)).toEqual(['fitri']);
	});

	test('gives facilitators nothing beyond their trainings', async () => {
		const rows = await app.db.read.select().from(grant).where(eq(grant.role, 'facilitator'));
		expect(rows.map(asGrant).every(({ scope }) => scope.kind === 'training')).toBe(true);
	});

	test('lets its accounts sign in', async () => {
		for (const { username, password } of demoAccounts) {
			const from = { device: 'pc', address: null, userAgent: null };
			const typed = { username, password, sharedPhone: false, ...from };
			await expect(signIn(app, typed)).resolves.toBeTruthy();
		}
	});

	test('holds nothing that looks like an identity or phone number', async () => {
		const { read } = app.db;
		const people = await read.select({ name: user.name, username: user.username }).from(user);
		const written = [
			people,
			await read.select({ name: library.name, npp: library.npp }).from(library),
			await read.select({ text: feedbackComment.text }).from(feedbackComment),
			await read.select({ contents: planSubmission.contents }).from(planSubmission),
			await read.select({ note: planReturn.note }).from(planReturn),
			[information, involvement, advocacy]
		];
		const all = JSON.stringify(written, (key, value: unknown) => (key === 'id' ? null : value));
		expect(all).not.toMatch(/\d{16}/);
		expect(all).not.toMatch(/(\+?62|0)[\s.-]?8[\d\s.-]{7,}/);
	});
});

function sameAs(wanted: readonly string[]) {
	return (held: unknown) =>
		Array.isArray(held) && [...held].sort().join() === [...wanted].sort().join();
}

describe('laying the demo out', () => {
	beforeEach(async () => {
		app = await openTestApp();
	});
	afterEach(() => app.close());

	test('happens only once', async () => {
		await ensureDemo(app, course);
		const counts = () =>
			Promise.all([user, grant, training, joinRequest].map((table) => app.db.read.$count(table)));
		const before = await counts();
		expect(await ensureDemo(app, course)).toBe(false);
		expect(await counts()).toEqual(before);
	});

	test('happens once when two programs start together', async () => {
		const made = await Promise.all([ensureDemo(app, course), ensureDemo(app, course)]);
		expect(made.sort()).toEqual([false, true]);
		expect(await app.db.read.$count(training)).toBe(2);
	});

	test('is refused in production', async () => {
		const production = { ...app, settings: { ...app.settings, production: true } };
		await expect(ensureDemo(production, course)).rejects.toThrow('production');
		expect(await app.db.read.$count(user)).toBe(0);
	});
});
