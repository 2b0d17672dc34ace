import { isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lessonKey, type Course, type Lesson } from '#lib/courses/course.ts';
import { lessonNote } from '#lib/courses/note.ts';
import { saveNote } from '#lib/courses/server/notebook.ts';
import { readCourse } from '#lib/courses/server/content.ts';
import type { Tool } from '#lib/courses/tool.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { Actor } from '#lib/people/actor.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import { aPerson } from '../../../tests/people.ts';
import * as lessonLoad from './[modul]/[pelajaran]/+page.server.ts';
import LessonPage from './[modul]/[pelajaran]/+page.svelte';
import * as printLoad from './[modul]/cetak/+page.server.ts';
import PrintPage from './[modul]/cetak/+page.svelte';
import * as toolLoad from './alat/[alat]/+page.server.ts';
import ToolPage from './alat/[alat]/+page.svelte';
import * as searchLoad from './cari/+page.server.ts';
import SearchPage from './cari/+page.svelte';
import * as notebookLoad from './catatan/+page.server.ts';
import NotebookPage from './catatan/+page.svelte';
import { GET as download } from './catatan/unduh/+server.ts';
import * as glossaryLoad from './istilah/+page.server.ts';
import GlossaryPage from './istilah/+page.svelte';

const both = (text: string) => ({ id: text, en: `${text} (en)` });
const sheet: Tool = {
	slug: 'cek-pintu',
	title: both('Cek pintu'),
	purpose: both('Memeriksa pintu.'),
	parts: [
		{ kind: 'text', label: both('Siapa yang memeriksa'), lines: 1 },
		{
			kind: 'choice',
			label: both('Pintu lebar'),
			options: { id: ['Ya', 'Belum'], en: ['Yes', 'Not yet'] }
		},
		{
			kind: 'table',
			label: both('Hambatan'),
			columns: { id: ['Di mana', 'Siapa'], en: ['Where', 'Who'] },
			rows: 2
		}
	]
};
/** The course of the house, its first lesson with a sheet and a word of the field. */
const course = withSheet(readCourse('content'));
const lesson = firstLesson(course);
const params = { modul: lesson.moduleSlug, pelajaran: lesson.slug };

function firstLesson({ modules }: Course): Lesson {
	const [first] = modules[0]?.lessons ?? [];
	if (!first) throw new Error('module A is not written');
	return first;
}

function withSheet(read: Course): Course {
	const [module, ...others] = read.modules;
	if (!module) throw new Error('no module');
	const [first, ...rest] = module.lessons;
	if (!first) throw new Error('no lesson');
	const lessons = [{ ...first, tool: sheet.slug, terms: ['pemustaka'] }, ...rest];
	const terms = [{ slug: 'pemustaka', term: both('Pemustaka'), meaning: both('Pengguna <ramah>') }];
	return { modules: [{ ...module, lessons }, ...others], tools: [sheet], terms, test: null };
}

let app: TestApp;
let sri: Actor;

beforeEach(async () => {
	overwriteGetLocale(() => 'id');
	app = await openTestApp();
	sri = await aPerson(app, { name: 'Sri' });
});
afterEach(() => app.close());

interface Asked {
	params?: Record<string, string>;
	query?: string;
	form?: Record<string, string>;
}

/** What SvelteKit hands to a page, as far as these pages look at it. */
function eventOf({ params = {}, query = '', form = {} }: Asked): RequestEvent {
	const url = new URL(`http://localhost/belajar${query}`);
	return {
		locals: { app, course, actor: sri, locale: 'id' },
		params,
		url,
		request: new Request(url, { method: 'POST', body: new URLSearchParams(form) }),
		cookies: { get: () => undefined },
		setHeaders: () => {}
	} as unknown as RequestEvent;
}

async function open(
	page: { load: (event: never) => unknown },
	view: Component<never>,
	asked: Asked = {},
	form: unknown = null
): Promise<string> {
	const data = (await page.load(eventOf(asked) as never)) as object;
	const props = { data: { ...data, locale: 'id' }, params: asked.params ?? {}, form };
	return render(view as Component<Record<string, unknown>>, { props }).body;
}

