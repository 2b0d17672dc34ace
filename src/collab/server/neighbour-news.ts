/** The words of the processes to each other, written and read (SPEC [NODE]). All of it is text. */
import { BUS_BODY_BYTES } from '#lib/platform/server/bus.ts';
import type { Foreign } from './arrivals.ts';
import { lastOf, type OwnWindow } from './queued.ts';

/** One process has stored something of one document. */
export interface StoredNews {
	readonly documentId: string;
	readonly epoch: number;
	/** The number of the last update. */
	readonly last: number;
	/** Null when it was too much for the bus: it must be read. */
	readonly foreign: Foreign | null;
}

type StoredPart = [
	documentId: string,
	epoch: number,
	last: number,
	updates: string[] | null,
	authors: [clientId: number, userId: string][]
];

export function storedPart(documentId: string, epoch: number, window: OwnWindow): string {
	const updates = window.additions.map(({ update }) => base64(update));
	const authors = window.additions.flatMap(({ newClients, userId }) =>
		newClients.map((clientId): [number, string] => [clientId, userId])
	);
	const whole: StoredPart = [documentId, epoch, lastOf(window), updates, authors];
	const text = JSON.stringify(whole);
	if (Buffer.byteLength(text) <= BUS_BODY_BYTES) return text;
	const short: StoredPart = [documentId, epoch, lastOf(window), null, []];
	return JSON.stringify(short);
}

/** As few bodies as will do. */
export function joinedParts(parts: readonly string[]): string[] {
	const bodies: string[] = [];
	let body = '';
	for (const part of parts) {
		const longer = body === '' ? part : `${body}\n${part}`;
		const fits = Buffer.byteLength(longer) <= BUS_BODY_BYTES;
		if (!fits) bodies.push(body);
		body = fits ? longer : part;
	}
	if (body !== '') bodies.push(body);
	return bodies;
}

export function readStored(body: string): StoredNews[] {
	return body.split('\n').map((part) => {
		const [documentId, epoch, last, texts, authors] = JSON.parse(part) as StoredPart;
		if (texts === null) return { documentId, epoch, last, foreign: null };
		const updates = texts.map((text, n) => ({
			seq: last - texts.length + 1 + n,
			update: bytesOf(text)
		}));
		return { documentId, epoch, last, foreign: { updates, authors } };
	});
}

/** Who is in a document at one process, or the question who is. */
export interface PresenceWords {
	readonly documentId: string;
	readonly node: string;
	/** An entry of an awareness update, each. */
	readonly entries: readonly Uint8Array[];
	readonly asks: boolean;
}

type PresenceBody = [documentId: string, node: string, asks: boolean, ...entries: string[]];

/** As many bodies as it takes; an entry too large for one is left out: it is a cursor. */
export function presenceBodies({ documentId, node, asks, entries }: PresenceWords): string[] {
	const head: PresenceBody = [documentId, node, asks];
	if (entries.length === 0) return [JSON.stringify(head)];
	const room = BUS_BODY_BYTES - JSON.stringify(head).length;
	const bodies: string[] = [];
	let texts: string[] = [];
	let left = room;
	for (const text of entries.map(base64)) {
		const needs = text.length + 3; // a comma and quotation marks
		if (needs > room) continue;
		if (needs > left) {
			bodies.push(JSON.stringify([...head, ...texts]));
			[texts, left] = [[], room];
		}
		texts.push(text);
		left -= needs;
	}
	if (texts.length > 0) bodies.push(JSON.stringify([...head, ...texts]));
	return bodies;
}

export function readPresence(body: string): PresenceWords {
	const [documentId, node, asks, ...entries] = JSON.parse(body) as PresenceBody;
	return { documentId, node, asks, entries: entries.map(bytesOf) };
}

const base64 = (bytes: Uint8Array): string =>
	Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
