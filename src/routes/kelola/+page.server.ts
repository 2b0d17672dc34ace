import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { mayImportItems } from '#lib/courses/interchange/access.ts';
import { InvalidForm, line, optionalLine, readForm, secret } from '#lib/platform/form.ts';
import { cleanLine } from '#lib/platform/text.ts';
import { onlyOwn } from '#lib/people/access.ts';
import { roles, scopeKinds, type Grant } from '#lib/people/actor.ts';
import { confirmPassword } from '#lib/people/server/accounts.ts';
import { scopeId } from '#lib/people/server/grants.ts';
import { provincesList, regenciesAndCities } from '#lib/people/server/regions.ts';
import {
	assignStaff,
	createStaff,
	disableUser,
	listStaff,
	newStaffCode,
	revokeStaffGrant
} from '#lib/people/server/staff.ts';
import { link } from '../links.ts';
import { orBackToForm } from '../refusals.ts';
import { listQuery } from './list-query.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the form sends for the whole country: nobody gets that by leaving a field alone. */
const NATION = 'nasional';

const id = v.pipe(v.string(), v.maxLength(64));
const newForm = v.strictObject({
	name: line(120),
	username: line(80),
	role: v.picklist(['officer', 'facilitator', 'consultant', 'reviewer', 'admin']),
	region: optionalLine(20),
	confirm_password: secret
});
const assignForm = v.strictObject({
	username: line(80),
	role: v.picklist(['officer', 'consultant', 'reviewer', 'admin']),
	region: line(20),
	confirm_password: secret
});
const personForm = v.strictObject({ user: id, confirm_password: secret });
const revokeForm = v.strictObject({
	user: id,
	role: v.picklist(roles),
	scope_kind: v.picklist(scopeKinds),
	scope_id: v.pipe(v.string(), v.maxLength(64)),
	confirm_password: secret
});

const codeOf = (region: string | null) => (region === NATION ? '' : (region ?? ''));

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = askedIn(url);
	const { staff, total, page } = await listStaff(locals.app, locals.actor, asked);
	return {
		asked,
		total,
		page,
		done: url.searchParams.has('selesai'),
		nation: NATION,
		keepsBank: mayImportItems(locals.actor),
		provinces: await provincesList(locals.app),
		regencies: await regenciesAndCities(locals.app),
		staff: staff.map((person) => ({
			...person,
			self: person.userId === locals.actor?.userId,
			grants: person.grants.map(({ grant, place }) => ({
				role: grant.role,
				scopeKind: grant.scope.kind,
				scopeId: scopeId(grant.scope),
				place
			}))
		}))
	};
};

/** Where in the list the page stands; its forms and their answers keep the place. */
function askedIn({ searchParams }: URL) {
	return {
		typed: cleanLine(searchParams.get('cari') ?? '').slice(0, 80),
		pageNumber: searchParams.get('halaman')
	};
}

function done({ locals, url }: RequestEvent): never {
	redirect(303, link(`/kelola?selesai&${listQuery(askedIn(url))}`, locals.locale));
}

function grantOf(typed: v.InferOutput<typeof revokeForm>): Grant {
	const { role, scope_kind: kind, scope_id: held } = typed;
	if (kind === 'nation') return { role, scope: { kind } };
	return { role, scope: kind === 'training' ? { kind, id: held } : { kind, code: held } };
}

export const actions: Actions = {
	create: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor } = event.locals;
			const { confirm_password: password, region, ...typed } = readForm(newForm, form);
			if (region === null && typed.role !== 'facilitator') throw new InvalidForm(['region']);
			await confirmPassword(app, onlyOwn(actor), password);
			// Shown in the answer to this very request and nowhere else: no redirect could carry a secret.
			return { made: await createStaff(app, actor, { ...typed, regionCode: codeOf(region) }) };
		}),
	assign: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor, locale } = event.locals;
			const { confirm_password: password, region, ...typed } = readForm(assignForm, form);
			await confirmPassword(app, onlyOwn(actor), password);
			await assignStaff(app, actor, { ...typed, regionCode: codeOf(region) });
			// To the person, at the top of the page: a browser keeps the mark of a form's address otherwise.
			const listed = listQuery({ typed: typed.username, pageNumber: null });
			redirect(303, link(`/kelola?selesai&${listed}#isi`, locale));
		}),
	code: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor } = event.locals;
			const typed = readForm(personForm, form);
			await confirmPassword(app, onlyOwn(actor), typed.confirm_password);
			return { renewed: await newStaffCode(app, actor, typed.user) };
		}),
	disable: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor } = event.locals;
			const typed = readForm(personForm, form);
			await confirmPassword(app, onlyOwn(actor), typed.confirm_password);
			await disableUser(app, actor, typed.user);
			done(event);
		}),
	revoke: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor } = event.locals;
			const typed = readForm(revokeForm, form);
			await confirmPassword(app, onlyOwn(actor), typed.confirm_password);
			await revokeStaffGrant(app, actor, typed.user, grantOf(typed));
			done(event);
		})
};
