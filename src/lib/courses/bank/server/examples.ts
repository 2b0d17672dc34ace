/**
 * Files to begin from: one question of each kind, as the course itself asks them,
 * in the shape in which questions come in.
 */
import type { Actor } from '#lib/people/actor.ts';
import { giftFile, giftOf } from '#lib/questions/exchange/gift-write.ts';
import { tableFile } from '#lib/questions/exchange/table-write.ts';
import { itemKinds } from '#lib/questions/items/kinds.ts';
import { practiceItemsOf, type Course, type CourseItem } from '../../course.ts';
import { importerOf } from '../../interchange/access.ts';

export interface ExampleFile {
	readonly name: string;
	readonly mediaType: string;
	readonly content: Buffer;
}

/** Refuses with `forbidden` whoever may not bring questions in. */
export function exampleFiles(course: Course, actor: Actor | null): ExampleFile[] {
	importerOf(actor);
	const all = practiceItemsOf(course);
	const items = Object.keys(itemKinds).flatMap((kind): CourseItem[] => {
		const found = all.find((item) => item.kind === kind);
		return found ? [found] : [];
	});
	const gift = items
		.filter((item) => giftOf(item, 'id') !== null)
		.map((item) => ({ name: item.objective, items: [item] }));
	const table = items.map((item) => ({ item, lesson: item.objective }));
	return [
		{
			name: 'contoh-soal.csv',
			mediaType: 'text/csv; charset=utf-8',
			content: Buffer.from(tableFile(table))
		},
		{
			name: 'contoh-soal.gift.txt',
			mediaType: 'text/plain; charset=utf-8',
			content: Buffer.from(giftFile(gift, 'id'))
		}
	];
}
