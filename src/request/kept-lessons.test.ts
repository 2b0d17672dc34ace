import { gunzipSync } from 'node:zlib';
import type { RequestEvent } from '@sveltejs/kit';
import { render } from 'svelte/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Course } from '#lib/courses/course.ts';
import { lessonNote, toolNote } from '#lib/courses/note.ts';
import { readCourse } from '#lib/courses/server/content.ts';
import { saveNote } from '#lib/courses/server/notebook.ts';
import { markLessonDone } from '#lib/courses/server/progress.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { anybody, type Actor } from '#lib/people/actor.ts';
import { openTestApp, type TestApp } from '../../tests/open-app.ts';
import { aPerson } from '../../tests/people.ts';
import { load } from '../routes/belajar/[modul]/[pelajaran]/+page.server.ts';
import LessonPage from '../routes/belajar/[modul]/[pelajaran]/+page.svelte';
import { frameOf } from '../routes/frame.ts';
import SiteHeader from '../routes/SiteHeader.svelte';
import { keptLessons } from './kept-lessons.server.ts';

const [lesson, other] = readCourse('content').modules[0]?.lessons ?? [];
if (!lesson || !other || lesson.tool === null) throw new Error('module A is not complete');
const sheetOfLesson = toolNote(lesson.tool);

let app: TestApp;
let course: Course;
let sri: Actor;
let budi: Actor;
/** How often the page was rendered. */
let rendered: number;

beforeEach(async () => {
	app = await openTestApp();
	course = readCourse('content');
	sri = await aPerson(app, { name: 'Sri "Rejeki" & Putri' });
	budi = await aPerson(app, { name: 'Budi' });
	rendered = 0;
});
afterEach(() => app.close());

interface Look {
	readonly locale?: 'id' | 'en';
	readonly search?: string;
	readonly method?: string;
	readonly gzip?: boolean;
	readonly bringsCookie?: boolean;
	readonly slug?: string;
}

function eventOf(actor: Actor | null, look: Look): RequestEvent {
	const { locale = 'id', search = '', method = 'GET', gzip = false, slug = lesson!.slug } = look;
	const { bringsCookie = false } = look;
	overwriteGetLocale(() => locale);
	const impersonal = actor !== null && actor.userId === '';
	const place = `${locale === 'en' ? '/en' : ''}${impersonal ? '/paket' : ''}`;
	const url = new URL(`http://localhost${place}/belajar/${lesson!.moduleSlug}/${slug}${search}`);
	const headers: Record<string, string> = gzip ? { 'accept-encoding': 'gzip' } : {};
	return {
		locals: { app, course, actor, locale, impersonal, inBlank: null, bringsCookie },
		route: { id: '/belajar/[modul]/[pelajaran]' },
		params: { modul: lesson!.moduleSlug, pelajaran: slug },
		url,
		isDataRequest: false,
		request: new Request(url, { method, headers })
	} as unknown as RequestEvent;
}

/** As SvelteKit would, as far as a name or a note can be seen. */
async function renderPage({ locals, url, params }: RequestEvent): Promise<Response> {
	rendered++;
	const frame = frameOf(locals, url);
	const data = { ...frame, ...((await load({ locals, url, params } as never)) as object) };
	const header = render(SiteHeader, { props: frame });
	const page = render(LessonPage as never, { props: { data, params, form: null } as never });
	const html = header.body + page.body;
	const length = String(Buffer.byteLength(html));
	const headers = { 'content-type': 'text/html', 'content-length': length, etag: '"kit"' };
	return new Response(html, { headers });
}

const lookAt = async (actor: Actor | null, look: Look = {}) =>
	keptLessons({ event: eventOf(actor, look), resolve: renderPage as never });

/** In text both are the same sign. */
const read = (html: string) => html.replaceAll('&quot;', '"');

/** What is served, once it was made sure that it is what would be rendered for this reader alone. */
async function served(actor: Actor | null, look: Look = {}): Promise<string> {
	const html = read(await (await lookAt(actor, look)).text());
	const before = rendered;
	expect(html).toBe(read(await (await renderPage(eventOf(actor, look))).text()));
	rendered = before;
	return html;
}

const write = (actor: Actor, key: string, text: string, base = 0) =>
	saveNote(app, actor, { key, text, base, operationId: text });

