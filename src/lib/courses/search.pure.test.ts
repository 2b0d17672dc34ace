import { describe, expect, test } from 'vitest';
import { findIn, indexCourse, type Hit } from './search.ts';
import { findablesIn, indexOf } from './findables.ts';
import { readCourse } from './server/content.ts';

const course = readCourse('content');
const pages = indexCourse('id', [
	{ ref: 'a', title: 'Pelatihan warga', passages: ['Ibu-ibu belajar menjahit di perpustakaan.'] },
	{ ref: 'b', title: 'Rak buku', passages: ['Kami dilatih menata rak.', 'Rak pendek untuk anak.'] },
	{ ref: 'c', title: 'Jam buka', passages: [`${'Kalimat lain. '.repeat(40)}Sore hari ramai.`] }
]);
const refs = (query: string) => findIn(pages, query).hits.map(({ ref }) => ref);
const said = (pieces: Hit['title']) =>
	pieces.map(({ text, found }) => (found ? `[${text}]` : text)).join('');

describe('search in the course', () => {
	test('finds a word in all its forms, titles first', () => {
		expect(refs('melatih')).toEqual(['a', 'b']);
		expect(refs('PELATIHAN')).toEqual(['a', 'b']);
	});

	test('marks what was found, in the title and where the page says it', () => {
		const [first, second] = findIn(pages, 'latihan').hits;
		expect(said(first?.title ?? [])).toBe('[Pelatihan] warga');
		expect(first?.excerpt).toEqual([]);
		expect(said(second?.excerpt ?? [])).toBe('Kami [dilatih] menata rak.');
	});

	test('finds a last word that is only half typed', () => {
		expect(refs('menj')).toEqual(['a']);
		expect(refs('rak men')).toEqual(['b']);
	});

	test('shows the words around what was found, not the whole page', () => {
		const [hit] = findIn(pages, 'sore').hits;
		expect(said(hit?.excerpt ?? [])).toMatch(/^… .*\[Sore\] hari ramai\.$/);
		expect(said(hit?.excerpt ?? []).length).toBeLessThan(200);
	});

	test('says when no page has all of the words, and shows those that have most', () => {
		expect(findIn(pages, 'rak anak')).toMatchObject({ all: true, hits: [{ ref: 'b' }] });
		expect(findIn(pages, 'rak anak ikan')).toMatchObject({ all: false, hits: [{ ref: 'b' }] });
		expect(findIn(pages, 'ikan')).toEqual({ hits: [], all: false });
	});

	test('takes anything that is typed for words, also nothing', () => {
		expect(findIn(pages, ' ')).toEqual({ hits: [], all: true });
		expect(refs('"rak" OR (*) \\ %')).toEqual(['b']);
		expect(refs(`${'rak '.repeat(5_000)}`)).toEqual(['b']);
	});

	test('goes over every lesson, in both languages', () => {
		const lessons = course.modules.flatMap((module) => module.lessons);
		for (const language of ['id', 'en'] as const) {
			const index = indexOf(course, language);
			for (const { slug, moduleSlug, title } of lessons) {
				const { hits } = findIn(index, title[language]);
				expect(hits.map(({ ref }) => ref)).toContain(`lesson/${moduleSlug}/${slug}`);
			}
		}
		expect(findIn(indexOf(course, 'en'), 'trained').hits.length).toBeGreaterThan(0);
	});

	test('reads pages as people do: no marks of HTML, pictures by their description', () => {
		const texts = findablesIn(course, 'id').flatMap(({ passages }) => passages);
		expect(texts.join(' ')).not.toMatch(/<\/?\w|&\w+;/);
	});
});
