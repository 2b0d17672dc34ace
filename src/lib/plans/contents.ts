/**
 * What a plan says, as plain values: read from the shared document, stored at submission, shown and
 * printed. Everything here has passed through the template.
 */
import { parseDay, type CalendarDay, type Locale } from '#lib/platform/calendar.ts';
import type { Value } from './kind.ts';
import { kindOf, type Field } from './kinds.ts';
import { fieldOf, template, type FieldKey } from './template.ts';

export interface Activity {
	readonly id: string;
	readonly values: Readonly<Record<string, Value>>;
}

export interface PlanContents {
	readonly template: number;
	/** Activities in order, without those in the trash. */
	readonly rows: readonly Activity[];
}

export const nothingYet: PlanContents = { template: template.version, rows: [] };

/** Rows above the form's own limit are kept; beyond this a phone is writing junk. */
export const MOST_ROWS = 100;

const ID = /^[\w-]{1,64}$/;

/** One activity out of what came from a document or a stored plan, or null when it is none. */
export function parseActivity(id: unknown, plain: Readonly<Record<string, unknown>>): Activity | null {
	if (typeof id !== 'string' || !ID.test(id)) return null;
	const values: Record<string, Value> = {};
	for (const field of template.fields) {
		values[field.key] = kindOf(field).parse(plain[field.key], field);
	}
	return { id, values };
}

/** A stored submission, read through today's template. */
export function parseContents(stored: unknown): PlanContents {
	const { rows, template: version } = isRecord(stored) ? stored : {};
	const activities = Array.isArray(rows)
		? rows.slice(0, MOST_ROWS).map((row: unknown) => {
				const { id, values } = isRecord(row) ? row : {};
				return parseActivity(id, isRecord(values) ? values : {});
			})
		: [];
	return {
		template: typeof version === 'number' ? version : template.version,
		rows: activities.filter((row) => row !== null)
	};
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

/** A cell as people read it, one line each; empty when nothing was filled in. */
export function linesOf(row: Activity, field: Field, locale: Locale): string[] {
	return kindOf(field).lines(row.values[field.key] ?? null, field, locale);
}

export function textOf(row: Activity, key: FieldKey): string {
	const value = row.values[key];
	return typeof value === 'string' ? value : '';
}

export interface Fault {
	readonly rowId: string;
	/** The place of the activity, from 1. */
	readonly place: number;
	readonly field: Field;
	readonly fault: 'missing' | 'too_long';
}

/** What stands in the way of handing the plan in, activity by activity. */
export function faultsIn(contents: PlanContents): Fault[] {
	return contents.rows.flatMap((row, n) =>
		template.fields.flatMap((field): Fault[] => {
			const fault = faultOf(row, field);
			return fault ? [{ rowId: row.id, place: n + 1, field, fault }] : [];
		})
	);
}

function faultOf(row: Activity, field: Field): Fault['fault'] | null {
	const kind = kindOf(field);
	const value = kind.parse(row.values[field.key], field);
	if (field.required && kind.isEmpty(value)) return 'missing';
	return kind.isTooLong?.(value, field) ? 'too_long' : null;
}

/** What the team should look at again before handing in. None of it stands in the way. */
export type Doubt = 'after_deadline' | 'ends_before_start' | 'no_steps' | 'village_money_in_ward';

export interface Warning {
	readonly rowId: string;
	readonly place: number;
	readonly doubt: Doubt;
}

export interface Circumstances {
	/** The last day to carry the plans of this training out. */
	readonly deadline: CalendarDay;
	/** A kelurahan has no village budget (Dana Desa). */
	readonly inWard: boolean;
}

export function warningsFor(contents: PlanContents, given: Circumstances): Warning[] {
	return contents.rows.flatMap((row, n) =>
		doubtsAbout(row, given).map((doubt) => ({ rowId: row.id, place: n + 1, doubt }))
	);
}

export function doubtsAbout(row: Activity, { deadline, inWard }: Circumstances): Doubt[] {
	const [starts, ends] = [dayOf(row, 'starts_on'), dayOf(row, 'ends_on')];
	const last = ends ?? starts;
	const doubts: [Doubt, boolean][] = [
		['after_deadline', last !== null && last > deadline],
		['ends_before_start', starts !== null && ends !== null && ends < starts],
		['no_steps', kindOf(fieldOf('steps')).isEmpty(row.values.steps ?? [])],
		['village_money_in_ward', inWard && row.values.fund === 'apbdes']
	];
	return doubts.filter(([, holds]) => holds).map(([doubt]) => doubt);
}

const dayOf = (row: Activity, key: FieldKey): CalendarDay | null => parseDay(textOf(row, key));
