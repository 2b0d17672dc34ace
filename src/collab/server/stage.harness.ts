/**
 * For tests: one server, one document, and phones and sockets that are put away after each test.
 */
import { afterEach, beforeEach, expect } from 'vitest';
import * as Y from 'yjs';
import type { Log } from '#lib/platform/server/log.ts';
import { openTestApp, type TestApp, type TestAppOptions } from '../../../tests/open-app.ts';
import { messageType } from '../codes.ts';
import {
	openPhone,
	openRaw,
	openSync,
	seedDocument,
	storedDocument,
	type Harness,
	type Phone,
	type RawPhone
} from './harness.ts';
import type { Limits } from './limits.ts';

export interface StageOptions {
	readonly limits?: Partial<Limits>;
	readonly log?: Log;
}

export class Stage {
	app!: TestApp;
	server!: Harness;
	/** What else has to end after the test. */
	readonly ends: (() => void)[] = [];
	readonly #phones: Phone[] = [];
	readonly #options: StageOptions;

	constructor(options: StageOptions = {}) {
		this.#options = options;
	}

	async open(): Promise<void> {
		this.app = await this.openApp();
		await seedDocument(this.app);
		this.server = await openSync(this.app, this.#options.limits);
	}

	protected openApp(options: TestAppOptions = {}): Promise<TestApp> {
		const { log } = this.#options;
		return openTestApp({ ...options, ...(log && { log }) });
	}

	async close(): Promise<void> {
		for (const { connection } of this.#phones.splice(0)) connection.destroy();
		for (const end of this.ends.splice(0)) end();
		await this.server.close();
		await this.app.close();
	}

	phoneOf(person: string, doc?: Y.Doc): Phone {
		const phone = openPhone(this.server.url, person, doc);
		this.#phones.push(phone);
		return phone;
	}

	async rawOf(person: string | null, query?: string): Promise<RawPhone> {
		const raw = await openRaw(this.server.url, person, query);
		this.ends.push(() => raw.socket.terminate());
		return raw;
	}

	/** @param app its tools, when some of them are to fail */
	async restartWith(limits: Partial<Limits>, app: Parameters<typeof openSync>[0] = this.app) {
		await this.server.close();
		this.server = await openSync(app, limits);
	}

	async storedTitle(): Promise<string> {
		return (await storedDocument(this.app, 'plan-1')).getText('title').toString();
	}
}

/** Opened before each test of the file, closed after it. */
export const openStage = (options?: StageOptions): Stage => eachTest(new Stage(options));

/** The same for a stage of another kind. */
export function eachTest<S extends Stage>(stage: S): S {
	beforeEach(() => stage.open());
	afterEach(() => stage.close());
	return stage;
}

/** A text under a client number, as one update. */
export function typed(text: string, clientId = 7): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	doc.getText('title').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

export const saidNotSaved = ({ frames }: RawPhone): boolean =>
	frames.some(
		(frame) => frame[0] === messageType.notice && Buffer.from(frame).includes('not_saved')
	);

export const acknowledged = ({ frames }: RawPhone): number =>
	frames.filter((frame) => frame[0] === messageType.acknowledgement).at(-1)?.[1] ?? 0;

export const expectClosed = async (raw: RawPhone, code: number, reason: string): Promise<void> =>
	expect(await raw.closed).toEqual({ code, reason });
