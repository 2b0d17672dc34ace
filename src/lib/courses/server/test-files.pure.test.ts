import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readCourse } from './content.ts';
import { openDesk, type Desk } from './testing/desk.ts';

const A = 'tests/form-a.yaml';
const B = 'tests/form-b.yaml';

let desk: Desk;
beforeEach(() => {
	desk = openDesk({ whole: true });
});
afterEach(() => desk.close());

describe('the two forms of a test', () => {
	test('ask twenty questions each, about the same lessons of all four modules', () => {
		const course = readCourse('content');
		const { A: first = [], B: second = [] } = course.test ?? {};
		expect(first).toHaveLength(20);
		expect(second.map(({ objective, kind }) => [objective, kind])).toEqual(
			first.map(({ objective, kind }) => [objective, kind])
		);
		const required = course.modules.filter(({ optional }) => !optional).map(({ slug }) => slug);
		const asked = new Set(first.map(({ objective }) => objective.split('/')[0]));
		expect([...asked]).toEqual(required);
		expect(new Set(first.map(({ objective }) => objective)).size).toBe(20);
	});

	test('may not be written yet', () => {
		rmSync(join(desk.dir, 'tests'), { recursive: true });
		expect(readCourse(desk.dir).test).toBeNull();
	});

	test('are both there', () => {
		rmSync(join(desk.dir, B));
		expect(desk.mistakes()).toEqual([`${B}:1: is missing: a test has the forms A and B`]);
	});

	test('ask about lessons that are there', () => {
		const line = desk.change(A, 'objective: layanan-prima/konsep-a6', 'objective: konsep-a6');
		const other = desk.change(B, 'objective: layanan-prima/konsep-a6', 'objective: konsep-a6');
		expect(desk.mistakes()).toEqual([
			`${A}:${line}: TA17: there is no lesson "konsep-a6" (module/lesson)`,
			`${B}:${other}: TB17: there is no lesson "konsep-a6" (module/lesson)`
		]);
	});

	test('ask about the same lessons in the same order and the same way', () => {
		desk.change(
			B,
			'objective: layanan-prima/konsep-a6',
			'objective: layanan-prima/menangani-keluhan'
		);
		expect(desk.mistakes()).toEqual([
			expect.stringMatching(
				`${B}:\\d+: TB17: asks about layanan-prima/menangani-keluhan, its twin TA17 about layanan-prima/konsep-a6`
			)
		]);
	});

	test('share no id with any other question', () => {
		const line = desk.change(B, 'id: TB1\n', 'id: QA1\n');
		expect(desk.mistakes()).toEqual([`${B}:${line}: QA1: this id is used twice`]);
	});
});
