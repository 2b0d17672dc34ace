import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readerOf } from '#lib/courses/access.ts';
import { notebookFile } from '#lib/courses/notebook-file.ts';
import { anchorOf, pagesOf, type NotebookPage } from '#lib/courses/notebook-pages.ts';
import { dropSetAside, notebookOf, saveNote, takeSetAside } from '#lib/courses/server/notebook.ts';
import type { Locale } from '#lib/platform/calendar.ts';
import { readForm } from '#lib/platform/form.ts';
import { orBackToForm } from '../../refusals.ts';
import { FORM, noteFields, revision } from '../note-form.ts';
import { lessonPath, notebookPath, toolPath } from '../paths.ts';
import { placesIn } from '../places.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { app, course, locale } = locals;
	const reader = readerOf(locals.actor);
	const pages = pagesOf(course, await notebookOf(app, reader), locale);
	const file = notebookFile(pages, { name: reader.name, locale, at: app.now() });
	return {
		// The page that a phone keeps is nobody's: its script fills it, and needs the names.
		places: locals.impersonal ? placesIn(course, locale) : null,
		pages: pages.map((page) => ({ ...page, href: addressOf(page, locale) })),
		fileKb: Math.ceil(Buffer.byteLength(file) / 1_000)
	};
};

function addressOf({ subject, current }: NotebookPage, locale: Locale): string | null {
	if (!current) return null;
	return subject.kind === 'tool'
		? toolPath(subject.toolSlug, locale)
		: lessonPath(subject.moduleSlug, subject.lessonSlug, locale);
}

const noteForm = v.strictObject(noteFields);
const versionForm = v.strictObject({ kunci: v.string(), versi: revision });

export const actions: Actions = {
	catat: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor, locale } = event.locals;
			const { kunci: key, catatan: text, revisi: base } = readForm(noteForm, form);
			await saveNote(app, actor, { key, text, base, operationId: FORM });
			redirect(303, `${notebookPath(locale)}#${anchorOf(key)}`);
		}),
	pakai: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor, locale } = event.locals;
			const { kunci: key, versi } = readForm(versionForm, form);
			await takeSetAside(app, actor, { key, revision: versi });
			redirect(303, `${notebookPath(locale)}#${anchorOf(key)}`);
		}),
	buang: (event) =>
		orBackToForm(event, async (form) => {
			const { app, actor, locale } = event.locals;
			const { kunci: key, versi } = readForm(versionForm, form);
			await dropSetAside(app, actor, { key, revision: versi });
			redirect(303, `${notebookPath(locale)}#${anchorOf(key)}`);
		})
};
