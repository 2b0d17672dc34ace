import { redirect, type RequestEvent } from '@sveltejs/kit';
import { readForm } from '#lib/platform/form.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { librariesWithin, regionsWithin, villagesOf } from '#lib/people/server/regions.ts';
import { isVillage } from '#lib/people/regions.ts';
import { startSession } from '#lib/people/server/sessions.ts';
import { knock, type Knocked } from '#lib/trainings/server/door.ts';
import { joinAgain, joinTraining, type Joined } from '#lib/trainings/server/joining.ts';
import { askToSignIn } from '../../../request/kept-form.server.ts';
import { link } from '../../links.ts';
import { orBackToForm } from '../../refusals.ts';
import { againForm, consentsOf, newcomerForm, placeOf } from './forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, request }) => {
	const { app, device, locale } = locals;
	const { training, open } = await knock(app, {
		code: params.kode,
		device,
		filledIn: request.method === 'POST'
	}).catch((thrown): Knocked => {
		if (!(thrown instanceof Refusal) || thrown.code !== 'not_found') throw thrown;
		redirect(303, link(`/gabung?coba=${encodeURIComponent(params.kode)}`, locale));
	});
	const { title, place, regionCode, startsOn, endsOn } = training;
	const regions = await regionsWithin(app, regionCode);
	return {
		training: { title, place, startsOn, endsOn },
		open,
		villages: await villagesOf(app, regionCode),
		regions: regions.filter((region) => !isVillage(region)),
		libraries: [...new Set((await librariesWithin(app, regionCode)).map(({ name }) => name))]
	};
};

export const actions: Actions = {
	newcomer: (event) =>
		orBackToForm(event, async (form) => {
			const typed = readForm(newcomerForm, form);
			const { app } = event.locals;
			const joined = await joinTraining(app, knockOf(event), {
				name: typed.name,
				username: typed.username,
				password: typed.password,
				consents: consentsOf(typed),
				place: placeOf(typed),
				libraryName: typed.library
			});
			const { cookie } = await startSession(app, {
				userId: joined.userId,
				kind: typed.shared ? 'shared_phone' : 'own_phone',
				userAgent: event.request.headers.get('user-agent')
			});
			event.cookies.set(cookie.name, cookie.value, cookie.attributes);
			goOn(event, joined);
		}),
	again: async (event) => {
		const { app, actor } = event.locals;
		if (!actor) return askToSignIn(event);
		return orBackToForm(event, async (form) => {
			const typed = readForm(againForm, form);
			const home = { place: placeOf(typed), libraryName: typed.library };
			goOn(event, await joinAgain(app, actor, knockOf(event), home));
		});
	}
};

type Event = RequestEvent<{ kode: string }>;

function knockOf({ params, locals }: Event) {
	return { code: params.kode, device: locals.device };
}

function goOn({ locals }: Event, { state, trainingId }: Joined): never {
	const next = state === 'approved' ? `/pelatihan/${trainingId}` : '/gabung/menunggu';
	redirect(303, link(next, locals.locale));
}
