import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { InvalidForm, sentIn, typedIn, type Typed } from '#lib/platform/form.ts';
import type { Locale } from '#lib/platform/calendar.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import { m } from '#lib/paraglide/messages.js';
import { keptFor, SEALED } from '../request/kept-form.server.ts';

type Say = (details: Record<string, string | number>, options: { locale: Locale }) => string;

/** The sentence of a refusal, in the language of the page. */
export function sentenceOf(refusal: Refusal, locale: Locale): string {
	const say = (m as unknown as Record<string, Say>)[refusal.messageKey];
	return say ? say(refusal.details, { locale }) : m.platform_refused({}, { locale });
}

export interface BackToForm {
	refusal: string;
	/** Which of the forms on the page it was. */
	action: string;
	/** Names of the fields it is about. */
	fields: string[];
	/** What was typed, so that nothing is lost; never a password. */
	typed: Typed;
	/** The same with every value of a field that was sent more than once. */
	sent: Readonly<Record<string, readonly string[]>>;
}

interface Refused {
	refusal: string;
	fields?: string[];
}

const backToForm = (
	{ url }: RequestEvent,
	form: FormData,
	{ refusal, fields = [] }: Refused
): BackToForm => ({
	refusal,
	action: [...url.searchParams.keys()].find((name) => name.startsWith('/'))?.slice(1) ?? 'default',
	fields,
	typed: typedIn(form),
	sent: sentIn(form)
});

/**
 * For form actions: a refusal goes back to the form, which keeps what was typed. So does a form that
 * comes back after its writer had to sign in again: it is shown, not carried out.
 */
export async function orBackToForm<T>(
	event: RequestEvent,
	work: (form: FormData) => Promise<T>
): Promise<T | ActionFailure<BackToForm>> {
	const { locale } = event.locals;
	const form = await formIn(event);
	if (!form) {
		const refusal = m.platform_refused_form({}, { locale });
		return fail(httpStatus.invalid, backToForm(event, new FormData(), { refusal }));
	}
	const unsent = unsentIn(event, form);
	if (unsent) return fail(httpStatus.closed, unsent);
	try {
		return await work(form);
	} catch (thrown) {
		if (!(thrown instanceof Refusal)) throw thrown;
		if (thrown.code === 'too_many') {
			event.setHeaders({ 'retry-after': String(thrown.details.seconds ?? 30) });
		}
		const fields = fieldsOf(thrown);
		const refusal = sentenceOf(thrown, locale);
		return fail(httpStatus[thrown.code], backToForm(event, form, { refusal, fields }));
	}
}

/** Null: what was sent is no form, or broke off on its way. */
export async function formIn({ request }: Pick<RequestEvent, 'request'>): Promise<FormData | null> {
	try {
		return await request.formData();
	} catch (thrown) {
		if (thrown instanceof TypeError) return null;
		throw thrown;
	}
}

/** Which fields a sentence is about, by any of their names in our forms. */
const about: Readonly<Record<string, readonly string[]>> = {
	people_refused_code: ['username', 'code'],
	people_refused_password_common: ['password', 'wanted_password'],
	people_refused_password_long: ['password', 'wanted_password'],
	people_refused_password_short: ['password', 'wanted_password'],
	people_refused_present_password: ['present_password'],
	people_refused_username_form: ['username'],
	people_refused_username_taken: ['username'],
	trainings_refused_attendance_code: ['kode'],
	trainings_refused_attendance_code_old: ['kode'],
	trainings_refused_code: ['kode'],
	trainings_refused_place: ['village'],
	trainings_refused_village_missing: ['village']
};

const fieldsOf = (refusal: Refusal): string[] => [
	...(refusal instanceof InvalidForm ? refusal.fields : (about[refusal.messageKey] ?? []))
];

function unsentIn(event: RequestEvent, form: FormData): BackToForm | null {
	const { actor, locale } = event.locals;
	const { pathname, search } = event.url;
	const kept = actor && keptFor(event, form.get(SEALED), actor.userId);
	if (kept?.address !== pathname + search) return null;
	const written = new FormData();
	for (const [name, text] of kept.fields) written.append(name, text);
	return backToForm(event, written, { refusal: m.people_again_unsent({}, { locale }) });
}
