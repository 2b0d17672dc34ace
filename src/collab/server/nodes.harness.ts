/** For tests: two sync servers on one database, each with its own connections, as two processes have it. */
import pg from 'pg';
import { afterEach, beforeEach } from 'vitest';
import type * as Y from 'yjs';
import {
	newDatabase,
	openTestApp,
	type TestApp,
	type TestDatabase
} from '../../../tests/open-app.ts';
import {
	isSaved,
	openPhone,
	openSync,
	seedDocument,
	storedDocument,
	until,
	type Harness,
	type Phone
} from './harness.ts';
import type { Limits } from './limits.ts';

export interface Node extends Harness {
	app: TestApp;
}

export class Nodes {
	satu!: Node;
	dua!: Node;
	readonly all: Node[] = [];
	readonly phones: Phone[] = [];
	#database!: TestDatabase;

	async open(): Promise<void> {
		this.#database = await newDatabase();
		this.satu = await this.start();
		this.dua = await this.start();
		await seedDocument(this.satu.app);
	}

	async close(): Promise<void> {
		for (const { connection } of this.phones.splice(0)) connection.destroy();
		for (const node of this.all.splice(0)) await this.stop(node);
		await this.#database.drop();
	}

	async start(limits: Partial<Limits> = {}): Promise<Node> {
		const app = await openTestApp({ databaseUrl: this.#database.url });
		const node = Object.assign(await openSync(app, limits), { app });
		this.all.push(node);
		return node;
	}

	async stop(node: Node): Promise<void> {
		await node.close();
		await node.app.close();
		if (this.all.includes(node)) this.all.splice(this.all.indexOf(node), 1);
	}

	phoneAt(node: Node, person: string, doc?: Y.Doc): Phone {
		const phone = openPhone(node.url, person, doc);
		this.phones.push(phone);
		return phone;
	}

	/** Sri at the first, Wati at the second. */
	async pairOfPhones(): Promise<[Phone, Phone]> {
		const pair: [Phone, Phone] = [this.phoneAt(this.satu, 'sri'), this.phoneAt(this.dua, 'wati')];
		await until(() => pair.every(isSaved));
		return pair;
	}

	async storedTitle(): Promise<string> {
		return (await storedDocument(this.satu.app, 'plan-1')).getText('title').toString();
	}

	async cutListeners(): Promise<void> {
		const client = new pg.Client({ connectionString: this.#database.url });
		await client.connect();
		await client.query(
			`select pg_terminate_backend(pid) from pg_stat_activity
			where application_name = 'rembuk bus' and datname = current_database()`
		);
		await client.end();
	}
}

/** Opened before each test of the file, closed after it. */
export function openNodes(): Nodes {
	const nodes = new Nodes();
	beforeEach(() => nodes.open());
	afterEach(() => nodes.close());
	return nodes;
}

/** A listener that is not there at all: its messages are lost, not late. */
export const deafen = (node: Node): Promise<void> | undefined => node.app.bus?.close();
