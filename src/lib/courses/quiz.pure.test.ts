import { describe, expect, test } from 'vitest';
import type { CourseItem, Quiz } from './course.ts';
import { betterScore, fits, grade, isPassed, questionsOf, resultsOf, unanswered } from './quiz.ts';

function item(id: string, answer: string): CourseItem {
	return {
		id,
		version: 1,
		kind: 'single',
		objective: 'konsep/apa-itu-inklusi-sosial',
		question: { id: `Soal ${id}`, en: `Question ${id}` },
		options: { id: { a: 'Ya', b: 'Tidak' }, en: { a: 'Yes', b: 'No' } },
		answer,
		explanation: { id: 'Karena begitu.', en: 'Because.' }
	};
}
const quiz: Quiz = { items: [item('QX1', 'a'), item('QX2', 'b'), item('QX3', 'a')] };

describe('a quiz', () => {
	test('counts right answers; an open question is not right', () => {
		expect(grade(quiz, { QX1: 'a', QX2: 'a' })).toEqual({ correct: 1, total: 3 });
	});

	test('is passed from seventy per cent on', () => {
		expect(isPassed({ correct: 7, total: 10 })).toBe(true);
		expect(isPassed({ correct: 69, total: 100 })).toBe(false);
		expect(isPassed({ correct: 0, total: 0 })).toBe(false);
	});

	test('names the questions left open', () => {
		expect(unanswered(quiz, { QX2: 'a' })).toEqual(['QX1', 'QX3']);
	});

	test('fits only answers to its own questions and options', () => {
		expect(fits(quiz, { QX1: 'b' })).toBe(true);
		expect(fits(quiz, { QX1: 'c' })).toBe(false);
		expect(fits(quiz, { QY1: 'a' })).toBe(false);
		expect(fits(quiz, { QX1: 'toString' })).toBe(false);
	});

	test('does not give its answers away with its questions', () => {
		expect(questionsOf(quiz.items, 'en')[0]).toEqual({
			id: 'QX1',
			version: 1,
			control: 'radios',
			scenario: null,
			question: 'Question QX1',
			options: [
				{ key: 'a', text: 'Yes' },
				{ key: 'b', text: 'No' }
			],
			left: []
		});
	});

	test('explains every question after it was handed in, and names the lesson to read again', () => {
		expect(resultsOf(quiz.items, { QX1: 'b' }, 'id').slice(0, 2)).toEqual([
			expect.objectContaining({
				id: 'QX1',
				question: 'Soal QX1',
				chosen: ['Tidak'],
				right: false,
				answer: ['Ya'],
				explanation: 'Karena begitu.',
				lessonKey: 'konsep/apa-itu-inklusi-sosial'
			}),
			expect.objectContaining({ id: 'QX2', chosen: [], right: false, answer: ['Tidak'] })
		]);
	});
});

describe('the better of two scores', () => {
	test('is the one with the larger share, also when the quiz has grown', () => {
		expect(betterScore({ correct: 8, total: 10 }, { correct: 9, total: 12 })).toEqual({
			correct: 8,
			total: 10
		});
		expect(betterScore(null, { correct: 0, total: 10 })).toEqual({ correct: 0, total: 10 });
	});
});
