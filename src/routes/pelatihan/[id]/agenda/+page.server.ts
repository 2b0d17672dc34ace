import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { daysFromTo, parseDay, type CalendarDay } from '#lib/platform/calendar.ts';
import { line, optionalLine, readForm } from '#lib/platform/form.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import {
	addSlot,
	agendaOf,
	editSlot,
	removeSlot,
	type SlotTerms
} from '#lib/trainings/server/agenda.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import { link } from '../../../links.ts';
import { orBackToForm } from '../../../refusals.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** A training longer than this is a typing mistake; its agenda is still no reason for a huge page. */
const MOST_DAYS = 60;

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, course, locale } = locals;
	const actor = signedIn(locals);
	const training = await findTraining(app.db.read, actor, params.id, 'manage');
	return {
		slots: await agendaOf(app, actor, params.id),
		days: daysFromTo(training.startsOn, training.endsOn).slice(0, MOST_DAYS),
		modules: course.modules.map(({ slug, title }) => ({ slug, title: title[locale] }))
	};
};

const slotFields = {
	on_day: v.pipe(
		v.string(),
		v.check((text) => parseDay(text) !== null),
		v.transform((text) => text as CalendarDay) // checked one line before
	),
	starts_at: line(5),
	ends_at: line(5),
	title: line(200),
	jp: v.pipe(
		v.optional(v.string(), ''),
		v.regex(/^\d{0,2}$/),
		v.transform((text) => (text === '' ? null : Number(text)))
	),
	module: optionalLine(100)
};
const newSlot = v.strictObject(slotFields);
const changedSlot = v.strictObject({ ...slotFields, slot: line(40) });
const goneSlot = v.strictObject({ slot: line(40) });

type Event = RequestEvent<{ id: string }>;

function termsOf(event: Event, typed: v.InferOutput<typeof newSlot>): SlotTerms {
	const known = event.locals.course.modules.some((module) => module.slug === typed.module);
	if (typed.module !== null && !known) {
		throw new Refusal('invalid', 'trainings_refused_slot_module');
	}
	return {
		onDay: typed.on_day,
		startsAt: typed.starts_at,
		endsAt: typed.ends_at,
		title: typed.title,
		jp: typed.jp,
		moduleSlug: typed.module
	};
}

function back({ locals, params }: Event): never {
	redirect(303, link(`/pelatihan/${params.id}/agenda`, locals.locale));
}

export const actions: Actions = {
	add: (event) =>
		orBackToForm(event, async (form) => {
			const terms = termsOf(event, readForm(newSlot, form));
			await addSlot(event.locals.app, signedIn(event.locals), event.params.id, terms);
			back(event);
		}),
	edit: (event) =>
		orBackToForm(event, async (form) => {
			const { slot, ...typed } = readForm(changedSlot, form);
			const terms = termsOf(event, typed);
			await editSlot(event.locals.app, signedIn(event.locals), event.params.id, slot, terms);
			back(event);
		}),
	remove: (event) =>
		orBackToForm(event, async (form) => {
			const { slot } = readForm(goneSlot, form);
			await removeSlot(event.locals.app, signedIn(event.locals), event.params.id, slot);
			back(event);
		})
};
