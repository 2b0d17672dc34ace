import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { InvalidForm, typedIn, type Typed } from '#lib/platform/form.ts';
import type { Locale } from '#lib/platform/calendar.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import { m } from '#lib/paraglide/messages.js';

type Say = (details: Record<string, string | number>, options: { locale: Locale }) => string;

/** The sentence of a refusal, in the language of the page. */
export function sentenceOf(refusal: Refusal, locale: Locale): string {
	const say = (m as unknown as Record<string, Say>)[refusal.messageKey];
	return say ? say(refusal.details, { locale }) : m.platform_refused({}, { locale });
}

export interface BackToForm {
	refusal: string;
	/** Names of the fields it is about. */
	fields: string[];
	/** What was typed, so that nothing is lost; never a password. */
	typed: Typed;
}

const NEVER_SENT_BACK = /password|kata_sandi|code/i;

/** For form actions: a refusal goes back to the form, which keeps what was typed. */
export async function orBackToForm<T>(
	event: RequestEvent,
	work: (form: FormData) => Promise<T>
): Promise<T | ActionFailure<BackToForm>> {
	const form = await event.request.formData();
	try {
		return await work(form);
	} catch (thrown) {
		if (!(thrown instanceof Refusal)) throw thrown;
		if (thrown.code === 'too_many') {
			event.setHeaders({ 'retry-after': String(thrown.details.seconds ?? 30) });
		}
		const typed = typedIn(form);
		for (const name of Object.keys(typed)) if (NEVER_SENT_BACK.test(name)) delete typed[name];
		return fail(httpStatus[thrown.code], {
			refusal: sentenceOf(thrown, event.locals.locale),
			fields: thrown instanceof InvalidForm ? [...thrown.fields] : [],
			typed
		});
	}
}
