/** What two or more phones do to one plan at once. Each test is a way in which such documents were seen to lose work. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { contentsOf, lateIn, missingIn } from './contents.ts';
import {
	addRow,
	addStep,
	deleteRow,
	inOrder,
	inTrash,
	mapOf,
	moveRow,
	restoreRow,
	rowsOf,
	seedUpdate,
	setScalar,
	stepsOf,
	textOf,
	tick,
	TEXT,
	type Row
} from './draft.ts';
import { writeText } from './text-binding.ts';

const seed = seedUpdate();

function phone(from: Uint8Array = seed): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, from);
	return doc;
}

/** Both tell each other everything, until nothing is new. */
function meet(a: Y.Doc, b: Y.Doc): void {
	for (let round = 0; round < 2; round++) {
		Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
		Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
	}
}

function pair(prepare: (doc: Y.Doc) => void): [Y.Doc, Y.Doc] {
	const first = phone();
	prepare(first);
	return [first, phone(Y.encodeStateAsUpdate(first))];
}

const orderOf = (doc: Y.Doc) => inOrder(rowsOf(doc)).map(([id]) => id);
function rowOf(doc: Y.Doc, id: string): Row {
	const row = rowsOf(doc).get(id);
	if (!row) throw new Error('no such row');
	return row;
}
function write(doc: Y.Doc, id: string, key: string, text: string): void {
	const cell = textOf(rowOf(doc, id), key);
	if (!cell) throw new Error('no such cell');
	writeText(cell, text);
}
const textAt = (doc: Y.Doc, id: string, key: string) => textOf(rowOf(doc, id), key)?.toString();

describe('two phones and one plan', () => {
	test('a row that both move stands once, at the same place for both', () => {
		const [sri, dodi] = pair((doc) => ['a', 'b', 'c'].forEach(() => addRow(doc)));
		const [, middle = ''] = orderOf(sri);
		moveRow(sri, rowsOf(sri), middle, -1);
		moveRow(dodi, rowsOf(dodi), middle, 1);
		meet(sri, dodi);
		expect(orderOf(sri)).toEqual(orderOf(dodi));
		expect(orderOf(sri).filter((id) => id === middle)).toHaveLength(1);
	});

	test('what one writes in a row that the other moves is kept', () => {
		const [sri, dodi] = pair((doc) => ['a', 'b'].forEach(() => addRow(doc)));
		const [first = ''] = orderOf(sri);
		moveRow(sri, rowsOf(sri), first, 1);
		write(dodi, first, 'title', 'Pojok Pertanian');
		meet(sri, dodi);
		expect(textAt(sri, first, 'title')).toBe('Pojok Pertanian');
	});

	test('rows that both put into one gap stand in one order, and another fits between them', () => {
		const [sri, dodi] = pair((doc) => ['a', 'b'].forEach(() => addRow(doc)));
		const [top = ''] = orderOf(sri);
		const hers = addRow(sri, top);
		const his = addRow(dodi, top);
		meet(sri, dodi);
		expect(orderOf(sri)).toEqual(orderOf(dodi));
		const [, upper = ''] = orderOf(sri);
		const between = addRow(sri, upper);
		expect(orderOf(sri).indexOf(between)).toBe(2);
		expect(orderOf(sri)).toEqual(expect.arrayContaining([hers, his]));
		meet(sri, dodi);
		expect(orderOf(dodi)).toEqual(orderOf(sri));
	});

	test.each([-1, 1] as const)(
		'rows with one and the same position can still be moved by %i',
		(by) => {
			const doc = phone();
			for (let n = 0; n < 3; n++) addRow(doc);
			for (const [, row] of inOrder(rowsOf(doc))) setScalar(doc, row, 'pos', 'a0');
			const before = orderOf(doc);
			const [first = '', middle = '', last = ''] = before;
			moveRow(doc, rowsOf(doc), middle, by);
			expect(orderOf(doc)).toEqual(by < 0 ? [middle, first, last] : [first, last, middle]);
		}
	);

	test('what one writes in a row that the other deletes survives in the trash', () => {
		const [sri, dodi] = pair((doc) => addRow(doc));
		const [id = ''] = orderOf(sri);
		deleteRow(sri, rowsOf(sri), id);
		write(dodi, id, 'objective', 'petani mendapat informasi');
		meet(sri, dodi);
		expect(orderOf(dodi)).toEqual([]);
		expect(inTrash(rowsOf(sri))).toHaveLength(1);
		restoreRow(dodi, rowsOf(dodi), id);
		meet(sri, dodi);
		expect(textAt(sri, id, 'objective')).toBe('petani mendapat informasi');
	});

	test('both hands are kept when they write in one field at the same moment', () => {
		const [sri, dodi] = pair((doc) => write(doc, addRow(doc), 'title', 'Kelas'));
		const [id = ''] = orderOf(sri);
		write(sri, id, 'title', 'Kelas memasak');
		write(dodi, id, 'title', 'Ayo: Kelas');
		meet(sri, dodi);
		expect(textAt(sri, id, 'title')).toBe('Ayo: Kelas memasak');
		expect(textAt(dodi, id, 'title')).toBe('Ayo: Kelas memasak');
	});

	test('every cell of prose is there as soon as its row is, so none is made twice', () => {
		const [sri, dodi] = pair((doc) => addRow(doc));
		const [id = ''] = orderOf(sri);
		for (const key of ['need', 'risk', 'materials']) write(sri, id, key, 'dari Sri');
		for (const key of ['need', 'risk', 'materials']) write(dodi, id, key, 'dari Dodi');
		meet(sri, dodi);
		for (const key of ['need', 'risk', 'materials']) {
			expect(textAt(sri, id, key)).toContain('dari Sri');
			expect(textAt(sri, id, key)).toContain('dari Dodi');
		}
	});

	test('boxes that both tick are all ticked', () => {
		const [sri, dodi] = pair((doc) => addRow(doc));
		const [id = ''] = orderOf(sri);
		for (const [doc, option] of [
			[sri, 'anak'],
			[dodi, 'lansia']
		] as const) {
			const cell = mapOf(rowOf(doc, id), 'target_groups');
			if (cell) tick(doc, cell, option, true);
		}
		meet(sri, dodi);
		expect(contentsOf(sri).activities[0]?.values.target_groups).toEqual(['anak', 'lansia']);
	});

	test('of two days set at once one stands, the same on both phones', () => {
		const [sri, dodi] = pair((doc) => addRow(doc));
		const [id = ''] = orderOf(sri);
		setScalar(sri, rowOf(sri, id), 'ends_on', '2026-06-01');
		setScalar(dodi, rowOf(dodi, id), 'ends_on', '2026-06-02');
		meet(sri, dodi);
		const [a, b] = [sri, dodi].map((doc) => contentsOf(doc).activities[0]?.values.ends_on);
		expect(a).toBe(b);
		expect(['2026-06-01', '2026-06-02']).toContain(a);
	});

	test('taking back one’s own typing leaves what the other wrote in the new row', () => {
		const [sri, dodi] = pair(() => {});
		const undo = new Y.UndoManager(rowsOf(sri), { trackedOrigins: new Set([TEXT]) });
		const id = addRow(sri);
		write(sri, id, 'title', 'Kelas memasak');
		meet(sri, dodi);
		write(dodi, id, 'objective', 'lima ibu berjualan');
		meet(sri, dodi);
		while (undo.canUndo()) undo.undo();
		meet(sri, dodi);
		expect(textAt(dodi, id, 'objective')).toBe('lima ibu berjualan');
		expect(textAt(dodi, id, 'title')).toBe('');
	});

	test('steps keep their order and their number', () => {
		const doc = phone();
		const row = rowOf(doc, addRow(doc));
		for (let n = 0; n < 12; n++) addStep(doc, row, 10);
		const steps = stepsOf(row);
		expect(steps && inOrder(steps)).toHaveLength(10);
	});

	test('rows at the ends stay where they are when moved further', () => {
		const doc = phone();
		const first = addRow(doc);
		const second = addRow(doc);
		moveRow(doc, rowsOf(doc), first, -1);
		moveRow(doc, rowsOf(doc), second, 1);
		expect(orderOf(doc)).toEqual([first, second]);
	});
});

