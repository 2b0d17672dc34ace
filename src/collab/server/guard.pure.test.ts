import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { putVarUint, varUints } from './bytes.ts';
import type { Offer, Verdict } from './guard.ts';
import { judge } from './guard.ts';
import { Known } from './known.ts';
import { Reserved } from './reserved.ts';
import type { Stroke } from './scribbling.ts';
import { honestUpdates, phone } from './scribbling.ts';
import { walkUpdate } from './update-walk.ts';

/** `COLLAB_RUNS=1000` searches longer. */
const RUNS = Number(process.env.COLLAB_RUNS ?? 60);

const stroke: fc.Arbitrary<Stroke> = fc.record({
	who: fc.nat(2),
	what: fc.nat(8),
	where: fc.nat(40),
	much: fc.nat(40)
});
const strokes = fc.array(stroke, { maxLength: 60 });

/** The guard beside a document of its own, as the server keeps it. */
class Gate {
	readonly known = new Known();
	readonly authors = new Map<number, string | null>();
	readonly reserved = new Reserved();

	offer(update: Uint8Array, userId = 'sri', step: Offer['step'] = 'update'): Verdict {
		const verdict = judge({ update, userId, step }, this);
		if (verdict.kind === 'adds') {
			this.known.advance(verdict.facts);
			for (const client of verdict.newClients) this.authors.set(client, userId);
		}
		return verdict;
	}

	/** What the server itself wrote before anybody came. */
	seed(update: Uint8Array): void {
		for (const { client } of this.known.advanceStored(update).sections) {
			this.authors.set(client, null);
		}
	}
}

