/**
 * Fails a build that carries broken course text, with file and line of every mistake: a librarian
 * who edits content/ learns it at her desk and not in a village.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const FOLDER = 'content';
const READER = 'src/lib/courses/server/content.ts';

interface Reader {
	readCourse(folder: string): unknown;
	ContentError: new (mistakes: string[]) => Error & { readonly mistakes: string[] };
}

/** One line per mistake: `<file>:<line>: what is wrong`. Runs the product's own reader, in plain Node. */
export async function mistakesInContent(root: string): Promise<string[]> {
	const { readCourse, ContentError } = (await import(
		pathToFileURL(join(root, READER)).href
	)) as Reader;
	try {
		readCourse(join(root, FOLDER));
		return [];
	} catch (thrown) {
		if (thrown instanceof ContentError) return thrown.mistakes;
		throw thrown;
	}
}

export function content(): Plugin {
	return {
		name: 'rembuk-content',
		apply: 'build',
		async buildStart() {
			const mistakes = await mistakesInContent(process.cwd());
			if (mistakes.length > 0) this.error(`mistakes in ${FOLDER}/:\n${mistakes.join('\n')}`);
		}
	};
}
