/**
 * The queue of a phone, on a real IndexedDB held in memory: written to, sent, killed at any step,
 * with a network that loses requests and answers.
 */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LONGEST_REQUEST, MOST_AT_ONCE, type Operation, type Outcome } from '../operations.ts';
import { openOutbox, personOf, type Outbox, type Queued } from './outbox.ts';
import { sendWaiting, waitMs, type Post } from './sending.ts';

let people = 0;
let outbox: Outbox;
beforeEach(async () => {
	outbox = await openOutbox(`orang${++people}`);
});
afterEach(() => outbox.close());

/** What the server does with operations: each once, the later number of two on one subject. */
class Server {
	readonly carriedOut: string[] = [];
	readonly values = new Map<string, string>();
	readonly #receipts = new Set<string>();
	readonly #last = new Map<string, number>();

	receive(body: string): Outcome[] {
		const { operations } = JSON.parse(body) as { operations: Operation[] };
		return operations.map((operation) => this.#outcomeOf(operation));
	}

	#outcomeOf({ id, seq, outbox, subject, fields }: Operation): Outcome {
		const value = fields[0]?.[1] ?? '';
		if (value === REFUSED) return { id, done: false, sentence: 'Tidak diterima.' };
		if (this.#receipts.has(id)) return { id, done: true, result: {} };
		this.#receipts.add(id);
		this.carriedOut.push(id);
		const queue = `${outbox} ${subject}`;
		if ((this.#last.get(queue) ?? 0) > seq) return { id, done: true, result: {} };
		this.#last.set(queue, seq);
		this.values.set(subject, value);
		return { id, done: true, result: {} };
	}
}

const REFUSED = 'tolak';
const TOO_LARGE = 'besar';

class Killed extends Error {}

const ways = ['arrives', 'lost', 'answer lost', 'broken off', 'in trouble', 'sign in'] as const;
type Way = (typeof ways)[number];

function network(server: Server, way: Way): Post {
	return async (body) => {
		if (way === 'lost') return null;
		if (way === 'in trouble') return new Response('', { status: 503 });
		if (way === 'sign in') return new Response('', { status: 401 });
		if (body.includes(TOO_LARGE)) return new Response('<h1>413</h1>', { status: 413 });
		const outcomes = server.receive(body);
		if (way === 'answer lost') return null;
		const answer = JSON.stringify({ outcomes });
		return new Response(way === 'broken off' ? answer.slice(0, -5) : answer);
	};
}

/** The same queue, whose phone is switched off after so many steps of sending. */
function dying(phone: Outbox, post: Post, steps: number): [Outbox, Post] {
	let left = steps;
	const step =
		<Args extends unknown[], T>(work: (...args: Args) => T) =>
		(...args: Args): T => {
			if (left-- <= 0) throw new Killed();
			return work(...args);
		};
	const methods = ['waiting', 'settle'] as const;
	const queue = new Proxy(phone, {
		get(target, name) {
			const found: unknown = Reflect.get(target, name, target);
			if (typeof found !== 'function') return found;
			const bound = found.bind(target) as (...args: unknown[]) => unknown;
			return (methods as readonly unknown[]).includes(name) ? step(bound) : bound;
		}
	});
	return [queue, step(post)];
}

const write = (subject: string, value: string, to = outbox): Promise<Queued> =>
	to.put({ kind: 'note', subject, fields: [['catatan', value]] });

const deed = fc.oneof(
	fc.record({
		kind: fc.constant('write' as const),
		tab: fc.nat(1),
		subject: fc.constantFrom('a', 'b', 'c'),
		value: fc.constantFrom('satu', 'dua', 'tiga', REFUSED, TOO_LARGE)
	}),
	fc.record({
		kind: fc.constant('send' as const),
		tab: fc.nat(1),
		way: fc.constantFrom(...ways),
		diesAfter: fc.option(fc.nat(8))
	})
);

describe('the queue of a phone', () => {
	test('loses nothing and sends nothing twice, whatever fails and wherever it is killed', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(deed, { maxLength: 14 }), async (deeds) => {
				const server = new Server();
				const person = `orang${++people}`;
				const tabs = await Promise.all([openOutbox(person), openOutbox(person)]);
				const last = new Map<string, string>();
				for (const deed of deeds) {
					const tab = tabs[deed.tab]!;
					if (deed.kind === 'write') {
						await write(deed.subject, deed.value, tab);
						last.set(deed.subject, deed.value);
						continue;
					}
					const post = network(server, deed.way);
					const sending =
						deed.diesAfter === null
							? sendWaiting(tab, post)
							: sendWaiting(...dying(tab, post, deed.diesAfter));
					await sending.catch((thrown: unknown) => expect(thrown).toBeInstanceOf(Killed));
				}
				const phone = await openOutbox(person);
				expect(await sendWaiting(phone, network(server, 'arrives'))).toBe('empty');
				const kept = await phone.queued();
				for (const tab of [...tabs, phone]) tab.close();

				expect(new Set(server.carriedOut).size).toBe(server.carriedOut.length);
				for (const [subject, value] of last) {
					const refused = value === REFUSED || value === TOO_LARGE;
					if (!refused) expect(server.values.get(subject)).toBe(value);
					const left = kept.filter((one) => one.subject === subject);
					expect(left.map(({ fields }) => fields[0]?.[1])).toEqual(refused ? [value] : []);
					if (refused) expect(left[0]?.refusal).toBe(value === REFUSED ? 'Tidak diterima.' : '');
				}
			}),
			{ numRuns: 80 }
		);
	});

	test('keeps its order, and of one subject only the last', async () => {
		await write('a', 'satu');
		await write('b', 'dua');
		await write('a', 'tiga');
		const waiting = await outbox.waiting();
		expect(waiting.map(({ subject, fields }) => [subject, fields[0]?.[1]])).toEqual([
			['b', 'dua'],
			['a', 'tiga']
		]);
		expect(waiting[1]!.seq).toBeGreaterThan(waiting[0]!.seq);
	});

	test('is called the same by two tabs that open it at once', async () => {
		const [one, other] = await Promise.all([openOutbox('berdua'), openOutbox('berdua')]);
		await write('a', 'satu', one);
		await write('b', 'dua', other);
		const names = [...(await one.waiting()), ...(await other.waiting())].map(
			(operation) => operation.outbox
		);
		expect(new Set(names).size).toBe(1);
		one.close();
		other.close();
	});

	test('is not held up by one that is too large: that one stays, with a reason, and its text', async () => {
		await outbox.put({
			kind: 'note',
			subject: 'besar',
			fields: [['catatan', TOO_LARGE]],
			words: 'w'
		});
		for (let n = 0; n < MOST_AT_ONCE; n++) await write(`kecil${n}`, 'satu');
		const server = new Server();
		let requests = 0;
		const post: Post = (body) => {
			requests++;
			return network(server, 'arrives')(body);
		};
		expect(await sendWaiting(outbox, post)).toBe('empty');
		expect(server.values.size).toBe(MOST_AT_ONCE);
		expect(requests).toBeLessThan(12);
		expect(await outbox.queued()).toMatchObject([{ subject: 'besar', refusal: '', words: 'w' }]);
	});

	test('sends no more at once than a request carries', async () => {
		const long = 'x'.repeat(LONGEST_REQUEST / 2 - 500);
		for (const subject of ['a', 'b', 'c']) await write(subject, long);
		const sizes: number[] = [];
		const server = new Server();
		await sendWaiting(outbox, (body) => {
			sizes.push(body.length);
			return network(server, 'arrives')(body);
		});
		expect(sizes).toHaveLength(2);
		for (const size of sizes) expect(size).toBeLessThanOrEqual(LONGEST_REQUEST);
	});

	test('sends one that was refused again when its person wishes', async () => {
		const server = new Server();
		const { seq } = await write('a', REFUSED);
		await sendWaiting(outbox, network(server, 'arrives'));
		expect(await outbox.waiting()).toEqual([]);
		await outbox.tryAgain(seq);
		expect(await outbox.waiting()).toHaveLength(1);
		await outbox.remove(seq);
		expect(await outbox.queued()).toEqual([]);
	});

	test('belongs to one person, and is found by them', async () => {
		await write('a', 'satu');
		const other = await openOutbox('orang-lain');
		expect(await other.queued()).toEqual([]);
		other.close();
		expect(personOf('rembuk:sri:kiriman')).toBe('sri');
		expect(personOf('rembuk:sri:rencana1:2')).toBeNull();
	});
});

test('phones that lost their server together do not come back in step', () => {
	expect(waitMs(1, () => 0)).toBe(1_000);
	expect(waitMs(1, () => 1)).toBeLessThanOrEqual(3_000);
	expect(waitMs(40, () => 1)).toBeLessThanOrEqual(61_000);
});
