import { redirect } from '@sveltejs/kit';
import { importItems, tryImport } from '#lib/courses/bank/server/bank.ts';
import { exampleFiles } from '#lib/courses/bank/server/examples.ts';
import { LARGEST_FILE_BYTES, MOST_ROWS } from '#lib/courses/bank/prepare.ts';
import { lessonKey } from '#lib/courses/course.ts';
import { fileSize } from '#lib/platform/sizes.ts';
import { orBackToForm } from '../../../refusals.ts';
import { bankPath, examplePath } from '../paths.ts';
import { broughtIn } from './brought.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	const { course, actor, locale } = locals;
	return {
		examples: exampleFiles(course, actor).map(({ name, content }) => ({
			name,
			href: examplePath(name, locale),
			size: fileSize(content.length, locale)
		})),
		limits: { kb: LARGEST_FILE_BYTES / 1_000, rows: MOST_ROWS },
		modules: course.modules.map((module) => ({
			title: module.title[locale],
			lessons: module.lessons.map((lesson) => ({
				key: lessonKey(lesson),
				title: lesson.title[locale]
			}))
		}))
	};
};

export const actions: Actions = {
	periksa: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor } = event.locals;
			const file = await broughtIn(form);
			const { rows, ...tried } = await tryImport(app, course, actor, file);
			return {
				tried: {
					...tried,
					file,
					rows: rows.map(({ draft, ...row }) => ({ ...row, kind: draft?.kind ?? null }))
				}
			};
		}),
	ambil: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			const { added } = await importItems(app, course, actor, await broughtIn(form));
			redirect(303, `${bankPath(locale)}?masuk=${added}`);
		})
};
