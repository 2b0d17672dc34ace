/**
 * For tests and the bench: what somebody who was let in may try, and what the server answers
 * (SPEC [WIRE], [WALK], [GRD], [LIM]). One line a try: a new rule of the guard brings its own.
 */
import * as Y from 'yjs';
import { closeCode, messageType, syncStep, type CloseCode } from '../codes.ts';
import { varUints } from './bytes.ts';
import { asStep2, asUpdate, type RawPhone } from './harness.ts';

export interface Attack {
	readonly rule: string;
	readonly what: string;
	readonly code: CloseCode;
	/** The reason that is said and counted; absent where the frame was too large to be read. */
	readonly reason?: string;
	send(attacker: RawPhone): void;
}

const synced = asStep2(Uint8Array.of(0, 0));

/** `write` to an empty document, as one update. */
function made(write: (doc: Y.Doc) => void, clientId = newClientId()): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	write(doc);
	return Y.encodeStateAsUpdate(doc);
}

const newClientId = () => 1 + Math.floor(Math.random() * 0xffff_fffe);

function nested(depth: number): Uint8Array {
	return made((doc) => {
		let map = doc.getMap<unknown>('rows');
		for (let level = 0; level < depth; level++) {
			const inner = new Y.Map<unknown>();
			map.set('in', inner);
			map = inner;
		}
	});
}

function withBrokenText(): Uint8Array {
	const update = made((doc) => doc.getText('title').insert(0, 'aaaa'));
	update[update.indexOf(97)] = 0xff;
	return update;
}

const malformed = { code: closeCode.malformed } as const;
const edit =
	(update: () => Uint8Array) =>
	(attacker: RawPhone): void => {
		attacker.send(...synced);
		attacker.send(...asUpdate(update()));
	};
const times = (n: number, send: () => void) => {
	for (let at = 0; at < n; at++) send();
};

export const attacks: readonly Attack[] = [
	{
		...{ ...malformed, rule: 'WIRE2', what: 'a text frame', reason: 'text_frame' },
		send: ({ socket }) => socket.send('halo')
	},
	{
		...{ ...malformed, rule: 'WIRE2', what: 'an unknown message', reason: 'unknown_message' },
		send: (attacker) => attacker.send(77)
	},
	{
		...{ ...malformed, rule: 'WIRE2', what: 'a message with bytes left over' },
		reason: 'trailing_bytes',
		send: (attacker) => attacker.send(messageType.queryAwareness, 0)
	},
	{
		...{ ...malformed, rule: 'GRD2', what: 'ten bytes that claim 60 million items' },
		reason: 'ends_early',
		send: edit(() => varUints(1, 60_000_000, 1, 0))
	},
	{
		...{ ...malformed, rule: 'GRD2', what: 'one item as long as a library' },
		reason: 'clock_jump',
		send: edit(() => Uint8Array.from([...varUints(1, 1, 7, 0), 0, ...varUints(2 ** 31), 0]))
	},
	{
		...{ ...malformed, rule: 'GRD4', what: 'a gap in the clocks', reason: 'gap' },
		send: edit(() => varUints(1, 1, newClientId(), 3, 0x04, 1, 1, 97, 1, 97, 0))
	},
	{
		...{ ...malformed, rule: 'GRD4', what: 'a deletion of what nobody wrote', reason: 'gap' },
		send: edit(() => varUints(0, 1, newClientId(), 1, 0, 5))
	},
	{
		...{ ...malformed, rule: 'GRD5', what: "a letter under the server's number" },
		reason: 'client_of_server',
		send: edit(() => made((doc) => doc.getText('title').insert(0, 'palsu, dan lama'), SEED_CLIENT))
	},
	{
		...{ ...malformed, rule: 'GRD6', what: 'nine numbers in one update' },
		reason: 'too_many_new_clients',
		send: edit(() =>
			Y.mergeUpdates(
				Array.from({ length: 9 }, () => made((doc) => doc.getText('title').insert(0, 'x')))
			)
		)
	},
	{
		...{ ...malformed, rule: 'GRD7', what: 'containers a hundred deep', reason: 'too_deep' },
		send: edit(() => nested(100))
	},
	{
		...{ ...malformed, rule: 'WALK3', what: 'the key __proto__', reason: 'prototype_key' },
		send: edit(() => made((doc) => doc.getMap('rows').set('__proto__', 1)))
	},
	{
		...{ ...malformed, rule: 'WALK3', what: 'broken letters', reason: 'broken_text' },
		send: edit(withBrokenText)
	},
	{
		...{ code: closeCode.tooLarge, rule: 'LIM2', what: 'an update of 70 kB', reason: 'update' },
		send: edit(() => made((doc) => doc.getText('title').insert(0, 'x'.repeat(70_000))))
	},
	{
		...{ code: closeCode.tooLarge, rule: 'LIM2', what: 'a frame of 2 MB' },
		send: (attacker) => attacker.send(...asStep2(new Uint8Array(2_000_000)))
	},
	{
		...{ code: closeCode.tooFast, rule: 'LIM1', what: 'a flood of frames', reason: 'frames' },
		send: (attacker) => times(300, () => attacker.send(messageType.queryAwareness))
	},
	{
		...{ code: closeCode.tooFast, rule: 'LIM1', what: 'asking for everything, again and again' },
		reason: 'step_1',
		send: (attacker) => times(20, () => attacker.send(messageType.sync, syncStep.step1, 1, 0))
	}
];

/** The number under which `seedForAttacks` writes. */
const SEED_CLIENT = 4_071_956;

/** A first content whose client number is known. */
export function seedForAttacks(): Uint8Array {
	return made((doc) => doc.getMap('meta').set('schema', 1), SEED_CLIENT);
}
