/** A migrated, empty database of the engine this run is about, for tests below the app. */
import { openDb, type Db, type OpenOptions } from '#lib/platform/server/db/index.ts';
import { newDatabase } from './open-app.ts';

export interface TestDb {
	/** May be closed and replaced, to play a restart. */
	db: Db;
	url: string;
	drop(): Promise<void>;
}

export async function openTestDb(options: OpenOptions = {}): Promise<TestDb> {
	const { url, drop } = await newDatabase();
	const test: TestDb = {
		db: await openDb(url, options),
		url,
		drop: async () => {
			await test.db.close();
			await drop();
		}
	};
	return test;
}
