import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readerOf } from '#lib/courses/access.ts';
import { findLesson, findModule, nextLesson, previousLesson } from '#lib/courses/course.ts';
import type { Lesson } from '#lib/courses/course.ts';
import { readFilled } from '#lib/courses/filled-tool.ts';
import { partsOf } from '#lib/courses/lesson-parts.ts';
import { lessonNote, toolNote } from '#lib/courses/note.ts';
import { questionsOf, resultsOf } from '#lib/courses/quiz.ts';
import { standingAt } from '#lib/courses/server/lesson-standing.ts';
import { notesOn, saveNote } from '#lib/courses/server/notebook.ts';
import { atLesson, findPractice, practiseLesson } from '#lib/courses/server/practice.ts';
import { markLessonDone } from '#lib/courses/server/progress.ts';
import { nothing, readForm, sentIn } from '#lib/platform/form.ts';
import { answersIn } from '#lib/questions/items/answers.ts';
import { orBackToForm } from '../../../refusals.ts';
import { FORM, inBlank, noteFields, shown } from '../../note-form.ts';
import { lessonPath } from '../../paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { app, course, locale } = locals;
	const reader = readerOf(locals.actor);
	const module = findModule(course, params.modul);
	const lesson = findLesson(module, params.pelajaran);
	const standing = locals.inBlank ?? (await standingAt(app, reader, lesson));
	const note = shown(standing.note, locale);
	const tool = course.tools.find(({ slug }) => slug === lesson.tool) ?? null;
	const [filled] =
		tool && standing.hasSheet ? await notesOn(app, reader, [toolNote(tool.slug)]) : [];
	const named = (other: Lesson | null) => other && { slug: other.slug, title: other.title[locale] };
	return {
		module: { slug: module.slug, title: module.title[locale], hasQuiz: module.quiz !== null },
		lesson: {
			slug: lesson.slug,
			title: lesson.title[locale],
			minutes: lesson.minutes,
			objectives: lesson.objectives[locale],
			sources: lesson.sources[locale],
			...partsOf(lesson.html[locale], locale)
		},
		note: locals.inBlank ? inBlank(note) : note,
		tool: tool && {
			sheet: tool,
			filled: readFilled(filled?.text ?? ''),
			note: filled ? shown(filled, locale) : null
		},
		hasSetAside: standing.hasSetAside,
		terms: course.terms.filter(({ slug }) => lesson.terms.includes(slug)),
		practice: {
			questions: questionsOf(lesson.questions, locale),
			// No new id with every look: an unchanged page costs the phone nothing.
			formId: module.edition,
			results: await practised(locals, lesson, url.searchParams.get('latihan'))
		},
		done: standing.done,
		previous: named(previousLesson(module, lesson)),
		next: named(nextLesson(module, lesson))
	};
};

async function practised(locals: App.Locals, lesson: Lesson, attemptId: string | null) {
	if (attemptId === null) return null;
	const { items, answers } = await findPractice(locals.app, locals.actor, {
		occasion: atLesson(lesson),
		items: lesson.questions,
		attemptId
	});
	return items.length > 0 ? resultsOf(items, answers, locals.locale) : null;
}

const noteForm = v.strictObject(noteFields);

export const actions: Actions = {
	latihan: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			const lesson = findLesson(findModule(course, event.params.modul), event.params.pelajaran);
			const { lacks, ...filled } = answersIn(form, questionsOf(lesson.questions, locale));
			if (Object.keys(lacks).length > 0) return fail(400, { lacks, sent: sentIn(form) });
			const { attemptId } = await practiseLesson(app, actor, lesson, filled);
			const path = lessonPath(lesson.moduleSlug, lesson.slug, locale);
			redirect(303, `${path}?latihan=${attemptId}#latihan`);
		}),
	selesai: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			readForm(nothing, form);
			const lesson = findLesson(findModule(course, event.params.modul), event.params.pelajaran);
			await markLessonDone(app, actor, lesson);
			redirect(303, `${lessonPath(lesson.moduleSlug, lesson.slug, locale)}#lanjut`);
		}),
	catat: (event) =>
		orBackToForm(event, async (form) => {
			const { app, course, actor, locale } = event.locals;
			const { catatan: text, revisi: base } = readForm(noteForm, form);
			const lesson = findLesson(findModule(course, event.params.modul), event.params.pelajaran);
			await saveNote(app, actor, { key: lessonNote(lesson), text, base, operationId: FORM });
			redirect(303, `${lessonPath(lesson.moduleSlug, lesson.slug, locale)}#catatan`);
		})
};
