/**
 * The other processes on the same database (SPEC [NODE]).
 *
 * The log is the truth and the bus a hint: what is told here only saves a read, so nothing is lost
 * with a message. Whoever may have missed one asks the log how its open documents stand.
 */
import { randomBytes } from 'node:crypto';
import type { Bus } from '#lib/platform/server/bus.ts';
import { whereThrown, type Log } from '#lib/platform/server/log.ts';
import {
	joinedParts,
	presenceBodies,
	readPresence,
	readStored,
	storedPart
} from './neighbour-news.ts';
import { awarenessUpdate } from './presence-bytes.ts';
import type { OwnWindow } from './queued.ts';
import type { Rights, Whom } from './rights.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

/** What this process does with what it hears. */
interface House {
	readonly rooms: Rooms;
	readonly rights: Rights;
}

export class Neighbours {
	readonly #bus: Bus;
	readonly #log: Log;
	readonly #node = randomBytes(6).toString('base64url');
	#parts: string[] = [];
	#stops: (() => void)[] = [];
	#house: House | null = null;

	constructor(bus: Bus, log: Log) {
		this.#bus = bus;
		this.#log = log;
	}

	// --- speaking

	/** After the commit: nobody on another node sees what is not on the disk either. */
	tellStored({ id, epoch }: Room, window: OwnWindow): void {
		this.#parts.push(storedPart(id, epoch, window));
		if (this.#parts.length > 1) return;
		// All documents of one commit together.
		queueMicrotask(() => {
			for (const body of joinedParts(this.#parts)) this.#bus.publish('documents', body);
			this.#parts = [];
		});
	}

	tellPresence(documentId: string, entries: readonly Uint8Array[]): void {
		if (entries.length === 0) return;
		const words = { documentId, node: this.#node, asks: false, entries };
		for (const body of presenceBodies(words)) this.#bus.publish('presence', body);
	}

	askPresence(documentId: string): void {
		const words = { documentId, node: this.#node, asks: true, entries: [] };
		for (const body of presenceBodies(words)) this.#bus.publish('presence', body);
	}

	tellRights(whom: Whom): void {
		this.#bus.publish('rights', JSON.stringify(whom));
	}

	tellReplaced(documentId: string): void {
		this.#bus.publish('replaced', documentId);
	}

	// --- hearing

	listen({ rooms, rights }: House): void {
		this.#house = { rooms, rights };
		const on = (topic: string, hear: (body: string) => Promise<void>, missed = () => nothing) =>
			this.#stops.push(
				this.#bus.subscribe(topic, {
					hear: (body) => this.#attempt(topic, hear(body)),
					missed: () => this.#attempt(topic, missed())
				})
			);
		on(
			'documents',
			(body) => hearStored(rooms, body),
			() => rooms.catchUp()
		);
		on(
			'rights',
			(body) => rights.readmit(JSON.parse(body) as Whom),
			() => rights.readmitAll()
		);
		on('replaced', (documentId) => rooms.replaced(documentId));
		on('presence', (body) => this.#hearPresence(rooms, body));
	}

	/** Now and then: whatever was missed without anybody noticing. */
	look(): void {
		const { rooms } = this.#house ?? {};
		if (!rooms) return;
		this.#attempt('documents', rooms.catchUp());
		this.#attempt('presence', rooms.forgetSilent());
	}

	close(): void {
		for (const stop of this.#stops.splice(0)) stop();
	}

	async #hearPresence(rooms: Rooms, body: string): Promise<void> {
		const { documentId, node, asks, entries } = readPresence(body);
		const company = (await rooms.whenOpen(documentId))?.company;
		if (!company) return;
		if (asks) return this.tellPresence(documentId, company.presence.ownPeople());
		company.hearNeighbour(node, awarenessUpdate(entries));
	}

	#attempt(topic: string, work: Promise<void>): void {
		work.catch((thrown: unknown) =>
			this.#log('error', 'neighbour_not_heard', { topic, where: whereThrown(thrown) })
		);
	}
}

const nothing = Promise.resolve();

async function hearStored(rooms: Rooms, body: string): Promise<void> {
	for (const { documentId, epoch, last, foreign } of readStored(body)) {
		const room = await rooms.whenOpen(documentId);
		if (!room) continue;
		if (foreign && epoch === room.epoch) room.told(foreign);
		else await room.noticed({ head: last, epoch, schemaNumber: room.schemaNumber });
	}
}
