import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { noteOperation } from '#lib/platform/server/db/schema/index.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { aPerson } from '../../../../tests/people.ts';
import { LONGEST_NOTE } from '../note.ts';
import {
	dropOldNoteOperations,
	dropSetAside,
	notebookOf,
	notesOn,
	saveNote,
	takeSetAside,
	type NoteChange
} from './notebook.ts';

const KEY = 'pelajaran/konsep-transformasi/apa-itu-inklusi-sosial';
const SHEET = 'alat/cek-akses';

let app: TestApp;
let clock: Date;
let sri: Actor;

beforeEach(async () => {
	clock = new Date('2026-05-22T03:00:00Z');
	app = await openTestApp({ now: () => clock });
	sri = await aPerson(app, { name: 'Sri' });
});
afterEach(() => app.close());

let operations = 0;
const save = (change: Partial<NoteChange>, who: Actor | null = sri) =>
	saveNote(app, who, {
		key: KEY,
		text: 'Tangga di depan pintu.',
		base: 0,
		operationId: `op${++operations}`,
		...change
	});
const noteOf = async (who: Actor, key: string) => {
	const [note] = await notesOn(app, who, [key]);
	if (!note) throw new Error('no note');
	return note;
};
const later = (minutes: number) => (clock = new Date(clock.getTime() + minutes * 60_000));

test('a note changes nothing in a note of somebody else on the same lesson', async () => {
	const budi = await aPerson(app, { name: 'Budi' });
	await save({});
	await save({ text: 'Tidak ada listrik.' }, budi);
	expect(await noteOf(sri, KEY)).toMatchObject({ text: 'Tangga di depan pintu.', revision: 1 });
	expect(await noteOf(budi, KEY)).toMatchObject({ text: 'Tidak ada listrik.', revision: 1 });
});

describe('a note', () => {
	test('is read again as it was written', async () => {
		expect(await noteOf(sri, KEY)).toMatchObject({ text: '', revision: 0, updatedAt: null });
		expect(await save({ text: 'Tangga,\r\ndan jarak. \n' })).toEqual({
			revision: 1,
			setAside: false
		});
		expect(await noteOf(sri, KEY)).toEqual({
			key: KEY,
			text: 'Tangga,\ndan jarak.',
			revision: 1,
			updatedAt: clock,
			setAside: []
		});
		expect(await save({ text: 'Tangga.', base: 1 })).toMatchObject({ revision: 2 });
		expect(await notebookOf(app, sri)).toMatchObject([{ key: KEY, text: 'Tangga.' }]);
	});

	test('is its owner’s alone, whatever others are', async () => {
		await save({});
		for (const role of ['admin', 'reviewer', 'officer', 'facilitator'] as const) {
			const other = await aPerson(app, {
				name: `Somebody ${role}`,
				grants: [{ role, scope: { kind: 'nation' } }]
			});
			expect(await notebookOf(app, other)).toEqual([]);
			expect(await noteOf(other, KEY)).toMatchObject({ text: '' });
		}
		await expect(notebookOf(app, null)).rejects.toMatchObject({ code: 'unauthenticated' });
		await expect(save({}, null)).rejects.toMatchObject({ code: 'unauthenticated' });
	});

	test('that arrives twice counts once, also after it was changed', async () => {
		const change = { text: 'satu', operationId: 'from the phone' };
		expect(await save(change)).toEqual({ revision: 1, setAside: false });
		await save({ text: 'dua', base: 1 });
		expect(await save(change)).toEqual({ revision: 1, setAside: false });
		expect(await noteOf(sri, KEY)).toMatchObject({ text: 'dua', setAside: [] });
	});

	test('that went back to its form and was changed is another one', async () => {
		await save({ text: 'satu', operationId: 'sheet' });
		await save({ text: 'satu setengah', base: 1, operationId: 'sheet' });
		expect(await noteOf(sri, KEY)).toMatchObject({ text: 'satu setengah', revision: 2 });
	});

	test('that changes nothing makes no new revision', async () => {
		await save({});
		expect(await save({ base: 1 })).toEqual({ revision: 1, setAside: false });
		expect(await save({ text: '', key: SHEET })).toEqual({ revision: 0, setAside: false });
		expect(await notebookOf(app, sri)).toHaveLength(1);
	});

	test('that was emptied leaves the notebook', async () => {
		await save({});
		await save({ text: ' \n', base: 1 });
		expect(await notebookOf(app, sri)).toEqual([]);
		expect(await save({ text: 'lagi', base: 0 })).toEqual({ revision: 3, setAside: false });
	});
});

