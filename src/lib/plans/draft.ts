/**
 * The shared document of one plan, as everybody's phone holds it.
 *
 *     meta  Y.Map  schema                       written by the server at seeding
 *     rows  Y.Map  row id → Y.Map
 *                    pos      string            where it stands (fractional-indexing)
 *                    del      true              in the trash, with everything written in it
 *                    <field>  Y.Text            prose: both hands are kept
 *                             Y.Map option→true several choices
 *                             string | number   one choice, a number, a day: last writer wins
 *                             Y.Map id → Y.Map  steps, of the same shape as rows
 *
 * Rows are keyed and carry a position: in a Y.Array a row that two people move
 * appears twice. Every cell of prose is made together with its row: made on two
 * phones at once, one of them would vanish.
 */
import { generateKeyBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import { newId } from '#lib/platform/ids.ts';
import { fields, TEMPLATE_VERSION, type Field } from './template.ts';

export type Row = Y.Map<unknown>;
export type Rows = Y.Map<Row>;

/** Changes of text: what a person's undo takes back. */
export const TEXT = 'text';
/** Changes of rows, ticks and numbers: undone by hand, because others may have built on them. */
export const STRUCTURE = 'structure';

export const rowsOf = (doc: Y.Doc) => doc.getMap<Row>('rows');

/** The first content of a document: made once, by the server, never by a phone. */
export function seedUpdate(): Uint8Array {
	const doc = new Y.Doc();
	doc.transact(() => doc.getMap('meta').set('schema', TEMPLATE_VERSION));
	const update = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return update;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const positionOf = (row: Row) => String(row.get('pos') ?? '');

/** Same order on every phone: position first, the id decides between equal positions. */
export function inOrder(rows: Rows): [string, Row][] {
	return [...rows.entries()]
		.filter(([, row]) => row instanceof Y.Map && !row.get('del'))
		.sort(([a, x], [b, y]) => compare(positionOf(x), positionOf(y)) || compare(a, b));
}

export function inTrash(rows: Rows): [string, Row][] {
	return [...rows.entries()].filter(([, row]) => row instanceof Y.Map && row.get('del') === true);
}

export function textOf(row: Row, key: string): Y.Text | null {
	const cell = row.get(key);
	return cell instanceof Y.Text ? cell : null;
}

export function mapOf(row: Row, key: string): Y.Map<unknown> | null {
	const cell = row.get(key);
	return cell instanceof Y.Map ? cell : null;
}

export function stepsOf(row: Row): Rows | null {
	return mapOf(row, 'steps') as Rows | null;
}

/** A new activity below all others, or directly below one. Returns its id. */
export function addRow(doc: Y.Doc, after?: string): string {
	const rows = rowsOf(doc);
	const id = newId();
	doc.transact(() => {
		const row: Row = new Y.Map();
		row.set('pos', placeAfter(rows, after));
		for (const field of fields) {
			const cell = emptyCell(field);
			if (cell) row.set(field.key, cell);
		}
		rows.set(id, row);
	}, STRUCTURE);
	return id;
}

function emptyCell({ is }: Field): Y.Text | Y.Map<unknown> | null {
	if (is.kind === 'prose') return new Y.Text();
	return is.kind === 'several' || is.kind === 'steps' ? new Y.Map() : null;
}

/** A new step of an activity, at its end; null when there are enough. */
export function addStep(doc: Y.Doc, row: Row, most: number): string | null {
	const steps = stepsOf(row);
	if (!steps || inOrder(steps).length >= most) return null;
	const id = newId();
	doc.transact(() => {
		const step: Row = new Y.Map();
		step.set('pos', placeAfter(steps));
		step.set('text', new Y.Text());
		steps.set(id, step);
	}, STRUCTURE);
	return id;
}

function placeAfter(rows: Rows, after?: string): string {
	const order = inOrder(rows);
	const at = after === undefined ? order.length - 1 : order.findIndex(([id]) => id === after);
	return between(rows, order, at);
}

/** A position behind the row at `index`; -1 stands for the very beginning. */
function between(rows: Rows, order: [string, Row][], index: number): string {
	const before = order[index]?.[1];
	const behind = order[index + 1]?.[1];
	const from = before ? positionOf(before) : null;
	const to = behind ? positionOf(behind) : null;
	try {
		if (from !== null && to !== null && from >= to) throw new Error('equal positions');
		return generateKeyBetween(from, to);
	} catch {
		// Two phones put rows into the same gap, or a position is not one: lay all of them out anew.
		spread(rows, order);
		return between(rows, order, index);
	}
}

function spread(rows: Rows, order: [string, Row][]): void {
	let last: string | null = null;
	for (const [id] of order) {
		last = generateKeyBetween(last, null);
		rows.get(id)?.set('pos', last);
	}
}

/** One place up or down; nothing happens at the ends. */
export function moveRow(doc: Y.Doc, rows: Rows, id: string, by: -1 | 1): void {
	const order = inOrder(rows);
	const from = order.findIndex(([each]) => each === id);
	const to = from + by;
	const row = rows.get(id);
	if (!row || from < 0 || to < 0 || to >= order.length) return;
	doc.transact(() => {
		const others = order.filter(([each]) => each !== id);
		row.set('pos', between(rows, others, to - 1));
	}, STRUCTURE);
}

/** Into the trash: what others type in it meanwhile is kept there. */
export function deleteRow(doc: Y.Doc, rows: Rows, id: string): void {
	doc.transact(() => rows.get(id)?.set('del', true), STRUCTURE);
}

export function restoreRow(doc: Y.Doc, rows: Rows, id: string): void {
	doc.transact(() => rows.get(id)?.delete('del'), STRUCTURE);
}

export function tick(doc: Y.Doc, cell: Y.Map<unknown>, option: string, on: boolean): void {
	doc.transact(() => (on ? cell.set(option, true) : cell.delete(option)), STRUCTURE);
}

/** A number, a day, one choice: null empties it. */
export function setScalar(doc: Y.Doc, row: Row, key: string, value: string | number | null): void {
	doc.transact(() => (value === null ? row.delete(key) : row.set(key, value)), STRUCTURE);
}
