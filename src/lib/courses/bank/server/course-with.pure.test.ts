import { expect, test } from 'vitest';
import { lessonKey } from '../../course.ts';
import { readCourse } from '../../server/content.ts';
import type { BankItem, Place } from '../bank.ts';
import { courseWith } from './course-with.ts';

const course = readCourse('content');
const [module] = course.modules;
const lesson = module?.lessons[0];
if (!module?.quiz || !lesson) throw new Error('the course is too short');

const bankItem = (askedIn: Place, objective = lessonKey(lesson)): BankItem => ({
	askedIn,
	item: {
		id: 'IM1',
		version: 1,
		kind: 'truefalse',
		objective,
		question: { id: 'Benar?', en: 'True?' },
		explanation: { id: 'Ya.', en: 'Yes.' },
		options: { id: { a: 'Benar', b: 'Salah' }, en: { a: 'True', b: 'False' } },
		answer: 'a'
	}
});

test('a course that asks nothing of the bank is the course of the files', () => {
	expect(courseWith(course, [])).toBe(course);
	expect(courseWith(course, [bankItem('nowhere')])).toBe(course);
});

test('other modules stay as they are, so that phones keep their packs', () => {
	const changed = courseWith(course, [bankItem('quiz')]);
	expect(changed.modules.slice(1)).toEqual(course.modules.slice(1));
	for (const [at, other] of changed.modules.entries()) {
		if (at > 0) expect(other).toBe(course.modules[at]);
	}
});

test('an edition tells in a lesson from in the quiz, and is the same every time', () => {
	const edition = (place: Place) => courseWith(course, [bankItem(place)]).modules[0]?.edition;
	expect(edition('lesson')).toMatch(/^[0-9a-f]{12}$/);
	expect(edition('lesson')).toBe(edition('lesson'));
	expect(new Set([module.edition, edition('lesson'), edition('quiz')]).size).toBe(3);
});

test('an item whose lesson is gone is asked nowhere', () => {
	const changed = courseWith(course, [
		bankItem('quiz', 'modul/lama'),
		bankItem('lesson', 'modul/lama')
	]);
	expect(changed.modules).toEqual(course.modules);
});