describe('two devices that wrote from the same revision', () => {
	test('lose nothing: the later one stands, the other is set aside', async () => {
		await save({ text: 'bersama' });
		later(1);
		await save({ text: 'dari laptop', base: 1 });
		const writtenAt = clock;
		later(1);
		expect(await save({ text: 'dari HP', base: 1 })).toEqual({ revision: 3, setAside: true });
		expect(await noteOf(sri, KEY)).toMatchObject({
			text: 'dari HP',
			setAside: [{ revision: 2, text: 'dari laptop', writtenAt }]
		});
	});

	test('writing at the same moment leave both texts', async () => {
		await Promise.all([save({ text: 'dari laptop' }), save({ text: 'dari HP' })]);
		const { text, setAside } = await noteOf(sri, KEY);
		expect([text, ...setAside.map((version) => version.text)].sort()).toEqual([
			'dari HP',
			'dari laptop'
		]);
	});

	test('and a version that was looked at may go, more than once', async () => {
		await save({ text: 'dari laptop' });
		await save({ text: 'dari HP' });
		const budi = await aPerson(app, { name: 'Budi' });
		await dropSetAside(app, budi, { key: KEY, revision: 1 });
		expect((await noteOf(sri, KEY)).setAside).toHaveLength(1);
		await dropSetAside(app, sri, { key: KEY, revision: 1 });
		await dropSetAside(app, sri, { key: KEY, revision: 1 });
		expect(await noteOf(sri, KEY)).toMatchObject({ text: 'dari HP', setAside: [] });
	});

	test('may be exchanged, and back again', async () => {
		await save({ text: 'dari laptop' });
		await save({ text: 'dari HP' });
		await takeSetAside(app, sri, { key: KEY, revision: 1 });
		await takeSetAside(app, sri, { key: KEY, revision: 1 });
		expect(await noteOf(sri, KEY)).toMatchObject({
			text: 'dari laptop',
			revision: 3,
			setAside: [{ revision: 2, text: 'dari HP' }]
		});
		await takeSetAside(app, sri, { key: KEY, revision: 2 });
		expect(await noteOf(sri, KEY)).toMatchObject({
			text: 'dari HP',
			setAside: [{ revision: 3, text: 'dari laptop' }]
		});
	});

	test('stay in the notebook while one version waits, also when the note is empty', async () => {
		await save({ text: 'dari laptop' });
		await save({ text: '', base: 0 });
		expect(await notebookOf(app, sri)).toMatchObject([
			{ text: '', setAside: [{ text: 'dari laptop' }] }
		]);
	});
});

describe('a notebook has limits, and says so', () => {
	test('a text longer than ten pages is not taken', async () => {
		await save({ text: 'x'.repeat(LONGEST_NOTE) });
		await expect(save({ text: 'y'.repeat(LONGEST_NOTE + 1), base: 1 })).rejects.toMatchObject({
			code: 'too_large',
			messageKey: 'courses_refused_note_too_long'
		});
		expect(await noteOf(sri, KEY)).toMatchObject({ revision: 1 });
	});

	test.each(['', 'pelajaran/x', 'alat/../x', 'alat/x/y', 'catatan/x', `alat/${'x'.repeat(300)}`])(
		'a note on "%s" is none',
		async (key) => {
			await expect(save({ key })).rejects.toMatchObject({ code: 'invalid' });
		}
	);

	test('three hundred notes are enough', async () => {
		for (let n = 0; n < 300; n++) await save({ key: `alat/lembar-${n}` });
		await expect(save({})).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'courses_refused_too_many_notes'
		});
		expect(await save({ key: 'alat/lembar-0', text: 'lain', base: 1 })).toMatchObject({
			revision: 2
		});
	});

	test('twenty versions wait; then somebody has to look at them', async () => {
		for (let n = 0; n <= 20; n++) await save({ text: `versi ${n}` });
		await expect(save({ text: 'satu lagi' })).rejects.toMatchObject({
			code: 'closed',
			messageKey: 'courses_refused_note_versions'
		});
		expect(await noteOf(sri, KEY)).toMatchObject({ text: 'versi 20' });
	});

	test('operations that no phone will send again are forgotten after two months', async () => {
		await save({});
		later(59 * 24 * 60);
		await dropOldNoteOperations(app);
		expect(await app.db.read.select().from(noteOperation)).toHaveLength(1);
		later(2 * 24 * 60);
		await dropOldNoteOperations(app);
		expect(await app.db.read.select().from(noteOperation)).toEqual([]);
	});
});
