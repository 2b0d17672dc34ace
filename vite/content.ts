/**
 * Fails a build that carries broken course text, with file and line of every mistake: a librarian
 * who edits content/ learns it at her desk and not in a village.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const FOLDER = 'content';
const ROOM = 'src/lib/courses/server';

interface Readers {
	checkLock(folder: string): void;
	renewLock(folder: string): void;
	ContentError: new (mistakes: string[]) => Error & { readonly mistakes: string[] };
}

/**
 * One line per mistake: `<file>:<line>: what is wrong`. Runs the product's own reader, in plain
 * Node. With `fix` new items and raised versions are added to the lock of items first.
 */
export async function mistakesInContent(root: string, fix = false): Promise<string[]> {
	const { checkLock, renewLock, ContentError } = await readers(root);
	try {
		(fix ? renewLock : checkLock)(join(root, FOLDER));
		return [];
	} catch (thrown) {
		if (thrown instanceof ContentError) return thrown.mistakes;
		throw thrown;
	}
}

async function readers(root: string): Promise<Readers> {
	const open = (name: string): Promise<unknown> =>
		import(pathToFileURL(join(root, ROOM, name)).href);
	const lock = (await open('item-lock.ts')) as Omit<Readers, 'ContentError'>;
	const mistakes = (await open('mistakes.ts')) as Pick<Readers, 'ContentError'>;
	return { ...lock, ...mistakes };
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
