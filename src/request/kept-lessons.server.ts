/**
 * A class opens the same lesson in the same minute. It is rendered once for all readers of whom the
 * same is true, with blanks for their name and their thoughts, and filled in for each.
 *
 * What is true of a reader is asked every time, so nobody is shown an old page; and a kept page holds
 * nothing of anybody's. Who has filled in the sheet of a lesson gets a page rendered for them alone.
 */
import type { Handle } from '@sveltejs/kit/hooks';
import { readerOf } from '#lib/courses/access.ts';
import type { Course, Lesson } from '#lib/courses/course.ts';
import { standingAt } from '#lib/courses/server/lesson-standing.ts';
import { inBlank, shown, wordsOf } from '../routes/belajar/note-form.ts';
import type { Words } from '../routes/blanks.ts';
import { frameOf, namesOf } from '../routes/frame.ts';
import { BlankPage } from './blank-page.server.ts';
import { acceptsGzip } from './compress.server.ts';

const LESSON = '/belajar/[modul]/[pelajaran]';

/** About 30 kB each: all lessons in both languages for the few kinds of readers there are. */
const MOST_PAGES = 400;

type Event = Parameters<Handle>[0]['event'];

interface Kept {
	readonly page: BlankPage;
	readonly headers: Headers;
}

/** When other questions are asked, the course is another, and its pages begin anew. */
const keptOf = new WeakMap<Course, Map<string, Kept>>();

export const keptLessons: Handle = async ({ event, resolve }) => {
	const { locals, url } = event;
	const lesson = isPlainLook(event) ? lessonAt(event) : null;
	if (!lesson) return resolve(event);
	const standing = await standingAt(locals.app, readerOf(locals.actor), lesson);
	if (standing.hasSheet) return resolve(event);

	const note = shown(standing.note, locals.locale);
	const words = { ...wordsOf(note), ...namesOf(locals) };
	locals.inBlank = standing;
	const kept = keptOf.get(locals.course) ?? new Map<string, Kept>();
	keptOf.set(locals.course, kept);
	const { done, hasSetAside } = standing;
	const key = JSON.stringify([frameOf(locals, url), inBlank(note), done, hasSetAside]);
	const known = kept.get(key);
	// Only SvelteKit adds cookies to an answer, to one of its own.
	if (known && !locals.bringsCookie) return filled(event, known, words);

	const answer = await resolve(event);
	if (!answer.headers.get('content-type')?.startsWith('text/html')) return answer;
	const page = new BlankPage(await answer.text());
	if (answer.status === 200 && !answer.headers.has('set-cookie')) {
		if (kept.size >= MOST_PAGES) kept.clear();
		kept.set(key, { page, headers: new Headers(answer.headers) });
	}
	return filled(event, { page, headers: answer.headers }, words, answer.status);
};

/** Nothing is sent along but who asks. */
function isPlainLook({ request, route, url, isDataRequest, locals }: Event): boolean {
	const isLook = request.method === 'GET' && !isDataRequest && url.search === '';
	return isLook && route.id === LESSON && locals.actor !== null;
}

function lessonAt({ locals, params }: Event): Lesson | null {
	const module = locals.course.modules.find(({ slug }) => slug === params.modul);
	return module?.lessons.find(({ slug }) => slug === params.pelajaran) ?? null;
}

function filled({ request }: Event, { page, headers: same }: Kept, words: Words, status = 200) {
	const headers = new Headers(same);
	// Of the page with its blanks.
	headers.delete('content-length');
	headers.set('etag', page.etag(words));
	headers.set('vary', 'accept-encoding');
	if (!acceptsGzip(request)) return new Response(page.filledWith(words), { status, headers });
	headers.set('content-encoding', 'gzip');
	return new Response(page.gzippedWith(words), { status, headers });
}
