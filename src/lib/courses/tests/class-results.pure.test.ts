import { describe, expect, test } from 'vitest';
import {
	classGain,
	phaseResult,
	tookBothTests,
	turnoutOf,
	type CountedAnswer
} from './class-results.ts';
import { otherForm, type FormName, type TestPhase } from './test.ts';

const OBJECTIVES = ['a/satu', 'a/dua', 'b/satu'];

/** `right`: for each objective 1 or 0. */
const took = (userId: string, phase: TestPhase, first: FormName, right: string): CountedAnswer[] =>
	OBJECTIVES.map((objective, at) => ({
		userId,
		phase,
		form: phase === 'pre' ? first : otherForm(first),
		objective,
		right: right[at] === '1',
		handedInAt: new Date('2026-06-05T03:00:00Z')
	}));

/** Nobody closed the tests: they ended with their days. */
const byItself = { pre: null, post: null };

const klass = [
	...took('u1', 'pre', 'A', '100'),
	...took('u1', 'post', 'A', '110'),
	...took('u2', 'pre', 'B', '000'),
	...took('u2', 'post', 'B', '110'),
	...took('u3', 'pre', 'A', '001'),
	...took('u3', 'post', 'A', '111'),
	...took('u4', 'pre', 'B', '000'),
	...took('u4', 'post', 'B', '100'),
	...took('u5', 'pre', 'A', '010'),
	...took('u5', 'post', 'A', '110'),
	...took('u6', 'pre', 'B', '111'),
	...took('u7', 'post', 'A', '111')
];

describe('the results of a class', () => {
	test('say which lesson is weakest, with n and interval', () => {
		const before = phaseResult(klass, 'pre', byItself);
		expect(before?.n).toBe(6);
		expect(before?.objectives.map(({ objective, n }) => [objective, n])).toEqual([
			['a/satu', 6],
			['a/dua', 6],
			['b/satu', 6]
		]);
		expect(before?.objectives[0]?.share).toBeCloseTo(2 / 6, 10);
		expect(before?.mean).toBeCloseTo(6 / 18, 10);
	});

	test('say the gain of those who took both, in all, by module and by lesson', () => {
		const found = classGain(klass, byItself);
		expect(found?.total.n).toBe(5);
		// A first: gains 1/3, 2/3, 1/3. B first: 2/3, 1/3.
		expect(found?.total.value).toBeCloseTo((4 / 9 + 1 / 2) / 2, 10);
		expect(found?.modules.map(({ moduleSlug }) => moduleSlug)).toEqual(['a', 'b']);
		const second = found?.objectives.find(({ objective }) => objective === 'a/dua');
		// A first: 2 of 3 learnt it; B first: 1 of 2.
		expect(second?.gain.value).toBeCloseTo((2 / 3 + 1 / 2) / 2, 10);
	});

	test('say whose tests are missing', () => {
		expect(turnoutOf(klass, 10)).toEqual({
			invited: 10,
			both: 5,
			onlyPre: 1,
			onlyPost: 1,
			neither: 3
		});
	});

	test('say nothing about fewer than five people', () => {
		const four = klass.filter(({ userId }) => ['u1', 'u2', 'u3', 'u4'].includes(userId));
		expect(phaseResult(four, 'pre', byItself)).toBeNull();
		expect(classGain(four, byItself)).toBeNull();
		expect(
			classGain(
				klass.filter(({ userId }) => userId !== 'u5'),
				byItself
			)
		).toBeNull();
		expect(phaseResult([], 'post', byItself)).toBeNull();
	});

	test('leave out whom a subtraction from those who took both would give away', () => {
		const both = tookBothTests(klass, byItself);
		expect([...both].toSorted()).toEqual(['u1', 'u2', 'u3', 'u4', 'u5']);
		expect(phaseResult(klass, 'pre', byItself)?.n).toBe(6);
		expect(phaseResult(klass, 'pre', byItself, both)?.n).toBe(5);
		expect(phaseResult(klass, 'post', byItself, both)?.n).toBe(5);
		const five = ['v1', 'v2', 'v3', 'v4', 'v5'].flatMap((id) => took(id, 'pre', 'A', '111'));
		expect(phaseResult([...klass, ...five], 'pre', byItself, both)?.n).toBe(11);
	});

	test('do not compare forms that fewer than five began with', () => {
		expect(classGain(klass, byItself)?.forms).toBeNull();
		const many = Array.from({ length: 10 }, (_, at) => {
			const first = at % 2 === 0 ? 'A' : 'B';
			const who = `v${at}`;
			return [
				...took(who, 'pre', first, first === 'A' ? '110' : '100'),
				...took(who, 'post', first, '111')
			];
		}).flat();
		expect(classGain(many, byItself)?.forms).toMatchObject({
			A: { n: 5 },
			B: { n: 5 },
			value: expect.closeTo(1 / 3, 10)
		});
	});
});
