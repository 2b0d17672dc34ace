/**
 * `tests/form-a.yaml` and `tests/form-b.yaml`: the two forms of the pre-test and
 * post-test. They ask about the same lessons, in the same order and in the same
 * way; else a gain from one to the other would say nothing.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lessonKey, type CourseItem, type Module, type TestForms } from '../course.ts';
import { text } from './fields.ts';
import { readItems, type Place } from './item-file.ts';
import type { Mistakes } from './mistakes.ts';

export const TESTS = 'tests';

/** Fewer say too little, more take too long on a phone. */
const SIZE = { fewest: 10, most: 30 };

interface TestFiles {
	/** The folder of the course. */
	readonly dir: string;
	readonly modules: readonly Module[];
	readonly takenIds: Map<string, Place>;
}

/** `null` when there are none, or when they cannot be read: then the reasons are among the mistakes. */
export function readTestForms(from: TestFiles, mistakes: Mistakes): TestForms | null {
	if (!existsSync(join(from.dir, TESTS))) return null;
	const [A, B] = (['form-a.yaml', 'form-b.yaml'] as const).map((name) =>
		readForm(from, join(from.dir, TESTS, name), mistakes)
	);
	if (!A || !B) return null;
	comparePairs(A, B, { takenIds: from.takenIds, mistakes });
	return { A, B };
}

function readForm(
	{ modules, takenIds }: TestFiles,
	file: string,
	mistakes: Mistakes
): CourseItem[] | null {
	if (!existsSync(file)) {
		mistakes.add(file, 1, 'is missing: a test has the forms A and B');
		return null;
	}
	const lessons = modules.flatMap(({ slug: moduleSlug, lessons, planned }) =>
		[...lessons, ...planned].map(({ slug }) => lessonKey({ moduleSlug, slug }))
	);
	const number = `a form of a test has ${SIZE.fewest} to ${SIZE.most}`;
	return readItems(
		{
			file,
			also: { objective: text },
			takenIds,
			...SIZE,
			number,
			check({ objective }, say) {
				if (!lessons.includes(objective)) {
					say('objective', `there is no lesson "${objective}" (module/lesson)`);
				}
			}
		},
		mistakes
	);
}

interface Pairing {
	readonly takenIds: ReadonlyMap<string, Place>;
	readonly mistakes: Mistakes;
}

function comparePairs(
	A: readonly CourseItem[],
	B: readonly CourseItem[],
	{ takenIds, mistakes }: Pairing
): void {
	const say = ({ id }: CourseItem, sentence: string) => {
		const { file, line } = takenIds.get(id) ?? { file: TESTS, line: 1 };
		mistakes.add(file, line, `${id}: ${sentence}`);
	};
	for (const [at, item] of B.entries()) {
		const twin = A[at];
		if (!twin) say(item, 'has no twin in form A');
		else if (twin.objective !== item.objective) {
			say(item, `asks about ${item.objective}, its twin ${twin.id} about ${twin.objective}`);
		} else if (twin.kind !== item.kind) {
			say(item, `is of the kind ${item.kind}, its twin ${twin.id} ${twin.kind}`);
		}
	}
	for (const item of A.slice(B.length)) say(item, 'has no twin in form B');
}
