import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readerOf } from '#lib/courses/access.ts';
import {
	filledBy,
	isEntryName,
	readFilled,
	writeFilled,
	type FilledTool
} from '#lib/courses/filled-tool.ts';
import { toolNote } from '#lib/courses/note.ts';
import { notesOn, saveNote } from '#lib/courses/server/notebook.ts';
import { findTool } from '#lib/courses/tool.ts';
import { InvalidForm, readForm } from '#lib/platform/form.ts';
import { orBackToForm } from '../../../refusals.ts';
import { FORM, revision, shown } from '../../note-form.ts';
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

/** One field per part of the sheet, also of one that was changed meanwhile. */
const fields = v.objectWithRest({ revisi: revision }, v.string());

export const actions: Actions = {
	default: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			const strangers = [...form.keys()].filter(
				(name) => !(name in fields.entries || isEntryName(name))
			);
			if (strangers.length > 0) throw new InvalidForm(strangers);
			const { revisi: base, ...entries } = readForm(fields, form);
			const tool = findTool(course, event.params.alat);
			const text = writeFilled(filledBy(tool, entries));
			await saveNote(app, actor, { key: toolNote(tool.slug), text, base, operationId: FORM });
			redirect(303, `${toolPath(tool.slug, locale)}#isi`);
		})
};
