import { redirect, type RequestEvent } from '@sveltejs/kit';
import { nothing, readForm } from '#lib/platform/form.ts';
import type { App as Tools } from '#lib/platform/server/app.ts';
import type { Actor } from '#lib/people/actor.ts';
import { drawQr } from '#lib/trainings/qr.ts';
import { showCode } from '#lib/trainings/training.ts';
import { closeDoor, doorOf, newCode, openDoor, revokeCode } from '#lib/trainings/server/door.ts';
import { link } from '../../../links.ts';
import { orBackToForm } from '../../../refusals.ts';
import { siteOf } from '../../../site.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { app } = locals;
	const { code, expiresAt, open } = await doorOf(app, signedIn(locals), params.id);
	const site = siteOf(app, url);
	if (code === null) return { open, expiresAt, way: null };
	const address = `${site}/gabung/${code}`;
	return {
		open,
		expiresAt,
		way: { code: showCode(code), page: `${new URL(site).host}/gabung`, qr: drawQr(address) }
	};
};

type Turn = (app: Tools, actor: Actor, trainingId: string) => Promise<void>;

const thenShow = (turn: Turn) => (event: RequestEvent<{ id: string }>) =>
	orBackToForm(event, async (form) => {
		const { app, locale } = event.locals;
		readForm(nothing, form);
		await turn(app, signedIn(event.locals), event.params.id);
		redirect(303, link(`/pelatihan/${event.params.id}/pintu`, locale));
	});

export const actions: Actions = {
	open: thenShow(openDoor),
	close: thenShow(closeDoor),
	renew: thenShow(newCode),
	revoke: thenShow(revokeCode)
};
