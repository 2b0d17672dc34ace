import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { readCourse } from '#lib/courses/server/content.ts';
import {
	feedbackParticipation,
	feedbackResponse,
	grant,
	group,
	plan,
	planSubmission,
	user
} from '#lib/platform/server/db/schema/index.ts';
import { signIn } from '#lib/people/server/accounts.ts';
import { openTestApp, type TestApp } from '../../tests/open-app.ts';
import { demoAccounts, ensureDemo } from './demo.server.ts';

const course = readCourse('content');
let app: TestApp;
beforeEach(async () => {
	app = await openTestApp();
});
afterEach(() => app.close());

describe('the demo training', () => {
	test('has its people, teams, plans and answers, and is made only once', async () => {
		expect(await ensureDemo(app, course)).toBe(true);
		const { read } = app.db;
		expect(await read.$count(grant, eq(grant.role, 'participant'))).toBe(36);
		expect(await read.$count(group)).toBe(12);
		expect(await read.$count(plan)).toBe(36);
		expect(await read.$count(planSubmission)).toBeGreaterThan(8);
		expect(await read.$count(feedbackResponse)).toBe(28);
		expect(await read.$count(feedbackParticipation)).toBe(28);
		const people = await read.$count(user);
		expect(await ensureDemo(app, course)).toBe(false);
		expect(await read.$count(user)).toBe(people);
	});

	test('lets its accounts sign in', async () => {
		await ensureDemo(app, course);
		for (const { username, password } of demoAccounts) {
			const typed = { username, password, device: 'pc', sharedPhone: false, userAgent: null };
			await expect(signIn(app, typed)).resolves.toBeTruthy();
		}
	});

	test('holds nothing that looks like an identity or phone number', async () => {
		await ensureDemo(app, course);
		const everybody = JSON.stringify(await app.db.read.select().from(user));
		expect(everybody).not.toMatch(/"\d{10,}"/);
		expect(everybody).not.toMatch(/(\+62|08)\d{8,}/);
	});

	test('is refused in production', async () => {
		const production = { ...app, settings: { ...app.settings, production: true } };
		await expect(ensureDemo(production, course)).rejects.toThrow('production');
	});
});
