import { expect, test } from 'vitest';
import { parseWholeNumber, spellNumber } from './numbers.ts';

test.each([
	['1.500.000', 1_500_000],
	['Rp 1.500.000,00', 1_500_000],
	['Rp1500000,-', 1_500_000],
	['0', 0],
	['', null],
	['-5', null],
	['dua', null],
	['1,5', null],
	['99999999999', null]
])('%s is read as %s', (typed, value) => {
	expect(parseWholeNumber(typed, 1_000_000_000)).toBe(value);
});

test('thousands are shown with dots', () => {
	expect(spellNumber(1_500_000)).toBe('1.500.000');
});
