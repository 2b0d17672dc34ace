/** For tests: a stage on a PostgreSQL of its own, which may be killed and comes back with all it had. */
import type { TestApp } from '../../../tests/open-app.ts';
import { startOwnPostgres, type OwnPostgresServer } from '../../../tests/setup/postgres.ts';
import { eachTest, Stage, type StageOptions } from './stage.harness.ts';

class OnOwnPostgres extends Stage {
	postgres!: OwnPostgresServer;

	override async open(): Promise<void> {
		this.postgres = await startOwnPostgres({ durable: true });
		await super.open();
	}

	protected override openApp(): Promise<TestApp> {
		return super.openApp({ databaseUrl: this.postgres.url() });
	}

	override async close(): Promise<void> {
		await super.close();
		await this.postgres.stop();
	}
}

/** Opened before each test of the file, closed after it. */
export const openOnOwnPostgres = (options?: StageOptions): OnOwnPostgres =>
	eachTest(new OnOwnPostgres(options));
