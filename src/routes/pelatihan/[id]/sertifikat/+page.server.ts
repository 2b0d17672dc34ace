import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { certificateAccess } from '#lib/courses/certificates/access.ts';
import { showNumber } from '#lib/courses/certificates/number.ts';
import {
	issueCertificate,
	issueToAll,
	type Certificate
} from '#lib/courses/certificates/server/certificates.ts';
import { changeTerms, overrideCompletion } from '#lib/courses/certificates/server/completion.ts';
import { classStanding, ownStanding } from '#lib/courses/certificates/server/standing.ts';
import { dayIn, formatDay } from '#lib/platform/calendar.ts';
import { checkbox, line, nothing, readForm } from '#lib/platform/form.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import type { Training } from '#lib/trainings/training.ts';
import { orBackToForm } from '../../../refusals.ts';
import { signedIn } from '../../signed-in.ts';
import { certificatePath, certificatesPath } from './paths.ts';
import type { Actions, PageServerLoad } from './$types';

/** Those who follow the training see the class, a participant their own. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const { app } = locals;
	const actor = signedIn(locals);
	const training = await findTraining(app.db.read, actor, params.id);
	const place = { trainingId: training.id, regionCode: training.regionCode };
	if (certificateAccess.can(actor, 'follow', place)) {
		const { terms, people, mayAward, mayManage } = await classStanding(app, actor, training.id);
		return {
			own: null,
			name: '',
			theClass: {
				terms,
				mayAward,
				mayManage,
				people: people.map(({ certificate, ...person }) => ({
					...person,
					certificate: certificate && asLink(locals, training, certificate)
				}))
			}
		};
	}
	const own = await ownStanding(app, actor, training.id);
	const { conditions, complete, override, certificate } = own;
	return {
		own: {
			conditions,
			complete,
			override,
			certificate: certificate && asLink(locals, training, certificate)
		},
		name: actor.name,
		theClass: null
	};
};

function asLink(
	{ locale }: App.Locals,
	{ id, zone }: Training,
	{ code, issuedAt, revokedAt }: Certificate
) {
	const day = (at: Date) => formatDay(dayIn(zone, at), locale);
	return {
		number: showNumber(code),
		href: certificatePath(id, code, locale),
		issued: day(issuedAt),
		revoked: revokedAt && day(revokedAt)
	};
}

type Event = RequestEvent<{ id: string }>;

function back({ params, locals }: Event): never {
	redirect(303, certificatesPath(params.id, locals.locale));
}

const personForm = v.strictObject({ orang: line(40) });
const overrideForm = v.strictObject({ orang: line(40), alasan: line(200) });
const termsForm = v.strictObject({
	kehadiran: v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number)),
	tes_awal: checkbox,
	tes_akhir: checkbox
});

export const actions: Actions = {
	terbit: (event) =>
		orBackToForm(event, async (form) => {
			readForm(nothing, form);
			const { app, locale } = event.locals;
			const actor = signedIn(event.locals);
			const which = { trainingId: event.params.id, userId: actor.userId };
			const { code } = await issueCertificate(app, actor, which);
			redirect(303, certificatePath(which.trainingId, code, locale));
		}),
	terbit_untuk: (event) =>
		orBackToForm(event, async (form) => {
			const { orang: userId } = readForm(personForm, form);
			const which = { trainingId: event.params.id, userId };
			await issueCertificate(event.locals.app, signedIn(event.locals), which);
			back(event);
		}),
	terbit_semua: (event) =>
		orBackToForm(event, async (form) => {
			readForm(nothing, form);
			await issueToAll(event.locals.app, signedIn(event.locals), event.params.id);
			back(event);
		}),
	nyatakan: (event) =>
		orBackToForm(event, async (form) => {
			const { orang: userId, alasan: reason } = readForm(overrideForm, form);
			const said = { trainingId: event.params.id, userId, reason };
			await overrideCompletion(event.locals.app, signedIn(event.locals), said);
			back(event);
		}),
	syarat: (event) =>
		orBackToForm(event, async (form) => {
			const typed = readForm(termsForm, form);
			await changeTerms(event.locals.app, signedIn(event.locals), event.params.id, {
				attendancePercent: typed.kehadiran,
				preTest: typed.tes_awal ?? false,
				postTest: typed.tes_akhir ?? false
			});
			back(event);
		})
};
