/**
 * A plan as plain data: what is submitted, printed, and shown to readers. Read
 * through the template, never copied: whatever else a phone has put into the
 * document stays behind, and texts are cut where the template ends them.
 */
import type * as Y from 'yjs';
import { parseDay } from '#lib/platform/calendar.ts';
import { clean } from '#lib/platform/text.ts';
import { inOrder, mapOf, rowsOf, stepsOf, textOf, type Row } from './draft.ts';
import { fields, requiredFields, TEMPLATE_VERSION, type Field } from './template.ts';

export interface Step {
	readonly text: string;
	/** Week 1 to 4, or null. */
	readonly week: number | null;
}

export type Value = string | number | null | readonly string[] | readonly Step[];

export interface Activity {
	readonly id: string;
	readonly values: Readonly<Record<string, Value>>;
}

export interface PlanContents {
	readonly templateVersion: number;
	readonly activities: readonly Activity[];
}

/** More than anybody can carry out in a month; what a phone adds beyond is not read. */
const MOST_ACTIVITIES = 100;

export function contentsOf(doc: Y.Doc): PlanContents {
	const activities = inOrder(rowsOf(doc))
		.slice(0, MOST_ACTIVITIES)
		.map(([id, row]) => ({ id, values: contentsOfRow(row) }));
	return { templateVersion: TEMPLATE_VERSION, activities };
}

/** The values of one activity, read through the template. */
export function contentsOfRow(row: Row): Record<string, Value> {
	return Object.fromEntries(fields.map((field) => [field.key, valueOf(row, field)]));
}

function valueOf(row: Row, { key, is }: Field): Value {
	switch (is.kind) {
		case 'prose':
			return prose(textOf(row, key), is.max);
		case 'several': {
			const ticked = mapOf(row, key);
			return is.options.filter((option) => ticked?.get(option) === true);
		}
		case 'one': {
			const chosen = row.get(key);
			return is.options.find((option) => option === chosen) ?? null;
		}
		case 'number':
			return wholeNumber(row.get(key), is.max);
		case 'day': {
			const day = row.get(key);
			return typeof day === 'string' ? parseDay(day) : null;
		}
		case 'steps':
			return steps(row, is.most, is.weeks);
	}
}

function prose(cell: Y.Text | null, max: number): string {
	const text = clean(cell?.toString() ?? '').trim();
	return [...text].slice(0, max).join('');
}

function wholeNumber(value: unknown, max: number): number | null {
	const inBounds = typeof value === 'number' && Number.isInteger(value) && value >= 0;
	return inBounds && value <= max ? value : null;
}

const STEP_LENGTH = 200;

function steps(row: Row, most: number, weeks: number): Step[] {
	const held = stepsOf(row);
	if (!held) return [];
	return inOrder(held)
		.slice(0, most)
		.map(([, step]) => {
			const week = wholeNumber(step.get('week'), weeks);
			return { text: prose(textOf(step, 'text'), STEP_LENGTH), week: week === 0 ? null : week };
		})
		.filter((step) => step.text !== '');
}

export function isEmpty(value: Value): boolean {
	return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What an activity still lacks before the plan can be handed in. */
export interface Missing {
	/** From 1, as people count. */
	readonly activity: number;
	readonly fields: readonly string[];
}

export function missingIn({ activities }: PlanContents): Missing[] {
	return activities
		.map(({ values }, index) => ({
			activity: index + 1,
			fields: requiredFields
				.filter((field) => isEmpty(values[field.key] ?? null))
				.map((field) => field.key)
		}))
		.filter((missing) => missing.fields.length > 0);
}

/**
 * What would be cut off if the plan were handed in as it is: two people typing
 * at once can pass a limit that neither has passed. In the same shape as what
 * is missing.
 */
export function tooLongIn(doc: Y.Doc): Missing[] {
	return inOrder(rowsOf(doc))
		.map(([, row], index) => ({
			activity: index + 1,
			fields: fields.filter((field) => isTooLong(row, field)).map((field) => field.key)
		}))
		.filter((long) => long.fields.length > 0);
}

function isTooLong(row: Row, { key, is }: Field): boolean {
	if (is.kind === 'prose') return lengthOf(textOf(row, key)) > is.max;
	if (is.kind !== 'steps') return false;
	const held = stepsOf(row);
	const order = held ? inOrder(held) : [];
	return (
		order.length > is.most || order.some(([, step]) => lengthOf(textOf(step, 'text')) > STEP_LENGTH)
	);
}

const lengthOf = (cell: Y.Text | null) => [...clean(cell?.toString() ?? '').trim()].length;

/** Activities that end after the day until which the plan should be carried out: a warning, no refusal. */
export function lateIn({ activities }: PlanContents, dueOn: string): number[] {
	return activities.flatMap(({ values }, index) => {
		const { ends_on: end } = values;
		return typeof end === 'string' && end > dueOn ? [index + 1] : [];
	});
}