describe('a lesson that a class opens', () => {
	test('is rendered once, and names each of them', async () => {
		expect(await served(sri)).toContain('Sri "Rejeki" &amp; Putri');
		expect(await served(budi)).toContain('Budi');
		expect(await served(sri)).not.toContain('Budi');
		expect(rendered).toBe(1);
	});

	test('says at once that it is done, to who has done it', async () => {
		await served(sri);
		await markLessonDone(app, sri, lesson);
		expect(await served(sri)).toContain('Pelajaran ini sudah selesai');
		expect(await served(budi)).not.toContain('Pelajaran ini sudah selesai');
	});

	test('shows thoughts to who wrote them, as they are now', async () => {
		await write(sri, lessonNote(lesson), 'Tangga & <pintu>');
		await write(budi, lessonNote(lesson), 'Rak');
		expect(await served(sri)).toContain('>Tangga &amp; &lt;pintu></textarea>');
		expect(await served(budi)).toContain('>Rak</textarea>');
		await write(sri, lessonNote(lesson), 'Pintu', 1);
		expect(await served(sri)).toContain('name="revisi" value="2"');
		expect(rendered).toBe(1);
	});

	test('says that another device has written, to who it is about', async () => {
		await write(sri, lessonNote(lesson), 'dari laptop');
		await write(budi, lessonNote(lesson), 'Rak');
		await write(sri, lessonNote(lesson), 'dari HP');
		expect(await served(budi)).not.toContain('juga ditulis di perangkat lain');
		expect(await served(sri)).toContain('juga ditulis di perangkat lain');
	});

	test('is rendered for them alone who have filled in its sheet', async () => {
		await write(sri, sheetOfLesson, '{"text: Rahasia":"hanya Sri"}');
		expect(await served(sri)).toContain('hanya Sri');
		await served(sri);
		expect(rendered).toBe(2);
		expect(await served(budi)).not.toContain('hanya Sri');
	});

	test('is one page for each kind of reader, language and lesson', async () => {
		const nation = { kind: 'nation' } as const;
		const reviewer = await aPerson(app, {
			name: 'Bambang',
			grants: [{ role: 'reviewer', scope: nation }]
		});
		expect(await served(sri)).not.toContain('href="/tinjau"');
		expect(await served(reviewer)).toContain('href="/tinjau"');
		expect(await served(sri, { locale: 'en' })).toContain('Mark as done');
		expect(await served(sri, { slug: other.slug })).toContain(other.title.id);
		expect(await served(anybody())).toContain('data-lesson-text');
		expect(rendered).toBe(5);
	});

	test('is made anew when the course asks other questions', async () => {
		await served(sri);
		course = { ...course };
		await served(sri);
		expect(rendered).toBe(2);
	});

	test('costs a phone that has it nothing, until a word in it changes', async () => {
		const etag = async (actor: Actor) => (await lookAt(actor)).headers.get('etag');
		const first = await etag(sri);
		expect(await etag(sri)).toBe(first);
		expect(await etag(budi)).not.toBe(first);
		await write(sri, lessonNote(lesson), 'Tangga');
		expect(await etag(sri)).not.toBe(first);
	});

	test('is the same page for a phone that is given a cookie with it, and for nobody else', async () => {
		const withCookie = async (event: RequestEvent) => {
			const page = await renderPage(event);
			page.headers.append('set-cookie', 'pemegang=sri');
			return page;
		};
		const look = () =>
			keptLessons({ event: eventOf(sri, { bringsCookie: true }), resolve: withCookie as never });
		const first = await look();
		expect(first.headers.getSetCookie()).toEqual(['pemegang=sri']);
		const second = await lookAt(sri);
		expect(second.headers.getSetCookie()).toEqual([]);
		expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
		expect((await look()).headers.getSetCookie()).toEqual(['pemegang=sri']);
		expect((await lookAt(budi)).headers.getSetCookie()).toEqual([]);
	});

	test('comes compressed to who takes it so', async () => {
		await served(sri);
		const answer = await lookAt(sri, { gzip: true });
		expect(answer.headers.get('content-encoding')).toBe('gzip');
		expect(answer.headers.get('vary')).toBe('accept-encoding');
		const html = gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
		expect(read(html)).toBe(await served(sri));
	});

	test('never says that it is as long as it was before it was filled in', async () => {
		for (const look of [{}, { gzip: true }]) {
			expect((await lookAt(sri, look)).headers.has('content-length')).toBe(false);
		}
	});

	test('was asked about by everybody who is shown it', async () => {
		await served(sri);
		const asked = budi.asked;
		await lookAt(budi);
		expect(budi.asked).toBeGreaterThan(asked);
	});
});

describe('what is not a plain look', () => {
	const looks: Record<string, Look> = {
		'an address that asks for more': { search: '?latihan=tidak-ada' },
		'a form': { method: 'POST' },
		'a lesson that is not there': { slug: 'tidak-ada' }
	};
	for (const [what, look] of Object.entries(looks)) {
		test(`is left to SvelteKit: ${what}`, async () => {
			const itself = new Response('itself');
			const event = eventOf(sri, look);
			expect(await keptLessons({ event, resolve: async () => itself })).toBe(itself);
		});
	}

	test('is left to SvelteKit: a guest', async () => {
		const itself = new Response('itself');
		const resolve = async () => itself;
		expect(await keptLessons({ event: eventOf(null, {}), resolve })).toBe(itself);
	});

	test('fills in an error too, and keeps none', async () => {
		const failing = async (event: RequestEvent) => {
			const page = await renderPage(event);
			return new Response(await page.text(), { status: 500, headers: page.headers });
		};
		const answer = await keptLessons({ event: eventOf(sri, {}), resolve: failing as never });
		expect(answer.status).toBe(500);
		expect(read(await answer.text())).toContain('Sri "Rejeki" &amp; Putri');
		expect((await lookAt(sri)).status).toBe(200);
	});
});
