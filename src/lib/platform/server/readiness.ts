import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { App } from './app.ts';
import { sqliteFile } from './db/dialect.ts';
import { writeSomething } from './db/sql.ts';

const LEAST_FREE_SHARE = 0.1;
/** A load balancer asks every few seconds: a slow answer is a no. */
const PATIENCE_MS = 2_000;

let draining = false;

/** From now on no new work is taken: the process is about to end. */
export function startDraining(): void {
	draining = true;
}

const conditions = new Set<() => boolean>();

/** Something else that has to be well. Returns the function that takes it back. */
export function readyOnlyWhile(isWell: () => boolean): () => void {
	conditions.add(isWell);
	return () => conditions.delete(isWell);
}

/** Whether a write goes through, the disk has a tenth of its room left, and the process is not ending. */
export async function isReady(app: App): Promise<boolean> {
	if (draining || ![...conditions].every((isWell) => isWell())) return false;
	const late = after(PATIENCE_MS, false, { ref: false });
	return Promise.race([late, Promise.all([canWrite(app), hasRoom(app)]).then(all)]);
}

const all = (answers: boolean[]) => answers.every(Boolean);

async function canWrite(app: App): Promise<boolean> {
	try {
		await app.db.write((tx) => writeSomething(tx, app.now()));
		return true;
	} catch {
		return false;
	}
}

async function hasRoom(app: App): Promise<boolean> {
	if (app.db.engine !== 'sqlite') return true;
	const folder = dirname(sqliteFile(app.settings.databaseUrl));
	const { bavail, blocks } = await statfs(folder);
	return bavail / blocks > LEAST_FREE_SHARE;
}