describe('a plan as plain data', () => {
	test('takes only what the template knows, cut where it ends', () => {
		const doc = phone();
		const id = addRow(doc);
		const row = rowOf(doc, id);
		write(doc, id, 'title', 'x'.repeat(500));
		setScalar(doc, row, 'cost', -5);
		setScalar(doc, row, 'fund', 'judi');
		setScalar(doc, row, 'starts_on', '2026-02-31');
		setScalar(doc, row, '__proto__', 'admin');
		const [activity] = contentsOf(doc).activities;
		expect(activity?.values.title).toHaveLength(120);
		expect(activity?.values).toMatchObject({ cost: null, fund: null, starts_on: null });
		expect(Object.keys(activity?.values ?? {})).not.toContain('__proto__');
	});

	test('survives a document in which a phone has put nonsense', () => {
		const doc = phone();
		doc.getMap('rows').set('bad', 'not a row');
		const row = new Y.Map<unknown>();
		row.set('title', { deep: ['x'] });
		row.set('steps', 7);
		doc.getMap('rows').set('odd', row);
		expect(contentsOf(doc).activities).toHaveLength(1);
		expect(contentsOf(doc).activities[0]?.values).toMatchObject({ title: '', steps: [] });
	});

	test('names what an activity lacks, and warns of an end after the deadline', () => {
		const doc = phone();
		const id = addRow(doc);
		write(doc, id, 'title', 'Pojok Pertanian');
		setScalar(doc, rowOf(doc, id), 'ends_on', '2026-07-01');
		const contents = contentsOf(doc);
		expect(missingIn(contents)).toEqual([
			{ activity: 1, fields: ['objective', 'indicator', 'in_charge'] }
		]);
		expect(lateIn(contents, '2026-06-22')).toEqual([1]);
	});

	test('twenty-four rows by twenty-five authors stay below sixty kilobytes', () => {
		const docs = Array.from({ length: 25 }, () => phone());
		const [first] = docs as [Y.Doc, ...Y.Doc[]];
		for (let n = 0; n < 24; n++) {
			const doc = docs[n % docs.length] ?? first;
			write(doc, addRow(doc), 'objective', 'Warga mudah menemukan buku yang dicari. '.repeat(8));
		}
		for (const doc of docs) meet(first, doc);
		expect(Y.encodeStateAsUpdate(first).byteLength).toBeLessThan(60_000);
	});
});
