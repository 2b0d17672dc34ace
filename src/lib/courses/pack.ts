/**
 * A pack (paket): the pages of a module, or those of the course around the modules, with everything
 * they need, for a phone to keep.
 *
 * Pure: what belongs to a pack and how it is counted. Pages in a pack are made for nobody in
 * particular, and hold no answer to any question.
 */
import { lessonKey, type Course, type Language } from './course.ts';

/** What every module needs: the list of modules, search, notes, words; and the form for a code of attendance. */
export const BASE_PACK = 'dasar';

/** One file of a pack, as it comes over the wire. */
export interface PackFile {
	/** From the root of the site, '/paket/belajar/…' or '/_app/immutable/…'. */
	readonly url: string;
	/** Of the bytes as they are after unpacking, in hex. */
	readonly sha256: string;
	/** As the phone keeps it. */
	readonly bytes: number;
	/** As it is sent. */
	readonly gzipBytes: number;
}

export interface Pack {
	/** BASE_PACK or the slug of a module. */
	readonly name: string;
	readonly language: Language;
	/** Of the text: a phone that has this one has nothing to fetch. */
	readonly edition: string;
	/** Of every byte: two packs of one version are the same. */
	readonly version: string;
	/** Those that the others need come first, so that half a pack can be read already. */
	readonly files: readonly PackFile[];
}

/** The names of all packs, in the order in which they are saved. */
export function packNames(course: Pick<Course, 'modules'>): string[] {
	const written = course.modules.filter((module) => module.lessons.length > 0);
	return [BASE_PACK, ...written.map((module) => module.slug)];
}

/** The addresses of the pages of a pack, without language. */
export function packPages(course: Course, name: string): string[] {
	if (name === BASE_PACK) {
		const around = ['', 'simpan', 'cari', 'catatan', 'kiriman', 'alat', 'istilah'];
		return [...around.map(inCourse), '/hadir', findablesPath(name)];
	}
	const module = course.modules.find(({ slug }) => slug === name);
	if (!module) return [];
	const tools = new Set(module.lessons.flatMap(({ tool }) => tool ?? []));
	return [
		module.slug,
		...module.lessons.map(lessonKey),
		...(module.quiz ? [`${module.slug}/kuis`] : []),
		...[...tools].map((tool) => `alat/${tool}`)
	]
		.map(inCourse)
		.concat(findablesPath(name));
}

/** Where the text of a pack is, to be searched without a signal. */
export const findablesPath = (name: string) => inCourse(`cari/${name}`);

const inCourse = (path: string) => (path === '' ? '/belajar' : `/belajar/${path}`);

export const sizeOf = (files: readonly PackFile[]): number =>
	files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);

/** Rupiah, rounded up to whole ones, at so many rupiah for a megabyte. */
export function costOf(bytes: number, rupiahPerMb: number): number {
	return Math.ceil((bytes / 1_000_000) * rupiahPerMb);
}
