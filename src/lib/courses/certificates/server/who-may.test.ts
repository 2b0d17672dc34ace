/** What is not one's to do with the certificates of a training, deed by deed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { decline } from '#lib/trainings/server/joining.ts';
import { createTraining } from '#lib/trainings/server/trainings.ts';
import { openTestApp, type TestApp } from '../../../../../tests/open-app.ts';
import {
	aFacilitator,
	anOfficer,
	aPerson,
	aTraining,
	jambiTraining,
	type Cast
} from '../../../../../tests/people.ts';
import {
	findCertificate,
	issueCertificate,
	issueToAll,
	reissueCertificate,
	revokeCertificate
} from './certificates.ts';
import { changeTerms, overrideCompletion } from './completion.ts';

let app: TestApp;
let cast: Cast;
let trainingId: string;
/** Sri's. */
let code: string;
/** Consultant for the province: follows, and does nothing. */
let maria: Actor;
let strangers: Actor[];

beforeAll(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
	trainingId = cast.training.id;
	for (const { userId } of [cast.sri, cast.budi]) {
		await overrideCompletion(app, cast.yusuf, { trainingId, userId, reason: 'Sakit' });
	}
	({ code } = await issueCertificate(app, cast.yusuf, { trainingId, userId: cast.sri.userId }));
	const scope = { kind: 'region', code: '15' } as const;
	maria = await aPerson(app, { name: 'Maria', grants: [{ role: 'consultant', scope }] });
	const other = await createTraining(app, cast.ani, { ...jambiTraining, title: 'Gel. II' });
	strangers = [await aFacilitator(app, 'Rina', other.id), await anOfficer(app, 'Wayan', '51')];
});
afterAll(() => app.close());

type Deed = (actor: Actor) => Promise<unknown>;

const ofWhoRuns: Record<string, Deed> = {
	'issue a certificate': (actor) =>
		issueCertificate(app, actor, { trainingId, userId: cast.budi.userId }),
	'issue all certificates': (actor) => issueToAll(app, actor, trainingId),
	'complete somebody': (actor) =>
		overrideCompletion(app, actor, { trainingId, userId: cast.budi.userId, reason: 'x' })
};

const terms = { attendancePercent: 0, preTest: false, postTest: false };
const ofTheOffice: Record<string, Deed> = {
	'say what is asked for': (actor) => changeTerms(app, actor, trainingId, terms),
	'revoke a certificate': (actor) => revokeCertificate(app, actor, { code, reason: 'x' }),
	'issue one anew': (actor) => reissueCertificate(app, actor, { code, reason: 'x' })
};

const turnedAway = { code: expect.stringMatching(/^(forbidden|not_found)$/) };

describe.each(Object.entries({ ...ofWhoRuns, ...ofTheOffice }))('to %s', (_name, deed) => {
	test('is not for participants, nor for who only follows or reads', async () => {
		for (const actor of [cast.sri, cast.bambang, maria]) {
			await expect(deed(actor), actor.name).rejects.toMatchObject(turnedAway);
		}
	});

	test('is impossible for those for whom the training does not exist', async () => {
		for (const actor of strangers) {
			await expect(deed(actor)).rejects.toMatchObject({ code: 'not_found' });
		}
	});
});

describe.each(Object.entries(ofTheOffice))('to %s', (_name, deed) => {
	test('is not for the facilitator', async () => {
		await expect(deed(cast.yusuf)).rejects.toMatchObject({ code: 'forbidden' });
	});
});

test('a certificate is found by its owner and by who follows the training', async () => {
	for (const actor of [cast.sri, cast.yusuf, cast.ani, maria]) {
		expect(await findCertificate(app.db.read, actor, code)).toMatchObject({ code });
	}
	for (const actor of [cast.budi, cast.bambang, ...strangers]) {
		const found = findCertificate(app.db.read, actor, code);
		await expect(found, actor.name).rejects.toMatchObject({ code: 'not_found' });
	}
});

test('whoever has completed a training and was taken out of it gets no certificate of it', async () => {
	const { userId } = cast.budi;
	await decline(app, cast.yusuf, trainingId, userId);
	const issued = issueCertificate(app, cast.yusuf, { trainingId, userId });
	await expect(issued).rejects.toMatchObject({ code: 'invalid' });
});
