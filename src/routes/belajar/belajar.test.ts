import { gzipSync } from 'node:zlib';
import { isRedirect, type RequestEvent } from '@sveltejs/kit';
import { render } from 'svelte/server';
import type { Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Course } from '#lib/courses/course.ts';
import { readCourse } from '#lib/courses/server/content.ts';
import type { Actor } from '#lib/people/actor.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { user } from '#lib/platform/server/db/schema/index.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { begunCourse } from '../../../tests/begun-course.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import * as courseLoad from './+page.server.ts';
import CoursePage from './+page.svelte';
import * as moduleLoad from './[modul]/+page.server.ts';
import ModulePage from './[modul]/+page.svelte';
import * as lessonLoad from './[modul]/[pelajaran]/+page.server.ts';
import LessonPage from './[modul]/[pelajaran]/+page.svelte';
import * as quizLoad from './[modul]/kuis/+page.server.ts';
import QuizPage from './[modul]/kuis/+page.svelte';

/** Its first lesson asks the first questions of the quiz. */
const course = askingAtItsFirstLesson(begunCourse(readCourse('content')));
const modul = 'konsep-transformasi';
const lessonSlugs = course.modules[0]?.lessons.map((lesson) => lesson.slug) ?? [];
const answers = Object.fromEntries(
	course.modules[0]?.quiz?.items.map((item) => [item.id, rightAnswer(item)]) ?? []
);

function askingAtItsFirstLesson(course: Course): Course {
	const [first, ...others] = course.modules;
	const [lesson, ...lessons] = first?.lessons ?? [];
	if (!first?.quiz || !lesson) throw new Error('the first module is not complete');
	const asking = { ...lesson, questions: first.quiz.items.slice(0, 2) };
	return { ...course, modules: [{ ...first, lessons: [asking, ...lessons] }, ...others] };
}

let app: TestApp;
let sri: Actor;
let locale: 'id' | 'en';

beforeEach(async () => {
	app = await openTestApp();
	sri = {
		userId: 'sri',
		username: 'sri',
		name: 'Sri',
		sessionId: 's',
		grants: [],
		groupIds: [],
		asked: 0
	};
	const row = { id: 'sri', username: 'sri', name: 'Sri', createdAt: app.now() };
	await app.db.write((tx) => tx.insert(user).values(row));
	speak('id');
});
afterEach(() => app.close());

function speak(language: 'id' | 'en'): void {
	locale = language;
	overwriteGetLocale(() => language);
}

interface Asked {
	params?: Record<string, string>;
	query?: string;
	form?: Record<string, string>;
}

/** What SvelteKit hands to a page, as far as these pages look at it. */
function eventOf({ params = {}, query = '', form = {} }: Asked): RequestEvent {
	const url = new URL(`http://localhost/belajar${query}`);
	const request = new Request(url, { method: 'POST', body: new URLSearchParams(form) });
	return {
		locals: { app, course, actor: sri, locale },
		params,
		url,
		request,
		cookies: { get: () => undefined },
		setHeaders: () => {}
	} as unknown as RequestEvent;
}

type Load = (event: never) => unknown;

/** The page as a phone without JavaScript gets it. */
async function open(page: { load: Load }, view: Component<never>, asked: Asked, form?: unknown) {
	const data = (await page.load(eventOf(asked) as never)) as object;
	const props = { data: { ...data, locale }, params: asked.params ?? {}, form: form ?? null };
	return render(view as Component<Record<string, unknown>>, { props }).body;
}

type Action = (event: never) => unknown;

async function send(action: Action | undefined, asked: Asked) {
	try {
		return { back: await action?.(eventOf(asked) as never), to: null };
	} catch (thrown) {
		if (!isRedirect(thrown)) throw thrown;
		return { back: null, to: thrown.location };
	}
}

const actionOf = (actions: object, name: string) => (actions as Record<string, Action>)[name];
const openLesson = (pelajaran: string) =>
	open(lessonLoad, LessonPage, { params: { modul, pelajaran } });
const sendQuiz = (form: Record<string, string>) =>
	send(actionOf(quizLoad.actions, 'default'), { params: { modul }, form });

describe('the course pages', () => {
	test('lead from the course to the first lesson and on to the next', async () => {
		expect(await open(courseLoad, CoursePage, {})).toContain(
			`href="/belajar/${modul}/${lessonSlugs[0]}"`
		);
		const { to } = await send(actionOf(lessonLoad.actions, 'selesai'), {
			params: { modul, pelajaran: lessonSlugs[0] ?? '' }
		});
		expect(to).toBe(`/belajar/${modul}/${lessonSlugs[0]}#lanjut`);
		expect(await openLesson(lessonSlugs[0] ?? '')).toContain('Pelajaran ini sudah selesai');
		const outline = await open(moduleLoad, ModulePage, { params: { modul } });
		expect(outline).toContain('1 dari 5 pelajaran selesai.');
		expect(outline).toContain(`href="/belajar/${modul}/${lessonSlugs[1]}"`);
	});

	test('name lessons that are still being written, and do not link to them', async () => {
		const outline = await open(moduleLoad, ModulePage, { params: { modul: 'module-to-come' } });
		expect(outline).toContain('Masih disusun');
		expect(outline).toContain('Pelajaran yang ditunggu');
		expect(outline).not.toContain('lesson-to-come');
	});

	test('stay in English below /en', async () => {
		speak('en');
		const page = await openLesson(lessonSlugs[1] ?? '');
		expect(page).toContain('What is social inclusion');
		expect(page).toContain(`href="/en/belajar/${modul}/${lessonSlugs[2]}"`);
		expect(page).not.toContain('href="/belajar');
	});

	test('have one h1 each', async () => {
		const params = { modul, pelajaran: lessonSlugs[0] ?? '' };
		for (const page of [
			await open(courseLoad, CoursePage, {}),
			await open(moduleLoad, ModulePage, { params }),
			await open(lessonLoad, LessonPage, { params }),
			await open(quizLoad, QuizPage, { params })
		]) {
			expect(page.match(/<h1/g)).toHaveLength(1);
		}
	});

	test('are light: the text of a lesson leaves two thirds of 30 kB to everything else', async () => {
		for (const slug of lessonSlugs) {
			expect(gzipSync(await openLesson(slug)).length).toBeLessThan(10_000);
		}
	});

	test('refuse what a form should not carry', async () => {
		const params = { modul, pelajaran: lessonSlugs[0] ?? '' };
		const { back } = await send(actionOf(lessonLoad.actions, 'selesai'), {
			params,
			form: { userId: 'budi' }
		});
		expect(back).toMatchObject({ status: 400 });
		expect(await openLesson(lessonSlugs[0] ?? '')).toContain('Tandai selesai');
	});
});

