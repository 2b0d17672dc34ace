import * as fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { messageType } from '../codes.ts';
import { Malformed } from './bytes.ts';
import { DeletedRanges } from './deleted-ranges.ts';
import { Allowance } from './limits.ts';
import { deliver, type Receiver } from './relay.ts';
import {
	acknowledgementFrame,
	awarenessFrame,
	noticeFrame,
	readMessage,
	readStateVector,
	stateVectorOf,
	step1Frame,
	step2Frame,
	updateFrame
} from './wire.ts';

/** What is inside a frame of the server, by the rules of RFC 6455. */
function payloadOf(frame: Buffer): Buffer {
	const short = (frame[1] ?? 0) & 127;
	if (short < 126) return frame.subarray(2, 2 + short);
	if (short === 126) return frame.subarray(4, 4 + frame.readUInt16BE(2));
	return frame.subarray(10, 10 + Number(frame.readBigUInt64BE(2)));
}

const bytes = fc.uint8Array({ maxLength: 300 });
const clocks = fc
	.array(fc.tuple(fc.nat(0xffffffff), fc.nat(1_000_000)), { maxLength: 20 })
	.map((pairs) => new Map(pairs));

describe('the wire', () => {
	test('[WIRE1] is read by y-protocols as it was written, at every length', () => {
		for (const length of [0, 1, 100, 126, 70_000]) {
			const body = new Uint8Array(length).fill(7);
			const frames = [step1Frame(body), step2Frame(body), updateFrame(body)];
			for (const [step, frame] of frames.entries()) {
				const decoder = decoding.createDecoder(payloadOf(frame));
				expect(decoding.readVarUint(decoder)).toBe(messageType.sync);
				expect(decoding.readVarUint(decoder)).toBe(step);
				expect(decoding.readVarUint8Array(decoder)).toEqual(body);
				expect(decoding.hasContent(decoder)).toBe(false);
			}
		}
	});

	test('[WIRE1] reads what y-protocols writes', () => {
		const doc = new Y.Doc();
		doc.getText('title').insert(0, 'halo');
		const message = (write: (encoder: encoding.Encoder) => void) =>
			encoding.encode((encoder) => {
				encoding.writeVarUint(encoder, messageType.sync);
				write(encoder);
			});
		const step1 = message((encoder) => syncProtocol.writeSyncStep1(encoder, doc));
		expect(readMessage(step1)).toEqual({ kind: 'step 1', stateVector: Y.encodeStateVector(doc) });
		const step2 = message((encoder) => syncProtocol.writeSyncStep2(encoder, doc));
		expect(readMessage(step2)).toEqual({ kind: 'step 2', update: Y.encodeStateAsUpdate(doc) });
	});

	test('[WIRE2] random bytes are read or refused, never more', () => {
		fc.assert(
			fc.property(bytes, (frame) => {
				try {
					readMessage(frame);
				} catch (thrown) {
					expect(thrown).toBeInstanceOf(Malformed);
				}
			})
		);
	});

	test('[WIRE2] bytes that are left over are refused, in each kind of message', () => {
		const messages = [[3], [1, 1, 0], [0, 0, 1, 0], [0, 1, 2, 0, 0], [0, 2, 2, 0, 0]];
		for (const message of messages) {
			expect(() => readMessage(Uint8Array.from(message))).not.toThrow();
			expect(() => readMessage(Uint8Array.from([...message, 0]))).toThrow('trailing_bytes');
		}
		expect(() => readStateVector(Uint8Array.of(0, 0))).toThrow('trailing_bytes');
	});

	test('[WIRE3] ours carry a count, and JSON', () => {
		expect([...payloadOf(acknowledgementFrame(300))]).toEqual([8, 0xac, 0x02]);
		const decoder = decoding.createDecoder(
			payloadOf(noticeFrame({ code: 'right', right: 'read' }))
		);
		expect(decoding.readVarUint(decoder)).toBe(9);
		expect(JSON.parse(decoding.readVarString(decoder))).toEqual({ code: 'right', right: 'read' });
	});

	test('state vectors go out and come back', () => {
		fc.assert(
			fc.property(clocks, (map) => {
				expect(readStateVector(stateVectorOf(map))).toEqual(map);
			})
		);
	});
});

