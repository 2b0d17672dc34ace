/** A writer's desk: a copy of course text that may be spoilt. */
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { ContentError, readCourse } from '../content.ts';

export interface Desk {
	/** The course text; its folder may be moved away. */
	readonly root: string;
	readonly dir: string;
	/** Puts another module of the course beside the first. */
	bring(module: string): void;
	/** What the writer hears, with paths from the course folder on. */
	mistakes(): string[];
	/** Changes a file and tells on which line the change begins. */
	change(file: string, old: string | RegExp, fresh: string): number;
	/** Writes a file anew, folders included. */
	write(file: string, text: string): void;
	close(): void;
}

const HOUSE = 'content';
/** The tests ask about all modules. */
const OF_THE_WHOLE = /^0[2-9]-|^tests$/;

/**
 * With the first module and what lessons share; `whole`: with all modules and the tests. Each
 * reading takes as long as there is text on the desk, and most mistakes are made in one lesson.
 */
export function openDesk({ whole = false } = {}): Desk {
	const root = mkdtempSync(join(tmpdir(), 'rembuk-content-'));
	const dir = join(root, 'content');
	const bring = (name: string) => cpSync(join(HOUSE, name), join(dir, name), { recursive: true });
	for (const name of readdirSync(HOUSE)) if (whole || !OF_THE_WHOLE.test(name)) bring(name);
	return {
		root,
		dir,
		bring,
		mistakes: () => mistakesIn(dir),
		change: (file, old, fresh) => change(join(dir, file), old, fresh),
		write(file, text) {
			mkdirSync(dirname(join(dir, file)), { recursive: true });
			writeFileSync(join(dir, file), text);
		},
		close: () => rmSync(root, { recursive: true, force: true })
	};
}

function mistakesIn(dir: string): string[] {
	try {
		readCourse(dir);
		return [];
	} catch (thrown) {
		if (!(thrown instanceof ContentError)) throw thrown;
		return thrown.mistakes.map((mistake) => mistake.replace(`${dir}/`, ''));
	}
}

function change(file: string, old: string | RegExp, fresh: string): number {
	const before = readFileSync(file, 'utf8');
	const found = typeof old === 'string' ? before.indexOf(old) : before.search(old);
	expect(found, `${String(old)} in ${file}`).toBeGreaterThan(-1);
	writeFileSync(
		file,
		before.replace(old, () => fresh)
	);
	return before.slice(0, found).split('\n').length;
}
