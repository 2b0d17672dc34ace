import { describe, expect, test } from 'vitest';
import { shownPeople } from './shown-people.ts';

const minute = (n: number) => new Date(Date.UTC(2026, 5, 5, 3, n));
const handIns = (n: number) =>
	Array.from({ length: n }, (_, at) => ({ userId: `u${at}`, handedInAt: minute(at) }));

describe('figures of a class', () => {
	test('speak of everybody who handed in before the first closing', () => {
		expect(shownPeople(handIns(7), minute(6)).size).toBe(7);
	});

	test('take in who comes later five at a time, so that none of them can be told from a difference', () => {
		const sizes = [7, 8, 11, 12, 16, 17].map((n) => shownPeople(handIns(n), minute(6)).size);
		expect(sizes).toEqual([7, 7, 7, 12, 12, 17]);
	});

	test('wait for five when fewer were there at the first closing', () => {
		const sizes = [3, 4, 5, 9, 10].map((n) => shownPeople(handIns(n), minute(2)).size);
		expect(sizes).toEqual([0, 0, 5, 5, 10]);
	});

	test('keep whom they have shown, however the hand-ins are ordered', () => {
		const before = shownPeople(handIns(12).toReversed(), minute(6));
		const after = shownPeople(handIns(20), minute(6));
		expect([...before].every((userId) => after.has(userId))).toBe(true);
	});

	test('speak of everybody when the test ended with its days', () => {
		expect(shownPeople(handIns(8), null).size).toBe(8);
	});

	test('count a person once', () => {
		const twice = handIns(4).flatMap((one) => [one, one]);
		expect(shownPeople(twice, minute(9)).size).toBe(0);
	});
});
