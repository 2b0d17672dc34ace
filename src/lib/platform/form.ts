/**
 * Reads what a form sent. A schema lists the fields; a field it does not list,
 * a file, or a value out of bounds is refused, so nothing a browser invents
 * (a role, a training, a time) reaches a room.
 */
import * as v from 'valibot';
import { Refusal } from './refusal.ts';
import { clean, cleanLine } from './text.ts';

/** Longest text of a single field that is looked at at all, in UTF-16 units. */
const LONGEST_FIELD = 20_000;

/** One line of text, trimmed. Its lengths count what people see typed. */
export const line = (max: number) =>
	v.pipe(v.string(), v.transform(cleanLine), v.minLength(1), v.maxLength(max));

/** One line that may stay empty; empty becomes null. */
export const optionalLine = (max: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform(cleanLine),
		v.maxLength(max),
		v.transform((text) => (text === '' ? null : text))
	);

/** Several lines of text that may stay empty. */
export const prose = (max: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform((text) => clean(text).trim()),
		v.maxLength(max)
	);

/** A password is kept exactly as typed: not trimmed, not cleaned. */
export const secret = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));

/** Absent when not ticked: browsers send nothing then. */
export const checkbox = v.optional(
	v.pipe(
		v.literal('on'),
		v.transform(() => true)
	),
	undefined
);

/** A form that is only a button. */
export const nothing = v.strictObject({});

/** The texts a form may bring back to its page, with the names of their fields: no password, no code, no file. */
export function textsIn(form: FormData): [name: string, text: string][] {
	return [...form].filter(
		(field): field is [string, string] => typeof field[1] === 'string' && !isSecret(field[0])
	);
}

const isSecret = (name: string) => /password|kata_sandi|code/i.test(name);

/** Every text typed, so that a refused form can show it again. */
export type Typed = Record<string, string>;

export const typedIn = (form: FormData): Typed => Object.fromEntries(textsIn(form));

/** The same where a field may be sent more than once: three boxes ticked are three texts. */
export function sentIn(form: FormData): Record<string, string[]> {
	const sent = new Map<string, string[]>();
	for (const [name, text] of textsIn(form)) sent.set(name, [...(sent.get(name) ?? []), text]);
	return Object.fromEntries(sent);
}

type FormSchema = v.GenericSchema<unknown, unknown>;

/** The names of fields that were refused, for the form to point at. */
export class InvalidForm extends Refusal {
	readonly fields: readonly string[];

	constructor(fields: readonly string[]) {
		super('invalid', 'platform_refused_form');
		this.fields = fields;
	}
}

/**
 * The parsed values. A field that was sent twice arrives as a list.
 *
 * Refuses with `invalid` (and the names of the fields) when a field is missing,
 * unknown, too long or not of its kind.
 */
export function readForm<S extends FormSchema>(schema: S, form: FormData): v.InferOutput<S> {
	const sent: Record<string, string | string[]> = {};
	for (const name of new Set(form.keys())) {
		const values = form.getAll(name).filter((value) => typeof value === 'string');
		if (values.some((value) => value.length > LONGEST_FIELD)) throw new InvalidForm([name]);
		const [only] = values;
		sent[name] = values.length === 1 && only !== undefined ? only : values;
	}
	const parsed = v.safeParse(schema, sent);
	if (parsed.success) return parsed.output;
	throw new InvalidForm(fieldsOf(parsed.issues));
}

function fieldsOf(issues: readonly v.BaseIssue<unknown>[]): string[] {
	return [...new Set(issues.map((issue) => String(issue.path?.[0]?.key ?? '')))];
}
