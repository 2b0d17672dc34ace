import { describe, expect, test } from 'vitest';
import { areMet, conditionsOf, PROPOSED_TERMS, type Facts } from './completion.ts';
import { drawable } from './drawable.ts';
import { maskName, newNumber, normaliseNumber, showNumber } from './number.ts';

const facts = (attended: number, total: number, pre = true, post = true): Facts => ({
	hours: { attended, total },
	handedIn: { pre, post }
});
const met = (known: Facts, terms = PROPOSED_TERMS) => areMet(conditionsOf(terms, known));

describe('completing a training', () => {
	test('takes 80 % of the training hours and both tests, unless the office says otherwise', () => {
		expect(met(facts(21, 26))).toBe(true);
		expect(met(facts(20, 26))).toBe(false);
		expect(met(facts(26, 26, true, false))).toBe(false);
		expect(met(facts(26, 26, false, true))).toBe(false);
		expect(
			met(facts(0, 26, false, true), { ...PROPOSED_TERMS, attendancePercent: 0, preTest: false })
		).toBe(true);
	});

	test('says how many hours it takes, rounded up, and how many there are', () => {
		expect(conditionsOf(PROPOSED_TERMS, facts(18, 26, true, false))).toEqual([
			{ kind: 'attendance', met: false, percent: 80, attended: 18, total: 26, needed: 21 },
			{ kind: 'pre', met: true },
			{ kind: 'post', met: false }
		]);
	});

	test('is not done by an agenda without hours', () => {
		expect(met(facts(0, 0))).toBe(false);
	});
});

describe('the number of a certificate', () => {
	test('is random, twelve letters, and survives being copied from paper', () => {
		const numbers = Array.from({ length: 200 }, newNumber);
		expect(new Set(numbers).size).toBe(200);
		for (const number of numbers) {
			expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
			expect(normaliseNumber(` ${showNumber(number).toLowerCase()} `)).toBe(number);
		}
		expect(normaliseNumber('oil0-7kpq-m3x0')).toBe('01107KPQM3X0');
	});

	test('that was tampered with is none', () => {
		expect(normaliseNumber('7KPQ-M3X0-9T1')).toBeNull();
		expect(normaliseNumber('7KPQ-M3X0-9T1U')).toBeNull();
		expect(normaliseNumber("7KPQ-M3X0-9T1'")).toBeNull();
		expect(normaliseNumber('')).toBeNull();
	});
});

describe('a name', () => {
	test('shows in public the beginning and length of its words', () => {
		expect(maskName('Sari Wulandari, A.Md.')).toBe('S••• W••••••••, A.M•.');
		expect(maskName('Yusuf')).toBe('Y••••');
		expect(maskName("Nur'aini Ayu")).toBe("N••'a••• A••");
		expect(maskName('')).toBe('');
	});

	test('is printed with the letters there are', () => {
		expect(drawable('Sri 🌸 Wahyuni')).toBe('Sri Wahyuni');
		expect(drawable('<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
		expect(drawable('Żółw Ḥasan é')).toBe('Żółw Ḥasan é');
		expect(drawable('漢字')).toBe('');
	});
});
