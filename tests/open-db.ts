/** A migrated, empty database of the engine this run is about, for tests below the app. */
import { openDb, type Db, type OpenOptions } from '#lib/platform/server/db/index.ts';
import { newDatabase } from './open-app.ts';

/** `url` opens the same database again. The last to close it should `drop` it. */
export interface TestDb {
	db: Db;
	url: string;
	drop(): Promise<void>;
}

export async function openTestDb(options: OpenOptions = {}): Promise<TestDb> {
	const { url, drop } = await newDatabase();
	const db = await openDb(url, options);
	return {
		db,
		url,
		drop: async () => {
			await db.close();
			await drop();
		}
	};
}
