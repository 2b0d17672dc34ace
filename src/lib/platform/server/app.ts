/**
 * The tools a room needs, opened once per process or once per test. A plain
 * value that is handed around: no room reaches for a global.
 */
import { Events } from '../events.ts';
import { openBus, type Bus } from './bus.ts';
import { openDb, type Db } from './db/index.ts';
import { migrate } from './db/migrate.ts';
import { openDocumentLog, type DocumentLog } from './documents.ts';
import { jsonLog, whereThrown, type Log } from './log.ts';
import { readSettings, type Settings } from './settings.ts';

export interface App {
	readonly db: Db;
	readonly documents: DocumentLog;
	readonly events: Events;
	/** To the other processes on the same database; null where there can be none. */
	readonly bus: Bus | null;
	readonly now: () => Date;
	readonly log: Log;
	readonly settings: Settings;
}

interface Opening {
	readonly settings?: Settings;
	readonly databaseUrl?: string;
	readonly now?: () => Date;
	readonly log?: Log;
}

/** Migrates and opens the database. Throws an error with `sentences` where a person must act first. */
export async function openApp(opening: Opening = {}): Promise<App & { close(): Promise<void> }> {
	const read = opening.settings ?? readSettings(process.env);
	const settings = { ...read, databaseUrl: opening.databaseUrl ?? read.databaseUrl };
	const log = opening.log ?? jsonLog(settings.logLevel);
	await migrate(settings.databaseUrl);
	const db = await openDb(settings.databaseUrl);
	const bus = await openBus(settings.databaseUrl, log);
	const events = new Events((thrown) =>
		log('error', 'listener_failed', { where: whereThrown(thrown) })
	);
	return {
		db,
		documents: openDocumentLog(db, opening.now, events.emit.bind(events)),
		events,
		bus,
		now: opening.now ?? (() => new Date()),
		log,
		settings,
		close: async () => {
			await bus?.close();
			await db.close();
		}
	};
}
