import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { document, documentUpdate, plan } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { actorFor, aFacilitator, anOfficer, aTraining } from '../../../../tests/people.ts';
import { addRow, rowsOf, textOf } from '../draft.ts';
import { requiredFields } from '../template.ts';
import { documentRight } from './document-right.ts';
import { ensurePlans, findPlan, plansOfGroup } from './plans.ts';
import { readPlan } from './reading.ts';
import { returnPlan, submitPlan } from './submission.ts';

let app: TestApp;
let sri: Actor;
let budi: Actor;
let planId: string;
let documentId: string;
let trainingId: string;

beforeEach(async () => {
	app = await openTestApp();
	const made = await aTraining(app);
	trainingId = made.training.id;
	({ sri, budi } = made);
	for (const actor of [sri, budi]) await ensurePlans(app, actor.groupIds[0] ?? '');
	const [first] = await plansOfGroup(app, sri, sri.groupIds[0] ?? '');
	if (!first) throw new Error('no plan was made');
	({ id: planId, documentId } = first);
});
afterEach(() => app.close());

/** Adds an activity that has everything it must have, as a phone would. */
async function fillIn(title = 'Pojok Pertanian', actor = sri): Promise<void> {
	const doc = new Y.Doc();
	const stored = await app.documents.read(documentId);
	for (const { update } of stored?.updates ?? []) Y.applyUpdate(doc, update);
	const before = Y.encodeStateVector(doc);
	const row = rowsOf(doc).get(addRow(doc));
	for (const { key } of requiredFields)
		if (row) textOf(row, key)?.insert(0, key === 'title' ? title : 'ada');
	const update = Y.encodeStateAsUpdate(doc, before);
	const authors = [{ clientId: doc.clientID, userId: actor.userId }];
	await app.documents.append([{ documentId, update, authors }], app.now());
}

describe('a group’s plans', () => {
	test('are three, seeded once, however many ask at the same time', async () => {
		const groupId = sri.groupIds[0] ?? '';
		await Promise.all(Array.from({ length: 20 }, () => ensurePlans(app, groupId)));
		const plans = await plansOfGroup(app, sri, groupId);
		expect(plans.map((each) => each.strategy)).toEqual([
			'layanan_informasi',
			'pelibatan_masyarakat',
			'advokasi'
		]);
		expect(await app.db.read.$count(document)).toBe(await app.db.read.$count(plan));
	});

	test('are hidden from other groups, not merely forbidden', async () => {
		await expect(findPlan(app, budi, planId)).rejects.toMatchObject({ code: 'not_found' });
		await expect(readPlan(app, budi, planId)).rejects.toMatchObject({ code: 'not_found' });
		await expect(submitPlan(app, budi, planId)).rejects.toMatchObject({ code: 'not_found' });
		expect(await documentRight(app, budi, documentId)).toBeNull();
		expect(await plansOfGroup(app, budi, sri.groupIds[0] ?? '')).toEqual([]);
	});

	test('do not exist for an officer of another province', async () => {
		const other = await anOfficer(app, 'Made Wijaya', '51');
		await expect(findPlan(app, other, planId)).rejects.toMatchObject({ code: 'not_found' });
		const own = await anOfficer(app, 'Drs. Amril', '15');
		expect(await documentRight(app, own, documentId)).toBe('read');
	});

	test('may be written by the group and its facilitator, and by nobody without an account there', async () => {
		const teacher = await aFacilitator(app, 'Nurhayati', trainingId);
		expect(await documentRight(app, sri, documentId)).toBe('write');
		expect(await documentRight(app, teacher, documentId)).toBe('write');
		expect(await documentRight(app, { ...sri, grants: [] }, documentId)).toBeNull();
	});
});

describe('a draft of which part cannot be read any more', () => {
	beforeEach(async () => {
		await fillIn('Masih ada');
		await fillIn('Rusak');
		await app.db.write((tx) =>
			tx
				.update(documentUpdate)
				.set({ update: new Uint8Array([9, 255]) })
				.where(and(eq(documentUpdate.documentId, documentId), eq(documentUpdate.seq, 3)))
		);
	});

	test('is shown as far as it is whole, with a word about it', async () => {
		const { contents, isDamaged } = await readPlan(app, sri, planId);
		expect(isDamaged).toBe(true);
		expect(contents.activities.map(({ values }) => values.title)).toEqual(['Masih ada']);
	});

	test('[QUA2] cannot be handed in', async () => {
		await expect(submitPlan(app, sri, planId)).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'plans_refused_damaged'
		});
	});
});

