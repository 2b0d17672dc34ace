import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { engine } from '#lib/platform/server/db/dialect.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { DocumentLog } from '#lib/platform/server/documents.ts';
import { openTestApp, type TestApp } from '../../../tests/open-app.ts';
import { hear, seedDocument, storedDocument } from './harness.ts';
import { defaultLimits } from './limits.ts';
import { TestPeer, TYPED } from './room-phones.ts';
import { Rooms } from './rooms.ts';
import { scribble, type Stroke } from './scribbling.ts';

/** The log is what differs between the engines, and it has tests of its own. */
const FEWEST = engine === 'sqlite' ? 300 : 60;
/** `COLLAB_SEEDS=5000` searches longer; `COLLAB_SEED=…` lives one life again that fast-check named. */
const LIVES = Number(process.env.COLLAB_SEEDS ?? FEWEST);
const AGAIN = process.env.COLLAB_SEED ? { seed: Number(process.env.COLLAB_SEED) } : {};

let app: TestApp;
beforeAll(async () => {
	app = await openTestApp();
});
afterAll(() => app.close());

const step = fc.record({ who: fc.nat(7), what: fc.nat(18), where: fc.nat(40), much: fc.nat(40) });

const life = fc.record({
	phones: fc.integer({ min: 5, max: 8 }),
	steps: fc.array(step, { minLength: 30, maxLength: 90 })
});

describe('convergence', () => {
	test(
		'[ORD6] whatever is typed, undone, cut off, reloaded, not stored for a while and restarted, all end equal',
		async () => {
			let lives = 0;
			await fc.assert(
				fc.asyncProperty(life, async ({ phones, steps }) => {
					const id = await seedDocument(app, `plan-${++lives}`);
					await new Life(id, phones).live(steps);
				}),
				{ numRuns: LIVES, ...AGAIN }
			);
			expect(lives).toBeGreaterThanOrEqual(LIVES);
		},
		// A bound for a machine with other work to do, not a measure: a life takes about 50 ms.
		60_000 + LIVES * 2_000
	);
});

/** What becomes of a window: it is stored, or not, or it is and the answer is lost. */
type Storage = 'takes' | 'refuses' | 'loses';

/** One document, the phones that write in it, and a document that was never cut off from anybody. */
class Life {
	readonly #id: string;
	readonly #reference = new Y.Doc();
	readonly #peers: TestPeer[];
	#storage: Storage = 'takes';
	#rooms = this.#openRooms();
	#changes = 0;

	constructor(id: string, phones: number) {
		this.#id = id;
		this.#peers = Array.from({ length: phones }, (_, n) => this.#watched(new TestPeer(`p${n}`)));
	}

	#watched(peer: TestPeer): TestPeer {
		peer.doc.on('update', (update: Uint8Array) => {
			this.#changes++;
			hear(this.#reference, update);
		});
		return peer;
	}

	async live(steps: readonly Stroke[]): Promise<void> {
		for (const peer of this.#peers) await this.#join(peer);
		for (const stroke of steps) await this.#step(stroke);
		this.#storage = 'takes';
		await this.#syncUntilQuiet();
		await this.#rooms.close();
		const all = contentOf(this.#reference);
		for (const { doc, closedWith } of this.#peers) {
			expect(closedWith).toBeNull();
			expect(contentOf(doc)).toEqual(all);
		}
		expect(contentOf(await storedDocument(app, this.#id))).toEqual(all);
	}

	/** Yjs cleans up formatting late: one round may bring work for the next. */
	async #syncUntilQuiet(): Promise<void> {
		for (let changes = -1; changes !== this.#changes;) {
			changes = this.#changes;
			for (const peer of this.#peers) {
				peer.leave();
				await this.#join(peer);
			}
			await this.#rooms.flush();
		}
	}

	async #join(peer: TestPeer): Promise<void> {
		const room = await this.#rooms.open(this.#id);
		if (room && !peer.room) peer.join(room);
	}

	async #step(stroke: Stroke): Promise<void> {
		const at = stroke.who % this.#peers.length;
		const peer = this.#peers[at];
		if (!peer) return;
		switch (stroke.what) {
			case 9:
				return peer.leave();
			case 10:
				return this.#join(peer);
			case 11:
				return this.#rooms.flush();
			case 12:
				return this.#restart();
			case 13:
				return this.#reload(peer, at);
			case 14:
				return void peer.undo.undo();
			case 15:
				return void peer.undo.redo();
			case 16:
				return this.#flushInto('takes');
			case 17:
				return this.#flushInto('refuses');
			case 18:
				return this.#flushInto('loses');
			default:
				peer.doc.transact(() => scribble(peer.doc, stroke), TYPED);
		}
	}

	#flushInto(storage: Storage): Promise<void> {
		this.#storage = storage;
		return this.#rooms.flush();
	}

	async #restart(): Promise<void> {
		for (const one of this.#peers) one.leave();
		await this.#rooms.close();
		this.#rooms = this.#openRooms();
	}

	/** The page is gone, what was on the phone's disk is not. */
	async #reload(peer: TestPeer, at: number): Promise<void> {
		peer.leave();
		const again = new TestPeer(peer.person.id, Y.encodeStateAsUpdate(peer.doc));
		this.#peers[at] = this.#watched(again);
		await this.#join(again);
	}

	#openRooms(): Rooms {
		const append: DocumentLog['append'] = async (...window) => {
			const away = new Refusal('unavailable', 'platform_refused_storage');
			if (this.#storage === 'refuses') throw away;
			const heads = await app.documents.append(...window);
			if (this.#storage === 'loses') throw away;
			return heads;
		};
		return new Rooms({
			...{ documents: { ...app.documents, append }, now: app.now, log: app.log },
			limits: { ...defaultLimits, windowMs: 1, compactAfterUpdates: 5 },
			neighbours: null
		});
	}
}

function contentOf(doc: Y.Doc): unknown {
	const rows = doc.getMap<Y.Map<unknown>>('rows');
	const marked = [...rows].map(([id, row]) => {
		const title = row.get('title');
		return [id, row.toJSON(), title instanceof Y.Text ? title.toDelta() : null] as const;
	});
	return {
		rows: marked.sort(([a], [b]) => (a < b ? -1 : 1)),
		narrative: doc.getXmlFragment('narrative').toString(),
		clocks: [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
	};
}
