import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { temporaryFolder } from './temporary-folder.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Where this run keeps its SQLite files. */
		folder: string;
	}
}

/** One folder for the whole run of the project `sqlite`: its workers end without clearing up. */
export default function start(project: TestProject): () => void {
	const folder = temporaryFolder('rembuk-sqlite-');
	project.provide('folder', folder);
	return () => rmSync(folder, { recursive: true, force: true });
}
