import { readerOf } from '#lib/courses/access.ts';
import { notebookOf } from '#lib/courses/server/notebook.ts';
import { progressOf } from '#lib/courses/server/progress.ts';
import type { RequestHandler } from './$types';

/** What is one's own on the pages that a phone keeps: lessons done and notes. Never stored on the way. */
export const GET: RequestHandler = async ({ locals }) => {
	const { app, course } = locals;
	const reader = readerOf(locals.actor);
	const progress = await progressOf(app, course, reader.userId);
	const notes = await notebookOf(app, reader);
	const state = {
		done: progress.flatMap(({ moduleSlug, doneLessons }) =>
			doneLessons.map((slug) => `${moduleSlug}/${slug}`)
		),
		notes: notes.map(({ key, text, revision }) => ({ key, text, revision }))
	};
	return Response.json(state, { headers: { 'cache-control': 'no-store' } });
};
