import { expect, test } from 'vitest';
import { holderIn } from '#lib/people/holder.ts';
import { findablesIn, findablesOfPack } from './findables.ts';
import { costOf, findablesPath, packNames, packPages } from './pack.ts';
import { findIn, indexCourse } from './search.ts';
import { readCourse } from './server/content.ts';

const course = readCourse('content');

test('a pack is offered for every module that has a lesson, and one for what lies around them', () => {
	const written = course.modules.filter(({ lessons }) => lessons.length > 0);
	expect(packNames(course)).toEqual(['dasar', ...written.map(({ slug }) => slug)]);
});

test('the pack of a module holds all of its lessons and its quiz, and no page of anybody', () => {
	const [module] = course.modules;
	const pages = packPages(course, module!.slug);
	for (const { slug } of module!.lessons)
		expect(pages).toContain(`/belajar/${module!.slug}/${slug}`);
	expect(pages).toContain(`/belajar/${module!.slug}/kuis`);
	for (const name of packNames(course)) {
		for (const page of packPages(course, name)) expect(page).toMatch(/^\/(belajar|hadir)(\/|$)/);
	}
});

test('every pack brings the text that is searched without a signal, each page of it once', () => {
	const refs = packNames(course).flatMap((name) => {
		expect(packPages(course, name)).toContain(findablesPath(name));
		return findablesOfPack(course, name, 'id').map(({ ref }) => ref);
	});
	expect(refs.toSorted()).toEqual(
		findablesIn(course, 'id')
			.map(({ ref }) => ref)
			.toSorted()
	);
	const index = indexCourse('id', findablesOfPack(course, 'konsep-transformasi', 'id'));
	expect(findIn(index, 'melatih').hits.length).toBeGreaterThan(0);
});

test('a little data costs a rupiah rather than nothing', () => {
	expect(costOf(37_000, 20)).toBe(1);
	expect(costOf(1_500_000, 20)).toBe(30);
	expect(costOf(0, 20)).toBe(0);
});

test('a phone knows its holder by one cookie among others', () => {
	expect(holderIn('a=b; pemegang=abc234; c=d')).toBe('abc234');
	expect(holderIn('__Host-pemegang=abc234')).toBe('abc234');
	expect(holderIn('pemegangnya=abc234; sesi=x')).toBeNull();
	expect(holderIn('pemegang=')).toBeNull();
	expect(holderIn('pemegang=<script>')).toBeNull();
	expect(holderIn('')).toBeNull();
});