async function send(page: { actions: object }, name: string, asked: Asked) {
	const actions = page.actions as Record<string, (event: RequestEvent) => unknown>;
	try {
		return { back: (await actions[name]?.(eventOf(asked))) as { data: unknown }, to: null };
	} catch (thrown) {
		if (!isRedirect(thrown)) throw thrown;
		return { back: null, to: thrown.location };
	}
}

const openLesson = (form?: unknown) => open(lessonLoad, LessonPage, { params }, form);
const note = (text: string, revisi = '0') =>
	send(lessonLoad, 'catat', { params, form: { kunci: lessonNote(lesson), catatan: text, revisi } });
const alat = { alat: sheet.slug };

describe('the private field of a lesson', () => {
	test('keeps what was written, below the reflection', async () => {
		const { to } = await note('Tangga <di depan>');
		expect(to).toBe(`/belajar/${lessonKey(lesson)}#catatan`);
		const page = await openLesson();
		expect(page).toMatch(/<textarea[^>]*>Tangga &lt;di depan>?(&gt;)?/);
		expect(page).toContain('Tersimpan di server 22 Mei 2026 pukul 10.00 WIB.');
		expect(page.indexOf('<h2>Refleksi</h2>')).toBeLessThan(page.indexOf('<textarea'));
	});

	test('comes back with what was typed when it is too long', async () => {
		const typed = 'x'.repeat(15_001);
		const { back } = await note(typed);
		const page = await openLesson(back?.data);
		expect(page).toContain('Catatan ini 15001 huruf, paling banyak 15000.');
		expect(page).toContain(typed);
	});

	test('says that another device has written too', async () => {
		await note('dari laptop');
		await note('dari HP');
		expect(await openLesson()).toContain('juga ditulis di perangkat lain');
	});

	test('costs nothing when the page is opened again', async () => {
		await note('Tangga');
		expect(await openLesson()).toBe(await openLesson());
	});
});

describe('a lesson', () => {
	test('has its sheet between activity and reflection, and its words explained', async () => {
		const page = await openLesson();
		const places = ['<h2>Kegiatan</h2>', 'Alat bantu: Cek pintu', '<h2>Refleksi</h2>'].map((part) =>
			page.indexOf(part)
		);
		expect(places).not.toContain(-1);
		expect(places).toEqual(places.toSorted((one, other) => one - other));
		expect(page).toContain('id="istilah-pemustaka"');
		expect(page).toContain('Pengguna &lt;ramah>');
	});
});

describe('a sheet', () => {
	const fill = (form: Record<string, string>) =>
		send(toolLoad, 'default', { params: alat, form: { revisi: '0', ...form } });
	const entries = {
		'text: Siapa yang memeriksa': 'Sri',
		'choice: Pintu lebar': 'Belum',
		'table: Hambatan[0][0]': 'pintu'
	};

	test('is filled in, kept, and printed with what is on it or without', async () => {
		const { to } = await fill(entries);
		expect(to).toBe('/belajar/alat/cek-pintu#isi');
		const page = await open(toolLoad, ToolPage, { params: alat });
		expect(page).toMatch(/name="text: Siapa yang memeriksa"[^>]* value="Sri"/);
		expect(page).toMatch(/value="Belum" checked/);
		const filled = await open(toolLoad, ToolPage, { params: alat, query: '?lembar=isi' });
		expect(filled).toMatch(/ticked[^>]*>Belum/);
		expect(filled).toMatch(/<td[^>]*>pintu<\/td>/);
		const blank = await open(toolLoad, ToolPage, { params: alat, query: '?lembar=kosong' });
		expect(blank).not.toContain('pintu</td>');
		expect(blank).not.toMatch(/ticked[^>]*>Belum/);
	});

	test('comes back as it was typed when it is refused', async () => {
		const { back } = await fill({ ...entries, revisi: 'x' });
		const page = await open(toolLoad, ToolPage, { params: alat }, back?.data);
		expect(page).toContain('role="alert"');
		expect(page).toMatch(/value="Sri"/);
		expect(page).toMatch(/value="pintu"/);
	});

	test('that is not there is not found', async () => {
		await expect(open(toolLoad, ToolPage, { params: { alat: 'x' } })).rejects.toMatchObject({
			code: 'not_found'
		});
	});
});

