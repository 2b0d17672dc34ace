/** A module as files for other systems, made once for each language and edition. */
import type { Actor } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { zip } from '#lib/platform/server/zip.ts';
import { leftOut } from '#lib/questions/exchange/cartridge-quiz.ts';
import { giftFile } from '#lib/questions/exchange/gift-write.ts';
import {
	findModule,
	lessonKey,
	practiceItemsOf,
	type Course,
	type Language,
	type Module
} from '../../course.ts';
import { mayTakeModules } from '../access.ts';
import { cartridgeFiles } from '../cartridge.ts';
import { itemPackageFiles } from '../item-package.ts';

export const moduleFileNames = ['cartridge', 'qti', 'gift'] as const;
export type ModuleFileName = (typeof moduleFileNames)[number];

export interface ModuleFile {
	readonly kind: ModuleFileName;
	/** 'etos-kerja.imscc' */
	readonly name: string;
	readonly mediaType: string;
	readonly content: Buffer;
	/** How many questions of the module this kind of file cannot hold. */
	readonly leftOut: number;
}

const made = new WeakMap<Module, Map<Language, readonly ModuleFile[]>>();

/**
 * Everything a module can be taken along as. Refuses with `not_found` a module
 * that is not there, with `forbidden` whoever has no assignment but to learn.
 */
export function moduleFiles(
	course: Course,
	actor: Actor | null,
	{ slug, language }: { readonly slug: string; readonly language: Language }
): readonly ModuleFile[] {
	if (!mayTakeModules(actor)) throw new Refusal('forbidden', 'courses_refused_take_module');
	const module = findModule(course, slug);
	const known = made.get(module) ?? new Map<Language, readonly ModuleFile[]>();
	made.set(module, known);
	const files = known.get(language) ?? makeFiles(module, course, language);
	known.set(language, files);
	return files;
}

/** One of them by its name. Refuses as `moduleFiles`, and with `not_found` any other name. */
export function moduleFile(
	course: Course,
	actor: Actor | null,
	{ name, ...of }: { readonly slug: string; readonly language: Language; readonly name: string }
): ModuleFile {
	const found = moduleFiles(course, actor, of).find((file) => file.name === name);
	if (!found) throw new Refusal('not_found', 'courses_refused_no_module_file');
	return found;
}

function makeFiles(module: Module, course: Course, language: Language): ModuleFile[] {
	const items = practiceItemsOf({ modules: [module] });
	const orders = leftOut(items);
	const name = (ending: string) => `${module.slug}.${language}${ending}`;
	const gift = giftFile(
		module.lessons.map((lesson) => ({
			name: lessonKey(lesson),
			items: items.filter(({ objective }) => objective === lessonKey(lesson))
		})),
		language
	);
	const archive = { mediaType: 'application/zip' };
	return [
		{
			kind: 'cartridge',
			name: name('.imscc'),
			content: zip(cartridgeFiles(module, course, language)),
			leftOut: orders,
			...archive
		},
		{
			kind: 'qti',
			name: name('.qti.zip'),
			content: zip(itemPackageFiles(module, language)),
			leftOut: 0,
			...archive
		},
		{
			kind: 'gift',
			name: name('.gift.txt'),
			mediaType: 'text/plain; charset=utf-8',
			content: Buffer.from(gift),
			leftOut: orders
		}
	];
}
