/**
 * The draft of a plan as a shared document (Yjs), written by several phones at once.
 *
 *   meta   Y.Map   schema, epoch, template, strategy: written by the server, once
 *   rows   Y.Map   id → activity: pos, del, and one cell per field of the template
 *
 * Every cell that merges (words, ticks, steps) is created together with its row: two phones that
 * created it later would each have their own, and one would lose. A deleted row goes to the trash
 * with whatever others are writing in it. Words are the only thing that can be undone, since undoing
 * "add an activity" would take away what others have written there.
 */
import * as Y from 'yjs';
import { newId } from '#lib/platform/ids.ts';
import { MOST_ROWS, parseActivity, type Activity, type PlanContents } from './contents.ts';
import { kindOf, type Field } from './kinds.ts';
import { allInOrder, putAt, type Item, type Items } from './ordered.ts';
import type { Strategy } from './plan.ts';
import { template, type Template } from './template.ts';

/** Raised when the shape of the document changes so that an older program would misread it. */
export const DRAFT_SCHEMA = 1;

export type Row = Item;

/** Who changed the document in a transaction: only `text` can be undone. */
export const origin = { text: 'text', structure: 'structure' } as const;

/** The first content of a plan's document. The server calls it once per plan and stores the result. */
export function seedUpdate(form: Template, strategy: Strategy): Uint8Array {
	// A fresh document each time: a client number that was used once must never write anything else.
	const doc = new Y.Doc();
	doc.transact(() => {
		const meta = doc.getMap('meta');
		meta.set('schema', DRAFT_SCHEMA);
		meta.set('epoch', 1);
		meta.set('template', form.version);
		meta.set('strategy', strategy);
	});
	const seed = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return seed;
}

/** Whether the server's seed has arrived. Before that nothing may be written. */
export function isSeeded(doc: Y.Doc): boolean {
	return doc.getMap('meta').has('schema');
}

export function rowsOf(doc: Y.Doc): Items {
	return doc.getMap('rows');
}

/** The activities in the order of every phone, without the trash. */
export function inOrder(rows: Items): [string, Row][] {
	return allInOrder(rows).filter(([, row]) => !isDeleted(row));
}

export function inTrash(rows: Items): [string, Row][] {
	return allInOrder(rows).filter(([, row]) => isDeleted(row));
}

const isDeleted = (row: Row) => row.get('del') === true;

/** Adds an empty activity at the end. Null when the plan has as many as the form allows. */
export function addRow(doc: Y.Doc, id: string = newId()): string | null {
	const rows = rowsOf(doc);
	const others = inOrder(rows);
	if (others.length >= template.maxRows) return null;
	doc.transact(() => {
		const row = newRow(template.fields);
		rows.set(id, row);
		putAt(row, others, others.length);
	}, origin.structure);
	return id;
}

function newRow(fields: readonly Field[]): Row {
	const row = new Y.Map<unknown>();
	for (const field of fields) {
		const { cell } = kindOf(field);
		if (cell === 'text') row.set(field.key, new Y.Text());
		if (cell === 'set' || cell === 'list') row.set(field.key, new Y.Map());
	}
	return row;
}

/** One place up (-1) or down (1). At the end of the list nothing happens. */
export function moveRow(doc: Y.Doc, id: string, by: -1 | 1): void {
	moveIn(doc, inOrder(rowsOf(doc)), id, by);
}

function moveIn(doc: Y.Doc, ordered: [string, Item][], id: string, by: -1 | 1): void {
	const from = ordered.findIndex(([key]) => key === id);
	const moved = ordered[from];
	const to = from + by;
	if (!moved || to < 0 || to >= ordered.length) return;
	const others = ordered.filter(([key]) => key !== id);
	doc.transact(() => putAt(moved[1], others, to), origin.structure);
}

/** To the trash: what others are writing in it stays, and it can be brought back. */
export function deleteRow(doc: Y.Doc, id: string): void {
	const row = rowsOf(doc).get(id);
	if (row instanceof Y.Map) doc.transact(() => row.set('del', true), origin.structure);
}

export function restoreRow(doc: Y.Doc, id: string): void {
	const row = rowsOf(doc).get(id);
	if (row instanceof Y.Map) doc.transact(() => row.delete('del'), origin.structure);
}

/** The words of a cell; null in a row that an older program made without it. */
export function textCell(row: Item, key: string): Y.Text | null {
	const cell = row.get(key);
	return cell instanceof Y.Text ? cell : null;
}

/** The ticks or the steps of a cell. */
export function mapCell(row: Item, key: string): Items | null {
	const cell = row.get(key);
	return cell instanceof Y.Map ? cell : null;
}

/** A plain value: the last writer's stays, so only for days, numbers and choices of one. */
export function setValue(row: Item, key: string, value: string | number | null): void {
	if ((row.get(key) ?? null) === value) return;
	inTransaction(row, () => (value === null ? row.delete(key) : row.set(key, value)));
}

export function tick(row: Item, key: string, option: string, ticked: boolean): void {
	const cell = mapCell(row, key);
	if (!cell) return;
	inTransaction(cell, () => (ticked ? cell.set(option, true) : cell.delete(option)));
}

/** Adds an empty step at the end. Null when there are as many as the field allows. */
export function addStep(steps: Items, max: number, id: string = newId()): string | null {
	const others = allInOrder(steps);
	if (others.length >= max) return null;
	inTransaction(steps, () => {
		const step = new Y.Map<unknown>([['text', new Y.Text()]]);
		steps.set(id, step);
		putAt(step, others, others.length);
	});
	return id;
}

export function moveStep(steps: Items, id: string, by: -1 | 1): void {
	if (steps.doc) moveIn(steps.doc, allInOrder(steps), id, by);
}

export function removeStep(steps: Items, id: string): void {
	inTransaction(steps, () => steps.delete(id));
}

function inTransaction(type: Item, change: () => void): void {
	if (type.doc) type.doc.transact(change, origin.structure);
	else change();
}

/** Takes back what was written here, letter by letter; what others wrote stays. */
export function undoOfWords(doc: Y.Doc): Y.UndoManager {
	return new Y.UndoManager(rowsOf(doc), { trackedOrigins: new Set([origin.text]) });
}

/** Plain values through the template: what a phone invented does not come out. */
export function readRows(doc: Y.Doc): Activity[] {
	return inOrder(rowsOf(doc))
		.slice(0, MOST_ROWS)
		.map(([id, row]) => readRow(id, row))
		.filter((row) => row !== null);
}

export function readRow(id: string, row: Row): Activity | null {
	const cells = template.fields.map((field) => [field.key, plain(row.get(field.key), field)]);
	return parseActivity(id, Object.fromEntries(cells));
}

function plain(cell: unknown, field: Field): unknown {
	const { cell: shape } = kindOf(field);
	if (shape === 'value') return cell;
	if (shape === 'text') return cell instanceof Y.Text ? wordsOf(cell) : '';
	if (!(cell instanceof Y.Map)) return [];
	if (shape === 'set') return [...cell.entries()].filter(([, on]) => on === true).map(([key]) => key);
	return allInOrder(cell).map(([id, step]) => {
		const text = step.get('text');
		return { id, text: text instanceof Y.Text ? wordsOf(text) : '', week: step.get('week') };
	});
}

/** Letters only: neither marks nor pictures that a phone put between them. */
const wordsOf = (text: Y.Text): string => String(text.toString());

export function contentsOf(doc: Y.Doc): PlanContents {
	return { template: template.version, rows: readRows(doc) };
}
