import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { formatInstant } from '#lib/platform/calendar.ts';
import { ownRecord } from '#lib/courses/interchange/server/own-record.ts';
import { line, nothing, readForm, secret } from '#lib/platform/form.ts';
import { fileSize } from '#lib/platform/sizes.ts';
import { onlyOwn } from '#lib/people/access.ts';
import { consentPurposes } from '#lib/people/consents.ts';
import { changePassword, correctName, takeResetNotice } from '#lib/people/server/accounts.ts';
import { consentsOf, giveConsent, withdrawConsent } from '#lib/people/server/consents.ts';
import { endOwnSession, endSessions, sessionsOf } from '#lib/people/server/session-list.ts';
import { link } from '../links.ts';
import { orBackToForm } from '../refusals.ts';
import { siteOf } from '../site.ts';
import type { Actions, PageServerLoad } from './$types';

const nameForm = v.strictObject({ name: line(120) });
const passwordForm = v.strictObject({ present_password: secret, wanted_password: secret });
const sessionForm = v.strictObject({ session: v.pipe(v.string(), v.maxLength(128)) });
const consentForm = v.strictObject({ purpose: v.picklist(consentPurposes) });

/** Times here are for recognising one's own phone; Jakarta's clock serves the whole country well enough. */
const ZONE = 'Asia/Jakarta';

export const load: PageServerLoad = async ({ locals, url }) => {
	const actor = onlyOwn(locals.actor);
	const { app, course, locale } = locals;
	const at = (instant: Date) => formatInstant(instant, ZONE, locale);
	const sessions = await sessionsOf(app, actor);
	const consents = await consentsOf(app, actor);
	const record = await ownRecord(app, course, actor, siteOf(app, url));
	return {
		record: { href: link('/akun/xapi.json', locale), size: fileSize(record.length, locale) },
		name: actor.name,
		username: actor.username,
		resetNotice: (await takeResetNotice(app, actor)) !== null,
		done: url.searchParams.get('selesai'),
		sessions: sessions.map((session) => ({ ...session, seenAt: at(session.seenAt) })),
		consents: consents.map(({ givenAt, withdrawnAt, ...given }) => ({
			...given,
			givenAt: at(givenAt),
			withdrawnAt: withdrawnAt && at(withdrawnAt)
		}))
	};
};

export const actions: Actions = {
	name: (event) =>
		orBackToForm(event, async (form) => {
			const actor = onlyOwn(event.locals.actor);
			await correctName(event.locals.app, actor, readForm(nameForm, form).name);
			redirect(303, link('/akun?selesai=nama', event.locals.locale));
		}),
	password: (event) =>
		orBackToForm(event, async (form) => {
			const actor = onlyOwn(event.locals.actor);
			const typed = readForm(passwordForm, form);
			await changePassword(event.locals.app, actor, {
				present: typed.present_password,
				wanted: typed.wanted_password
			});
			redirect(303, link('/akun?selesai=sandi', event.locals.locale));
		}),
	end: (event) =>
		orBackToForm(event, async (form) => {
			const actor = onlyOwn(event.locals.actor);
			const { session } = readForm(sessionForm, form);
			await endOwnSession(event.locals.app, actor, session);
			redirect(303, link('/akun?selesai=perangkat', event.locals.locale));
		}),
	end_others: (event) =>
		orBackToForm(event, async (form) => {
			const actor = onlyOwn(event.locals.actor);
			readForm(nothing, form);
			await endSessions(event.locals.app, actor.userId, actor.sessionId);
			redirect(303, link('/akun?selesai=perangkat', event.locals.locale));
		}),
	agree: (event) =>
		orBackToForm(event, async (form) => {
			const actor = onlyOwn(event.locals.actor);
			await giveConsent(event.locals.app, actor, readForm(consentForm, form).purpose);
			redirect(303, link('/akun', event.locals.locale));
		}),
	withdraw: (event) =>
		orBackToForm(event, async (form) => {
			const actor = onlyOwn(event.locals.actor);
			await withdrawConsent(event.locals.app, actor, readForm(consentForm, form).purpose);
			redirect(303, link('/akun', event.locals.locale));
		})
};