/** Keeps what it is sent. */
class Ear implements Receiver {
	heard: Buffer[] = [];
	told = 0;

	send(...frames: Uint8Array[]): void {
		this.heard.push(Buffer.concat(frames));
	}

	acknowledgement(more: number): Buffer {
		return acknowledgementFrame((this.told += more));
	}

	get frames(): string[] {
		return framesIn(Buffer.concat(this.heard)).sort();
	}
}

describe('relaying a window', () => {
	const who = fc.nat(2);
	const message = fc.record({
		who,
		answers: fc.integer({ min: 1, max: 3 }),
		update: fc.option(bytes)
	});

	test('[ORD2] leaves out exactly what the receiver wrote itself, and tells him that it is on disk; cursors go along', () => {
		fc.assert(
			fc.property(fc.array(message, { maxLength: 12 }), fc.option(bytes), (messages, people) => {
				const ears = [new Ear(), new Ear(), new Ear(), new Ear()];
				const stored = messages.flatMap(({ who, answers, update }) => {
					const peer = ears[who];
					const addition = update && { frame: updateFrame(update), update };
					return peer ? [{ peer, answers, addition }] : [];
				});
				const along = people && awarenessFrame(people);
				deliver(stored, new Set(ears), along);
				for (const ear of ears) {
					const own = stored.filter(({ peer }) => peer === ear);
					const others = stored.filter(({ peer }) => peer !== ear);
					const updates = others.flatMap(({ addition }) => (addition ? [addition.update] : []));
					const answers = own.reduce((sum, one) => sum + one.answers, 0);
					const expected = updates.map(updateFrame);
					if (answers > 0) expected.push(acknowledgementFrame(answers));
					if (along) expected.push(along);
					expect(ear.frames).toEqual(expected.map((frame) => frame.toString('hex')).sort());
					expect(ear.heard.length).toBeLessThanOrEqual(1);
				}
			})
		);
	});

	test('[ORD2] says nothing to a sender who has left', () => {
		const [gone, here] = [new Ear(), new Ear()];
		const frame = updateFrame(new Uint8Array([0, 0]));
		deliver([{ peer: gone, answers: 1, addition: { frame } }], new Set([here]));
		expect(gone.heard).toEqual([]);
		expect(here.frames).toEqual([frame.toString('hex')]);
	});
});

function framesIn(buffer: Buffer): string[] {
	const frames: string[] = [];
	for (let at = 0; at < buffer.length;) {
		const payload = payloadOf(buffer.subarray(at));
		const end = payload.byteOffset - buffer.byteOffset + payload.length;
		frames.push(buffer.subarray(at, end).toString('hex'));
		at = end;
	}
	return frames;
}

test('deleted ranges know exactly the clocks that were added', () => {
	const range = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9 }));
	fc.assert(
		fc.property(fc.array(range, { maxLength: 30 }), range, (added, [from, length]) => {
			const ranges = new DeletedRanges();
			const clocksAdded = new Set<number>();
			for (const [start, size] of added) {
				ranges.add(1, start, start + size);
				for (let clock = start; clock < start + size; clock++) clocksAdded.add(clock);
			}
			const asked = Array.from({ length }, (_, i) => from + i);
			expect(ranges.has(1, from, from + length)).toBe(asked.every((c) => clocksAdded.has(c)));
			expect(ranges.has(2, from, from + length)).toBe(false);
		})
	);
});

test('[LIM1] an allowance gives a burst, then so much per second', () => {
	const allowance = new Allowance(10, 3, 0);
	expect([1, 2, 3, 4].map(() => allowance.take(1, 0))).toEqual([true, true, true, false]);
	expect(allowance.take(1, 99)).toBe(false);
	expect(allowance.take(1, 100)).toBe(true);
	expect(allowance.take(4, 10_000)).toBe(false);
	expect(allowance.take(3, 10_000)).toBe(true);
});
