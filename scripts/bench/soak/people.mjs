/** Ten village teams of thirty people with three plans each, everybody signed in. */
import { openApp } from '../../../src/lib/platform/server/app.ts';
import { readSettings } from '../../../src/lib/platform/server/settings.ts';
import {
	group,
	groupMember,
	plan,
	training,
	user
} from '../../../src/lib/platform/server/db/schema/index.ts';
import { grantRole } from '../../../src/lib/people/server/grants.ts';
import { ensureRegions } from '../../../src/lib/people/server/regions.ts';
import { startSession } from '../../../src/lib/people/server/sessions.ts';
import { ensurePlans } from '../../../src/lib/plans/server/plans.ts';
import { eq } from 'drizzle-orm';

const TEAMS = 10;
const IN_TEAM = 30;
const EDITORS = 10;
const REGION = '15';

/**
 * @param {string} databaseUrl
 * @param {number} idle how many sockets are to be silent: of the same people, on another plan of theirs
 */
export async function gatherPeople(databaseUrl, idle) {
	const settings = readSettings({ DATABASE_URL: databaseUrl, COOKIE_SECURE: 'false' });
	const app = await openApp({ settings, log: () => {} });
	try {
		await ensureRegions(app);
		const trainingId = await aTraining(app);
		/** @type {string[]} */
		const plans = [];
		/** @type {string[][]} */
		const editors = [];
		/** @type {{ id: string, cookie: string }[]} */
		const places = [];
		for (let team = 0; team < TEAMS; team++) {
			const { documents, cookies } = await aTeam(app, trainingId, team);
			for (const [n, id] of documents.entries()) {
				plans.push(id);
				editors.push(cookies.slice(n * EDITORS, (n + 1) * EDITORS));
			}
			for (const id of documents) for (const cookie of cookies) places.push({ id, cookie });
		}
		const seats = Array.from({ length: idle }, (_, n) => places[(n * 7) % places.length]);
		return { plans, editors, seats };
	} finally {
		await app.close();
	}
}

/** @typedef {Awaited<ReturnType<typeof openApp>>} App */

/** @param {App} app */
async function aTraining(app) {
	const at = app.now();
	const today = /** @type {import('../../../src/lib/platform/calendar.ts').CalendarDay} */ (
		at.toISOString().slice(0, 10)
	);
	const [made] = await app.db.write((tx) =>
		tx
			.insert(training)
			.values({
				...{ title: 'Soak', place: 'Kota Jambi', regionCode: REGION, zone: 'Asia/Jakarta' },
				...{ startsOn: today, endsOn: today, planDueOn: today, feedbackOpensOn: today },
				createdAt: at
			})
			.returning()
	);
	if (!made) throw new Error('no training');
	return made.id;
}

/**
 * @param {App} app
 * @param {string} trainingId
 * @param {number} team
 */
async function aTeam(app, trainingId, team) {
	const createdAt = app.now();
	const people = await app.db.write(async (tx) => {
		const name = `Tim ${team}`;
		const [made] = await tx
			.insert(group)
			.values({ trainingId, name, regionCode: REGION, createdAt })
			.returning();
		if (!made) throw new Error('no team');
		const users = await tx
			.insert(user)
			.values(
				Array.from({ length: IN_TEAM }, (_, n) => ({
					...{ username: `orang.${team}.${n}`, name: `Orang ${n} dari tim ${team}`, createdAt }
				}))
			)
			.returning();
		const members = users.map(({ id }) => ({ groupId: made.id, userId: id, joinedAt: createdAt }));
		await tx.insert(groupMember).values(members);
		/** @type {import('../../../src/lib/people/actor.ts').Scope} */
		const scope = { kind: 'training', id: trainingId };
		for (const { id: userId } of users) {
			const at = createdAt;
			await grantRole(tx, { userId, role: 'participant', scope, grantedBy: null, at });
		}
		return { groupId: made.id, ids: users.map(({ id }) => id) };
	});
	await ensurePlans(app, people.groupId);
	const made = await app.db.read.select().from(plan).where(eq(plan.groupId, people.groupId));
	const cookies = [];
	for (const userId of people.ids) {
		const { cookie } = await startSession(app, { userId, kind: 'own_phone', userAgent: null });
		cookies.push(`${cookie.name}=${cookie.value}`);
	}
	return { documents: made.map(({ documentId }) => documentId), cookies };
}
