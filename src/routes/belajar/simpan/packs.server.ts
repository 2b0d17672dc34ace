/**
 * The packs of the course as they would be sent now: every page rendered for anybody, weighed and
 * hashed once per process and language, with the files it needs.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { packNames, packPages, type Pack, type PackFile } from '#lib/courses/pack.ts';
import { packEdition } from '#lib/courses/server/pack-edition.ts';
import type { Course, Language } from '#lib/courses/course.ts';
import { impersonal } from '../../links.ts';
import { builtFile } from './built-files.server.ts';

type Fetch = (path: string) => Promise<Response>;

const known = new WeakMap<Course, Map<Language, Promise<Pack[]>>>();

/** All packs in one language, those of every module after the one they lean on. */
export function packsIn(course: Course, language: Language, fetch: Fetch): Promise<Pack[]> {
	const ofCourse = known.get(course) ?? new Map<Language, Promise<Pack[]>>();
	known.set(course, ofCourse);
	const made = ofCourse.get(language) ?? makePacks(course, language, fetch);
	ofCourse.set(language, made);
	// A page that could not be made once may be made the next time.
	made.catch(() => ofCourse.delete(language));
	return made;
}

async function makePacks(course: Course, language: Language, fetch: Fetch): Promise<Pack[]> {
	const packs: Pack[] = [];
	for (const name of packNames(course)) {
		const pages: Page[] = [];
		for (const path of packPages(course, name)) {
			pages.push(await render(impersonal(path, language), fetch));
		}
		const needed = [...new Set(pages.flatMap(({ needs }) => needs))];
		const files = [...needed.flatMap(weighed), ...pages.map(({ file }) => file)];
		const version = digest(files.map(({ url, sha256 }) => `${url} ${sha256}`).join('\n'));
		const edition = packEdition(course, name);
		packs.push({ name, language, edition, version: version.slice(0, 12), files });
	}
	return packs;
}

interface Page {
	readonly file: PackFile;
	/** Paths from the root of the site. */
	readonly needs: readonly string[];
}

async function render(url: string, fetch: Fetch): Promise<Page> {
	const answer = await fetch(url);
	if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
	const html = await answer.text();
	return { file: weigh(url, Buffer.from(html)), needs: neededBy(html, url) };
}

const ADDRESS = /<(?:link|script|img)\b[^>]*\b(?:href|src)="(?<address>[^"]+)"/g;

function neededBy(html: string, url: string): string[] {
	const addresses = [...html.matchAll(ADDRESS)].map((hit) => hit.groups?.address ?? '');
	return addresses
		.filter((address) => !address.startsWith('data:'))
		.flatMap((address) => withItsParts(pathFrom(url, address)));
}

const PART = /["'`](?<address>\.{1,2}\/[\w./-]+\.js)["'`]/g;

/** A script loads parts of itself when they are needed, which no page says. */
function withItsParts(path: string, known: readonly string[] = []): string[] {
	if (!path.endsWith('.js') || known.includes(path)) return [path];
	const source = builtFile(path)?.toString() ?? '';
	const parts = [...source.matchAll(PART)].map((hit) => pathFrom(path, hit.groups?.address ?? ''));
	return [path, ...parts.flatMap((part) => withItsParts(part, [...known, path]))];
}

const pathFrom = (url: string, address: string) =>
	new URL(address, `http://here.invalid${url}`).pathname;

function weighed(url: string): PackFile[] {
	const content = builtFile(url);
	return content ? [weigh(url, content)] : [];
}

function weigh(url: string, content: Buffer): PackFile {
	return {
		url,
		sha256: digest(content),
		bytes: content.length,
		gzipBytes: gzipSync(content).length
	};
}

const digest = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