describe('handing a plan in', () => {
	test('happens only once, even from two phones', async () => {
		await fillIn();
		const twice = await Promise.allSettled([
			submitPlan(app, sri, planId),
			submitPlan(app, sri, planId)
		]);
		expect(twice.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	test('freezes it for everybody', async () => {
		await fillIn();
		await submitPlan(app, sri, planId);
		expect(await documentRight(app, await actorFor(app, sri.userId), documentId)).toBe('read');
		await expect(fillIn('Ditulis sesudah diajukan')).rejects.toMatchObject({ code: 'closed' });
		const { contents } = await readPlan(app, sri, planId);
		expect(contents.activities.map((activity) => activity.values.title)).toEqual([
			'Pojok Pertanian'
		]);
	});

	test('hands in everything that was acknowledged, also in the same moment', async () => {
		await fillIn('Mula-mula');
		const writing = ['Sebelum', 'Ketika', 'Sesudah'].map((title) => fillIn(title));
		const submitting = submitPlan(app, sri, planId);
		writing.push(fillIn('Terlambat'));
		await submitting;
		const acknowledged = (await Promise.allSettled(writing)).filter(
			({ status }) => status === 'fulfilled'
		);
		const { contents } = await readPlan(app, sri, planId);
		expect(contents.activities).toHaveLength(1 + acknowledged.length);
	});

	test('that is refused leaves it open', async () => {
		await expect(submitPlan(app, sri, planId)).rejects.toMatchObject({ code: 'invalid' });
		await expect(fillIn()).resolves.toBeUndefined();
	});

	test('is announced once, after it is stored', async () => {
		const heard: string[] = [];
		app.events.on('plan.submitted', (news) => heard.push(news.documentId));
		await fillIn();
		await submitPlan(app, sri, planId);
		await submitPlan(app, sri, planId).catch(() => {});
		expect(heard).toEqual([documentId]);
	});

	test('is refused while there is no activity, or one lacks what it must have', async () => {
		await expect(submitPlan(app, sri, planId)).rejects.toMatchObject({
			messageKey: 'plans_refused_empty'
		});
		const doc = new Y.Doc();
		addRow(doc);
		const update = Y.encodeStateAsUpdate(doc);
		const authors = [{ clientId: doc.clientID, userId: sri.userId }];
		await app.documents.append([{ documentId, update, authors }], app.now());
		await expect(submitPlan(app, sri, planId)).rejects.toMatchObject({
			messageKey: 'plans_refused_incomplete',
			details: { activity: 1 }
		});
	});

	test('keeps the deadline of the training', async () => {
		await fillIn();
		const { dueOn } = await submitPlan(app, sri, planId);
		expect(dueOn).toBe((await findPlan(app, sri, planId)).dueOn);
	});
});

describe('sending a plan back', () => {
	test('opens it as the next version, with the note', async () => {
		const teacher = await aFacilitator(app, 'Nurhayati', trainingId);
		await fillIn();
		await submitPlan(app, sri, planId);
		await returnPlan(app, teacher, planId, 'Mohon tambahkan angka target.');
		const { plan: opened, note } = await readPlan(app, sri, planId);
		expect(opened).toMatchObject({ state: 'returned', version: 2, submittedAt: null });
		expect(note).toBe('Mohon tambahkan angka target.');
		expect(await documentRight(app, sri, documentId)).toBe('write');
		await fillIn('Angka target');
		await submitPlan(app, sri, planId);
		expect((await findPlan(app, sri, planId)).version).toBe(2);
	});

	test('needs a note, a submitted plan and somebody who may', async () => {
		const teacher = await aFacilitator(app, 'Nurhayati', trainingId);
		await fillIn();
		await expect(returnPlan(app, teacher, planId, 'x')).rejects.toMatchObject({ code: 'closed' });
		await submitPlan(app, sri, planId);
		await expect(returnPlan(app, sri, planId, 'x')).rejects.toMatchObject({ code: 'forbidden' });
		await expect(returnPlan(app, teacher, planId, '  ')).rejects.toMatchObject({ code: 'invalid' });
	});
});
