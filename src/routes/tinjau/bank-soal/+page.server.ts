import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { places } from '#lib/courses/bank/bank.ts';
import { askItemIn, readBank } from '#lib/courses/bank/server/bank.ts';
import { lessonKey } from '#lib/courses/course.ts';
import { line, readForm } from '#lib/platform/form.ts';
import { explainItem } from '#lib/questions/items/kinds.ts';
import { orBackToForm } from '../../refusals.ts';
import { bankPath } from './paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { app, course, actor, locale } = locals;
	const bank = await readBank(app, actor);
	const lessons = course.modules.flatMap((module) =>
		module.lessons.map((lesson) => ({ key: lessonKey(lesson), title: lesson.title[locale] }))
	);
	const entries = bank.map(({ item, askedIn }) => {
		const { answer, explanation, scenario, question } = explainItem(item, undefined, locale);
		const { id, kind, objective } = item;
		return { id, kind, objective, askedIn, scenario, question, answer, explanation };
	});
	const known = lessons.map(({ key }) => key);
	const groups = [
		...lessons,
		// Where the lesson was taken out of the course since.
		...[...new Set(entries.map(({ objective }) => objective))]
			.filter((objective) => !known.includes(objective))
			.map((key) => ({ key, title: null }))
	];
	return {
		groups: groups
			.map(({ key, title }) => ({
				key,
				title,
				items: entries.filter(({ objective }) => objective === key)
			}))
			.filter(({ items }) => items.length > 0),
		added: addedIn(url),
		changed: url.searchParams.has('tersimpan')
	};
};

function addedIn(url: URL): number | null {
	const added = url.searchParams.get('masuk');
	return added !== null && /^\d{1,4}$/.test(added) ? Number(added) : null;
}

const placeForm = v.strictObject({ soal: line(20), tempat: v.picklist(places) });

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			const { soal: id, tempat: place } = readForm(placeForm, form);
			await askItemIn(app, course, actor, { id, place });
			redirect(303, `${bankPath(locale)}?tersimpan#${id}`);
		})
};
