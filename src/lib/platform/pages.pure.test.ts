import { describe, expect, test } from 'vitest';
import { pageOf } from './pages.ts';

describe('a long list in pages', () => {
	const list = { total: 49, size: 24 };

	test('begins with the first page', () => {
		expect(pageOf(null, list)).toEqual({ page: 1, pages: 3, offset: 0, size: 24 });
	});

	test('goes on where the page before ended', () => {
		expect(pageOf('3', list)).toMatchObject({ page: 3, offset: 48 });
	});

	test.each(['0', '-1', 'dua', '1.5', '9'.repeat(40), ''])('takes %j for a slip', (typed) => {
		expect(pageOf(typed, list).page).toBe(1);
	});

	test('ends with the last page, also for who came from a longer list', () => {
		expect(pageOf('7', list)).toMatchObject({ page: 3, offset: 48 });
	});

	test('has one page when it is empty', () => {
		expect(pageOf('2', { total: 0, size: 24 })).toMatchObject({ page: 1, pages: 1, offset: 0 });
	});
});
