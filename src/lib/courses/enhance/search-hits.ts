/** The hits of a search over what is kept. Loaded only when somebody searches without a signal. */
import { m } from '#lib/paraglide/messages.js';
import { keptFindables } from '../offline/kept-findables.ts';
import { findIn, indexCourse, LONGEST_QUERY, type Hit, type Piece } from '../search.ts';
import { pathIn } from './addresses.ts';
import type { CoursePage } from './enhancer.ts';

export async function showHits(
	{ root, locale }: CoursePage,
	place: HTMLElement,
	typed: string
): Promise<void> {
	const query = typed.slice(0, LONGEST_QUERY);
	const spoken = { locale };
	const field = root.querySelector<HTMLInputElement>('input[name=q]');
	if (field) field.value = query;
	document.title = `${m.courses_search_title_of({ query }, spoken)} · Rembuk`;
	const heading = root.querySelector('h1');
	if (heading) heading.textContent = m.courses_search_title_of({ query }, spoken);
	const { hits, all } = findIn(indexCourse(locale, await keptFindables(locale)), query);
	const found =
		hits.length === 1
			? m.courses_search_one({}, spoken)
			: m.courses_search_some({ n: hits.length }, spoken);
	const says =
		hits.length === 0
			? m.courses_search_nothing({ query }, spoken)
			: `${found} ${all ? '' : m.courses_search_not_all({}, spoken)}`;
	place.replaceChildren(
		paragraph(says, hits.length === 0 ? 'notice' : 'meta'),
		paragraph(m.courses_search_kept_only({}, spoken), 'meta'),
		list(hits.map((hit) => lineOf(hit, pathIn(locale, placeOf(hit.ref)))))
	);
}

function lineOf({ title, excerpt }: Hit, address: string): HTMLElement {
	const line = document.createElement('li');
	const link = document.createElement('a');
	link.href = address;
	link.append(...marked(title));
	const heading = document.createElement('h2');
	heading.append(link);
	line.append(heading);
	if (excerpt.length > 0) {
		const text = document.createElement('p');
		text.append(...marked(excerpt));
		line.append(text);
	}
	return line;
}

/** 'lesson/<module>/<lesson>', 'tool/<sheet>', 'term/<word>': see findables.ts. */
function placeOf(ref: string): string {
	const [kind, first = '', second = ''] = ref.split('/');
	if (kind === 'lesson') return `/belajar/${first}/${second}`;
	return kind === 'tool' ? `/belajar/alat/${first}` : `/belajar/istilah#istilah-${first}`;
}

const marked = (pieces: readonly Piece[]): Node[] =>
	pieces.map(({ text, found }) => {
		if (!found) return document.createTextNode(text);
		const mark = document.createElement('mark');
		mark.textContent = text;
		return mark;
	});

function list(lines: readonly HTMLElement[]): HTMLElement {
	const made = document.createElement('ol');
	made.className = 'plain-list hits';
	made.append(...lines);
	return made;
}

function paragraph(text: string, style: string): HTMLElement {
	const made = document.createElement('p');
	made.className = style;
	made.textContent = text;
	return made;
}