function typed(text: string, clientId = 1): Uint8Array {
	const doc = phone(clientId);
	doc.getText('title').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

describe('the walk', () => {
	test('[WALK1] finds the clocks Yjs finds, in every update of honest phones', () => {
		fc.assert(
			fc.property(strokes, (drawn) => {
				for (const { update } of honestUpdates(drawn).sent) {
					const { from, to } = Y.parseUpdateMeta(update);
					const { sections } = walkUpdate(update);
					expect(new Map(sections.map((s) => [s.client, s.from]))).toEqual(from);
					expect(new Map(sections.map((s) => [s.client, s.to]))).toEqual(to);
				}
			}),
			{ numRuns: RUNS }
		);
	});

	test('[WALK1] arrives at the state vector and the deletions of a real document', () => {
		fc.assert(
			fc.property(strokes, (drawn) => {
				const { sent, docs } = honestUpdates(drawn);
				const known = new Known();
				const real = new Y.Doc();
				for (const { update } of sent) {
					known.advanceStored(update);
					Y.applyUpdate(real, update);
				}
				expect(known.clocks).toEqual(Y.decodeStateVector(Y.encodeStateVector(real)));
				// Stored and opened again, nothing a phone holds is news.
				const reopened = new Known();
				reopened.advanceStored(Y.encodeStateAsUpdate(real));
				for (const doc of docs) {
					const whole = Y.encodeStateAsUpdate(doc);
					expect(reopened.lacks(walkUpdate(whole))).toBe(false);
				}
			}),
			{ numRuns: RUNS }
		);
	});
});

describe('the guard', () => {
	test('lets every update of honest phones pass, also all at once after an offline day', () => {
		fc.assert(
			fc.property(strokes, (drawn) => {
				const { sent, docs } = honestUpdates(drawn);
				const live = new Gate();
				for (const { update, who } of sent) {
					expect(['adds', 'repeats']).toContain(live.offer(update, `person-${who}`).kind);
				}
				const late = new Gate();
				for (const doc of docs) {
					const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(new Y.Doc()));
					expect(['adds', 'repeats']).toContain(late.offer(update, 'sri', 'step 2').kind);
				}
			}),
			{ numRuns: RUNS }
		);
	});

	test('[GRD1] whatever passes, damaged or not, applies in Yjs whole and leaves nothing pending', () => {
		const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(strokes, fc.array(damage, { minLength: 20, maxLength: 40 }), (drawn, damages) => {
				const { sent } = honestUpdates(drawn);
				const gate = new Gate();
				const real = new Y.Doc();
				sent.forEach(({ update }, i) => {
					const forged = update.slice();
					for (const [at, value] of damages[i % damages.length] ?? []) {
						forged[at % forged.length] = value;
					}
					for (const bytes of [forged, update]) {
						if (gate.offer(bytes).kind !== 'adds') continue;
						Y.applyUpdate(real, bytes);
						expect(real.store.pendingStructs).toBeNull();
						expect(real.store.pendingDs).toBeNull();
					}
				});
				expect(gate.known.clocks).toEqual(Y.decodeStateVector(Y.encodeStateVector(real)));
			}),
			{ numRuns: RUNS * 5 }
		);
	});

	test('[GRD1] refuses random bytes without throwing', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				expect(['refused', 'gap', 'repeats', 'adds']).toContain(new Gate().offer(bytes).kind);
			}),
			{ numRuns: RUNS * 20 }
		);
	});

	test('[GRD2] [WALK2] a frame of ten bytes that claims millions of items is refused at once', () => {
		const claims = varUints(1, 60_000_000, 1, 0);
		const before = process.memoryUsage().rss;
		for (let i = 0; i < 1000; i++) {
			expect(new Gate().offer(claims)).toMatchObject({ kind: 'refused', reason: 'ends_early' });
		}
		// Yjs would take 480 MB for each of them.
		expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
	});

	test('[GRD2] one tiny item that claims a huge length is refused', () => {
		const collected = Uint8Array.from([...varUints(1, 1, 7, 0), 0, ...varUints(2 ** 31), 0]);
		expect(new Gate().offer(collected)).toMatchObject({ reason: 'clock_jump' });
	});

	test('[GRD2] a client number that Yjs never draws is refused', () => {
		const large = varUints(1, 1, 2 ** 32, 0, 0, 1, 0);
		expect(new Gate().offer(large)).toMatchObject({ reason: 'client_out_of_range' });
	});

	test('[GRD3] the second encoding of Yjs is never read', () => {
		const doc = phone(1);
		doc.getText('title').insert(0, 'rencana');
		expect(new Gate().offer(Y.encodeStateAsUpdateV2(doc)).kind).toBe('refused');
	});

	test('[GRD4] gaps are seen: in clocks, in neighbours, in deletions, and in a circle', () => {
		const doc = phone(1);
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		const text = doc.getText('title');
		for (const letter of 'buku') text.insert(text.length, letter);
		expect(new Gate().offer(updates[2] ?? new Uint8Array()).kind).toBe('gap');

		const other = phone(2);
		Y.applyUpdate(other, updates[0] ?? new Uint8Array());
		const before = Y.encodeStateVector(other);
		other.getText('title').insert(1, '!');
		const restsOnOther = Y.encodeStateAsUpdate(other, before);
		expect(new Gate().offer(restsOnOther).kind).toBe('gap');

		const deletesUnknown = varUints(0, 1, 9, 1, 0, 5);
		expect(new Gate().offer(deletesUnknown).kind).toBe('gap');

		const letterAfter = (client: number, otherClient: number) => [
			...[...varUints(1, client, 0), 0x84, ...varUints(otherClient, 0)],
			...[1, 97]
		];
		const circle = Uint8Array.from([2, ...letterAfter(2, 1), ...letterAfter(1, 2), 0]);
		expect(new Gate().offer(circle).kind).toBe('gap');
		const real = new Y.Doc();
		Y.applyUpdate(real, circle);
		expect(real.store.pendingStructs).not.toBeNull();
	});

	test('[GRD5] nobody writes under the client number of somebody else', () => {
		const gate = new Gate();
		expect(gate.offer(typed('milik Sri'), 'sri').kind).toBe('adds');
		const forged = typed('milik Sri, diubah Budi');
		expect(gate.offer(forged, 'budi')).toMatchObject({ reason: 'client_of_somebody_else' });
		expect(gate.offer(typed('milik Sri'), 'budi').kind).toBe('repeats');
		expect(gate.offer(forged, 'sri').kind).toBe('adds');
	});

	test("[GRD5] nobody writes under the server's numbers", () => {
		const gate = new Gate();
		gate.seed(typed('templat', 99));
		expect(gate.offer(typed('templat lain', 99))).toMatchObject({ reason: 'client_of_server' });
	});

	test('[GRD6] an update brings at most eight new client numbers, a phone from offline more', () => {
		const many = Y.mergeUpdates(Array.from({ length: 9 }, (_, i) => typed('x', i + 1)));
		expect(new Gate().offer(many)).toMatchObject({ reason: 'too_many_new_clients' });
		expect(new Gate().offer(many, 'sri', 'step 2').kind).toBe('adds');
		const tooMany = Y.mergeUpdates(Array.from({ length: 65 }, (_, i) => typed('x', i + 1)));
		const verdict = new Gate().offer(tooMany, 'sri', 'step 2');
		expect(verdict).toMatchObject({ reason: 'too_many_new_clients' });
	});

	test('[GRD7] containers nested without end are refused, in one update and in many', () => {
		const doc = phone(1);
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		let map = doc.getMap<unknown>('rows');
		for (let depth = 0; depth < 100; depth++) {
			const inner = new Y.Map<unknown>();
			map.set('in', inner);
			map = inner;
		}
		expect(new Gate().offer(Y.encodeStateAsUpdate(doc))).toMatchObject({ reason: 'too_deep' });
		const gate = new Gate();
		const verdicts = updates.map((update) => gate.offer(update).kind);
		expect(verdicts.slice(0, 60)).not.toContain('refused');
		expect(verdicts).toContain('refused');
	});

	test('[WALK3] keys and values that would harm a reader are refused', () => {
		const doc = phone(1);
		doc.getMap('rows').set('__proto__', 1);
		expect(new Gate().offer(Y.encodeStateAsUpdate(doc))).toMatchObject({ reason: 'prototype_key' });

		const hidden = phone(1);
		const value = JSON.parse('{"a":{"__proto__":{"isAdmin":true}}}') as object;
		hidden.getMap('rows').set('value', value);
		expect(new Gate().offer(Y.encodeStateAsUpdate(hidden))).toMatchObject({
			reason: 'prototype_key'
		});

		const broken = typed('aaaa');
		broken[broken.indexOf(97)] = 0xff;
		expect(new Gate().offer(broken)).toMatchObject({ reason: 'broken_text' });
		expect(() => Y.applyUpdate(new Y.Doc(), broken)).toThrow();
	});

	test('numbers of any size survive writing and reading', () => {
		const bytes = new Uint8Array(16);
		for (const value of [0, 127, 128, 16383, 16384, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
			const end = putVarUint(bytes, 0, value);
			expect(varUints(value)).toEqual(bytes.slice(0, end));
		}
	});
});
