import { readerOf } from '#lib/courses/access.ts';
import { notebookFile } from '#lib/courses/notebook-file.ts';
import { pagesOf } from '#lib/courses/notebook-pages.ts';
import { notebookOf } from '#lib/courses/server/notebook.ts';
import { m } from '#lib/paraglide/messages.js';
import { attachment } from '../../../attachment.ts';
import type { RequestHandler } from './$types';

/** One's own notebook as a text file. */
export const GET: RequestHandler = async ({ locals }) => {
	const { app, course, locale } = locals;
	const reader = readerOf(locals.actor);
	const pages = pagesOf(course, await notebookOf(app, reader), locale);
	const content = notebookFile(pages, { name: reader.name, locale, at: app.now() });
	const name = m.courses_notebook_file_name({}, { locale });
	return attachment({ name, mediaType: 'text/plain; charset=utf-8', content });
};
