import { redirect } from '@sveltejs/kit';
import { readerOf } from '#lib/courses/access.ts';
import { readFilled, type FilledTool } from '#lib/courses/filled-tool.ts';
import { toolNote } from '#lib/courses/note.ts';
import { notesOn, saveNote } from '#lib/courses/server/notebook.ts';
import { findTool } from '#lib/courses/tool.ts';
import { orBackToForm } from '../../../refusals.ts';
import { FORM, readSheet, shown } from '../../note-form.ts';
import { toolPath } from '../../paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { app, course, locale } = locals;
	const reader = readerOf(locals.actor);
	const tool = findTool(course, params.alat);
	const [note] = await notesOn(app, reader, [toolNote(tool.slug)]);
	const blank = url.searchParams.get('lembar') === 'kosong';
	return {
		tool,
		/** `null`: the form; otherwise the sheet on paper, with what is written or without. */
		sheet: url.searchParams.has('lembar') ? (blank ? 'blank' : 'filled') : null,
		filled: readFilled(note?.text ?? ''),
		note: note && shown(note, locale),
		versions: note?.setAside.length ?? 0,
		lessons: course.modules
			.flatMap((module) => module.lessons)
			.filter((lesson) => lesson.tool === tool.slug)
			.map(({ moduleSlug, slug, title }) => ({ moduleSlug, slug, title: title[locale] }))
	} satisfies { filled: FilledTool; [more: string]: unknown };
};

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			const { base, textFor } = readSheet(form);
			const tool = findTool(course, event.params.alat);
			const text = textFor(tool);
			await saveNote(app, actor, { key: toolNote(tool.slug), text, base, operationId: FORM });
			redirect(303, `${toolPath(tool.slug, locale)}#isi`);
		})
};