describe('the questions at the end of a lesson', () => {
	const params = { modul, pelajaran: lessonSlugs[0] ?? '' };
	const sendPractice = (form: Record<string, string>) =>
		send(actionOf(lessonLoad.actions, 'latihan'), { params, form });

	test('are a plain form that gives no answer away', async () => {
		const page = await open(lessonLoad, LessonPage, { params });
		expect(page.match(/<fieldset/g)).toHaveLength(2);
		expect(page).toContain('action="?/latihan#latihan"');
		expect(page).not.toContain('Gedung dan koleksi membantu');
	});

	test('are explained as soon as they are sent, and can be tried again', async () => {
		const { to } = await sendPractice({ lembar: 'sheet', QA1: 'b', QA2: 'a' });
		const path = `/belajar/${modul}/${lessonSlugs[0]}`;
		expect(to?.startsWith(`${path}?latihan=`)).toBe(true);
		expect(to?.endsWith('#latihan')).toBe(true);
		const query = /\?[^#]*/.exec(to ?? '')?.[0] ?? '';
		const page = await open(lessonLoad, LessonPage, { params, query });
		expect(page).toContain('1 dari 2 jawaban benar');
		expect(page).toContain('Gedung dan koleksi membantu');
		expect(page).toContain(`href="${path}#latihan"`);
		sri = { ...sri, userId: 'budi' };
		await expect(open(lessonLoad, LessonPage, { params, query })).rejects.toMatchObject({
			code: 'not_found'
		});
	});

	test('come back with what was chosen while one is open', async () => {
		const { back } = await sendPractice({ lembar: 'sheet', QA2: 'a' });
		expect(back).toMatchObject({ status: 400, data: { lacks: { QA1: 'open' } } });
		const { data } = back as { data: unknown };
		const page = await open(lessonLoad, LessonPage, { params }, data);
		expect(page.match(/ checked/g)).toHaveLength(1);
		expect(page).toContain('href="#QA1"');
	});

	test('refuse what was not asked, and say so', async () => {
		const { back } = await sendPractice({ lembar: 'sheet', QA1: 'b', QA2: 'a', peran: 'admin' });
		expect(back).toMatchObject({
			status: 400,
			data: { refusal: expect.stringContaining('tidak cocok') }
		});
	});
});

describe('the quiz page', () => {
	test('asks ten questions without giving an answer away', async () => {
		const page = await open(quizLoad, QuizPage, { params: { modul } });
		expect(page.match(/<fieldset/g)).toHaveLength(10);
		expect(page).toMatch(/name="lembar" value="[a-z2-7]{26}"/);
		expect(page).not.toContain('Gedung dan koleksi membantu');
		expect(page).not.toContain('checked');
	});

	test('comes back with what was chosen and names what is open', async () => {
		const { QA3: _, ...some } = answers;
		const { back } = await sendQuiz({ lembar: 'sheet', ...some });
		expect(back).toMatchObject({ status: 400, data: { lacks: { QA3: 'open' } } });
		const { data } = back as { data: unknown };
		const page = await open(quizLoad, QuizPage, { params: { modul } }, data);
		expect(page.match(/ checked/g)).toHaveLength(9);
		expect(page).toContain('href="#QA3"');
		expect(page.match(/role="alert"/g)).toHaveLength(1);
	});

	test('leads to a result that explains, and that can be opened again', async () => {
		const { to } = await sendQuiz({ lembar: 'sheet', ...answers, QA2: 'a' });
		expect(to).toMatch(/^\/belajar\/konsep-transformasi\/kuis\?percobaan=[0-9a-f]{32}$/);
		const query = to?.replace(/^[^?]*/, '') ?? '';
		const page = await open(quizLoad, QuizPage, { params: { modul }, query });
		expect(page).toContain('9 dari 10 jawaban benar');
		expect(page).toContain('Gedung dan koleksi membantu');
		expect(page).toContain(`href="/belajar/${modul}/perjalanan-program"`);
		expect(page).toContain('WIB');
	});

	test('is not found for a module whose quiz is not written', async () => {
		await expect(
			open(quizLoad, QuizPage, { params: { modul: 'module-to-come' } })
		).rejects.toMatchObject({ code: 'not_found' });
	});

	test('keeps an attempt from everybody else', async () => {
		const { to } = await sendQuiz({ lembar: 'sheet', ...answers });
		sri = { ...sri, userId: 'budi' };
		const query = to?.replace(/^[^?]*/, '') ?? '';
		await expect(open(quizLoad, QuizPage, { params: { modul }, query })).rejects.toMatchObject({
			code: 'not_found'
		});
	});
});
