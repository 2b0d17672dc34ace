/** Writes activities into a plan's shared document as people's phones would. */
import * as Y from 'yjs';
import { addDays, type CalendarDay } from '#lib/platform/calendar.ts';
import {
	addRow,
	addStep,
	mapOf,
	rowsOf,
	setScalar,
	textOf,
	tick,
	type Row
} from '#lib/plans/draft.ts';
import { fields, type Field } from '#lib/plans/template.ts';
import { writeText } from '#lib/plans/text-binding.ts';
import type { Activity } from './activities/activity.ts';

/** One activity, and who is writing it down how far. */
export interface Writing {
	readonly activity: Activity;
	/** Whoever is in charge when the example names nobody. */
	readonly member: string;
	readonly closedOn: CalendarDay;
	/** `begun` stops in the middle of a sentence. */
	readonly extent: 'whole' | 'begun';
}

type Value = string | number | readonly string[] | Activity['steps'] | null;

export function writeActivity(doc: Y.Doc, writing: Writing): void {
	const row = rowsOf(doc).get(addRow(doc));
	if (!row) throw new Error('the activity was not added');
	const values = writing.extent === 'whole' ? wholeValues(writing) : begunValues(writing);
	for (const field of fields) writeField(doc, row, field, values[field.key] ?? null);
}

function wholeValues({ activity, member, closedOn }: Writing): Record<string, Value> {
	const { in_charge, weeks, ...rest } = activity;
	const [first, last] = weeks;
	return {
		...rest,
		in_charge: in_charge ?? member,
		starts_on: addDays(closedOn, (first - 1) * 7 + 1),
		ends_on: addDays(closedOn, last * 7)
	};
}

function begunValues({ activity }: Writing): Record<string, Value> {
	const { title, need, objective, target_groups } = activity;
	const words = objective.split(' ');
	const broken = words.slice(0, Math.ceil(words.length / 2)).join(' ');
	return { title, need, objective: broken, target_groups };
}

function writeField(doc: Y.Doc, row: Row, field: Field, value: Value): void {
	const { key, is } = field;
	if (value === null) return;
	if (is.kind === 'prose') writeCell(row, key, String(value));
	else if (is.kind === 'several') tickAll(doc, row, key, value as readonly string[]);
	else if (is.kind === 'steps') writeSteps(doc, row, value as Activity['steps'], is.most);
	else setScalar(doc, row, key, value as string | number);
}

function writeCell(row: Row, key: string, text: string): void {
	const cell = textOf(row, key);
	if (cell) writeText(cell, text);
}

function tickAll(doc: Y.Doc, row: Row, key: string, options: readonly string[]): void {
	const cell = mapOf(row, key);
	if (cell) for (const option of options) tick(doc, cell, option, true);
}

function writeSteps(doc: Y.Doc, row: Row, steps: Activity['steps'], most: number): void {
	for (const [week, text] of steps) {
		const id = addStep(doc, row, most);
		const step = id && (mapOf(row, 'steps')?.get(id) as Row | undefined); // made a line above
		if (!step) continue;
		writeCell(step, 'text', text);
		setScalar(doc, step, 'week', week);
	}
}

export interface Contribution {
	readonly userId: string;
	readonly write: (doc: Y.Doc) => void;
}

export interface WrittenUpdate {
	readonly update: Uint8Array;
	readonly clientId: number;
	readonly userId: string;
}

/** One phone after the other, each with what was written before: one update per person. */
export function contribute(
	seed: Uint8Array,
	contributions: readonly Contribution[]
): WrittenUpdate[] {
	const written: WrittenUpdate[] = [];
	for (const { userId, write } of contributions) {
		const doc = new Y.Doc();
		for (const update of [seed, ...written.map((each) => each.update)]) Y.applyUpdate(doc, update);
		const before = Y.encodeStateVector(doc);
		doc.transact(() => write(doc));
		written.push({
			update: Y.encodeStateAsUpdate(doc, before),
			clientId: doc.clientID,
			userId
		});
		doc.destroy();
	}
	return written;
}
