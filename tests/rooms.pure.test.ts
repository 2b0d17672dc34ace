import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findViolations } from './rooms.ts';

const house = (files: Record<string, string>) => findViolations(new Map(Object.entries(files)));

const PLAN = 'src/lib/plans/plan.ts';

describe('the plan of the house', () => {
	test('holds for the whole tree', () => {
		expect(findViolations(readTree())).toEqual([]);
	});

	test('lets a file use its own room and what lies below', () => {
		const source = `
			import { day } from '#lib/platform/calendar.ts';
			import type { Actor } from '#lib/people/actor.ts';
			import { row } from './row.ts';
			import * as Y from 'yjs';
			export { progress } from './progress.ts';`;
		expect(house({ [PLAN]: source })).toEqual([]);
	});

	test('refuses an import upwards', () => {
		expect(house({ [PLAN]: `import { due } from '#lib/monitoring/due.ts';` })).toEqual([
			`${PLAN}: imports upwards, from plans to monitoring (src/lib/monitoring/due.ts)`
		]);
	});

	test('refuses an import sideways, also of a type', () => {
		expect(house({ [PLAN]: `import type { Lesson } from '../courses/course.ts';` })).toEqual([
			`${PLAN}: imports sideways, from plans to courses (src/lib/courses/course.ts)`
		]);
	});

	test('sees what is handed on and what is imported later', () => {
		expect(house({ [PLAN]: `export * from '#lib/feedback/board.ts';` })).toHaveLength(1);
		expect(house({ [PLAN]: `const later = () => import('#lib/feedback/board.ts');` })).toHaveLength(
			1
		);
	});

	test('reads both scripts of a component, and not its markup', () => {
		const component = `
			<script module lang="ts">import { a } from '#lib/courses/a.ts';</script>
			<script lang="ts">import { b } from '#lib/feedback/b.ts';</script>
			<p>import x from '#lib/monitoring/x.ts'</p>`;
		expect(house({ 'src/lib/plans/Plan.svelte': component })).toHaveLength(2);
	});

	test('keeps SvelteKit on the top floor', () => {
		expect(house({ [PLAN]: `import { error } from '@sveltejs/kit';` })).toHaveLength(1);
		expect(house({ 'src/collab/room.ts': `import { env } from '$app/env/private';` })).toHaveLength(
			1
		);
		expect(house({ 'src/routes/+page.ts': `import { error } from '@sveltejs/kit';` })).toEqual([]);
	});

	test('keeps the database away from routes', () => {
		const route = 'src/routes/rencana/+page.server.ts';
		const viaRoom = `import { plan } from '#lib/platform/server/db/schema/index.ts';`;
		expect(house({ [route]: viaRoom })).toHaveLength(1);
		expect(house({ [route]: `import { eq } from 'drizzle-orm';` })).toHaveLength(1);
		expect(house({ [route]: `import { findPlan } from '#lib/plans/server/plans.ts';` })).toEqual(
			[]
		);
	});

	test('refuses files that go round in a circle', () => {
		const circle = {
			[PLAN]: `import { row } from './row.ts';`,
			'src/lib/plans/row.ts': `import { cell } from './cell.ts';`,
			'src/lib/plans/cell.ts': `export { open } from './plan.ts';`
		};
		expect(house(circle)).toEqual([expect.stringContaining('goes round in a circle')]);
	});

	test('minds no circle of types, and none that is closed later', () => {
		const open = `import { row } from './row.ts';`;
		const row = 'src/lib/plans/row.ts';
		expect(house({ [PLAN]: open, [row]: `import type { Plan } from './plan.ts';` })).toEqual([]);
		expect(house({ [PLAN]: open, [row]: `import { type Plan } from './plan.ts';` })).toEqual([]);
		expect(house({ [PLAN]: open, [row]: `export type { Plan } from './plan.ts';` })).toEqual([]);
		expect(house({ [PLAN]: open, [row]: `const plan = () => import('./plan.ts');` })).toEqual([]);
	});

	test('lets a component show itself inside itself', () => {
		const tree = 'src/lib/ui/Tree.svelte';
		expect(house({ [tree]: `<script>import Tree from './Tree.svelte';</script>` })).toEqual([]);
	});

	test('refuses a room it does not know, and a file outside any room', () => {
		expect(house({ 'src/lib/utils/text.ts': '' })).toHaveLength(1);
		expect(house({ 'src/lib/text.ts': '' })).toHaveLength(1);
		expect(house({ 'src/helpers.ts': '' })).toHaveLength(1);
	});

	test('lets only tests reach for the tools of the tests', () => {
		const source = `import { openTestApp } from '../../../tests/open-app.ts';`;
		expect(house({ 'src/lib/plans/plan.test.ts': source })).toEqual([]);
		expect(house({ [PLAN]: source })).toHaveLength(1);
	});
});

/** Every source file of src/ and scripts/. The generated texts are read by nobody. */
function readTree(): Map<string, string> {
	const paths = ['src', 'scripts'].flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
			join(folder, name).replaceAll('\\', '/')
		)
	);
	const sources = paths.filter(
		(path) => /\.(ts|svelte|mjs)$/.test(path) && !path.startsWith('src/lib/paraglide/')
	);
	return new Map(sources.map((path) => [path, readFileSync(path, 'utf8')]));
}
