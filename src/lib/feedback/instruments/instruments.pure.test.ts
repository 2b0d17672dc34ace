import { describe, expect, test } from 'vitest';
import { optionsOf } from '#lib/questions/kinds.ts';
import { measureOf } from '../instrument.ts';
import { instruments } from './index.ts';

describe.each(instruments)('the instrument "$id"', (instrument) => {
	const items = instrument.sections.flatMap((section) => section.items);

	test('gives every question an id of its own', () => {
		expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
		for (const { id } of items) expect(id).toMatch(/^[A-Z]\d{2,3}$/);
	});

	test('is worded in both languages', () => {
		const words = [
			...items.map(({ text }) => text),
			...items.flatMap((item) => optionsOf(item).map(({ label }) => label)),
			...instrument.sections.map(({ title }) => title)
		];
		for (const { id, en } of words) {
			expect(id.trim()).not.toBe('');
			expect(en.trim()).not.toBe('');
		}
	});

	test('scores only questions with four steps', () => {
		for (const item of items.filter((one) => measureOf(one) === 'scale')) {
			expect(optionsOf(item).map(({ value }) => value)).toEqual([1, 2, 3, 4]);
		}
	});

	test('has nine elements of the SKM, all scored', () => {
		expect(instrument.skm).toHaveLength(9);
		for (const id of instrument.skm) {
			expect(items.find((item) => item.id === id)?.scored).toBe(true);
		}
	});
});

test('the form at the end has the questions of the programme’s question bank', () => {
	const [end] = instruments;
	const codes = end.sections.flatMap(({ items }) => items.map(({ id }) => id));
	const run = (from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_, at) => `D${from + at}`);
	expect(codes).toEqual([
		...run(101, 113),
		...run(201, 211),
		...run(301, 305),
		...run(401, 404),
		...run(501, 504),
		...run(601, 609)
	]);
});