describe('the notebook', () => {
	const openNotebook = (form?: unknown) => open(notebookLoad, NotebookPage, {}, form);
	const key = lessonNote(lesson);

	test('says where to begin while it is empty', async () => {
		expect(await openNotebook()).toContain('Buku catatan masih kosong');
	});

	test('shows all that was written, in the order of the course, and changes it', async () => {
		await send(toolLoad, 'default', {
			params: alat,
			form: { revisi: '0', 'choice: Pintu lebar': 'Belum' }
		});
		await note('Tangga');
		const page = await openNotebook();
		expect(page.indexOf('Tangga')).toBeLessThan(page.indexOf('Pintu lebar'));
		const { to } = await send(notebookLoad, 'catat', {
			form: { kunci: key, catatan: 'Tangga dan jarak', revisi: '1' }
		});
		expect(to).toBe(`/belajar/catatan#${key.replaceAll('/', '-')}`);
		expect(await openNotebook()).toContain('Tangga dan jarak');
	});

	test('lets two texts be seen, exchanged and let go', async () => {
		await note('dari laptop');
		await note('dari HP');
		expect(await openNotebook()).toContain('Tulisan dari perangkat lain, 22 Mei 2026');
		await send(notebookLoad, 'pakai', { form: { kunci: key, versi: '1' } });
		expect(await openLesson()).toMatch(/<textarea[^>]*>dari laptop/);
		await send(notebookLoad, 'buang', { form: { kunci: key, versi: '2' } });
		expect(await openNotebook()).not.toContain('dari HP');
	});

	test('keeps a note whose lesson has left the course', async () => {
		const gone = 'pelajaran/konsep-transformasi/pelajaran-lama';
		await saveNote(app, sri, { key: gone, text: 'tetap ada', base: 0, operationId: 'a' });
		const page = await openNotebook();
		expect(page).toContain('tetap ada');
		expect(page).toContain('Bagian ini tidak ada lagi di kursus.');
	});

	test('is taken along as a text that every phone opens, of the size that was said', async () => {
		await note('Tangga\ndan jarak');
		const kb = /Unduh sebagai teks \((\d+) kB\)/.exec(await openNotebook())?.[1];
		const answer = await download(eventOf({}) as never);
		const bytes = new Uint8Array(await answer.arrayBuffer());
		expect(Math.ceil(bytes.length / 1_000)).toBe(Number(kb));
		expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		const text = new TextDecoder().decode(bytes);
		expect(text).toContain('Buku catatan Sri');
		expect(text).toContain('Tangga\r\ndan jarak');
		expect(answer.headers.get('cache-control')).toBe('no-store');
		expect(answer.headers.get('content-disposition')).toContain('attachment');
	});
});

describe('search, glossary and print', () => {
	test('a search marks what it found and leads there', async () => {
		const page = await open(searchLoad, SearchPage, { query: '?q=pengguna+pemustaka' });
		expect(page).toMatch(/<mark[^>]*>Pemustaka<\/mark>/);
		expect(page).toContain('href="/belajar/istilah#istilah-pemustaka"');
	});

	test('a search is never more than words', async () => {
		const page = await open(searchLoad, SearchPage, {
			query: `?q=${encodeURIComponent('<script>xyzzy</script>')}`
		});
		expect(page).not.toContain('<script');
		expect(page).toContain('Tidak ada yang cocok');
	});

	test('the glossary explains each word', async () => {
		expect(await open(glossaryLoad, GlossaryPage)).toContain('Pengguna &lt;ramah>');
	});

	test('a module is printed with all of its lessons, sheets, sources and words', async () => {
		const page = await open(printLoad, PrintPage, { params: { modul: lesson.moduleSlug } });
		const lessons = course.modules[0]?.lessons ?? [];
		for (const { title, sources } of lessons) {
			expect(page).toContain(title.id);
			expect(page).toContain(sources.id[0]);
		}
		expect(page).toContain('Cek pintu');
		expect(page).toContain('Pengguna &lt;ramah>');
		expect(page.match(/<h1/g)).toHaveLength(1);
		expect(page).not.toContain('<h2>Kegiatan');
		expect(page).toContain('<h3>Kegiatan</h3>');
	});
});
