/**
 * What the compacting thread does: the only place of the server with a real `Y.Doc`.
 *
 * The function below is handed to the thread as text. A file of its own would have to be found again
 * by the bundler, by the development server and by the tests, each in its own way. So it may name
 * nothing outside of itself.
 */
import type { MessagePort } from 'node:worker_threads';
import type * as Encoding from 'lib0/encoding';
import type * as Yjs from 'yjs';

export interface CompactionJob {
	/** All parts one behind the other. */
	readonly bytes: Uint8Array;
	readonly lengths: Uint32Array;
}

export type CompactionAnswer =
	{ readonly snapshot: Uint8Array; readonly outline: Uint8Array } | { readonly failure: string };

export function compactionThread(
	Y: typeof Yjs,
	encoding: typeof Encoding,
	port: MessagePort
): void {
	type Doc = InstanceType<typeof Y.Doc>;
	type Struct = NonNullable<ReturnType<Doc['store']['clients']['get']>>[number];
	type Encoder = ReturnType<typeof encoding.createEncoder>;
	type Container = InstanceType<typeof Y.AbstractType>;

	const OUTLINE_VERSION = 1;

	port.on('message', ({ bytes, lengths }: CompactionJob) => {
		try {
			const doc = rebuilt(bytes, lengths);
			const snapshot = Y.encodeStateAsUpdate(doc);
			const outline = outlineOf(doc);
			doc.destroy();
			const answer: CompactionAnswer = { snapshot, outline };
			port.postMessage(answer, [snapshot.buffer as ArrayBuffer]);
		} catch (thrown) {
			const answer: CompactionAnswer = { failure: String(thrown) };
			port.postMessage(answer);
		}
	});

	function rebuilt(bytes: Uint8Array, lengths: Uint32Array): Doc {
		const doc = new Y.Doc();
		doc.transact(() => {
			let at = 0;
			for (const length of lengths) Y.applyUpdate(doc, bytes.subarray(at, (at += length)));
		});
		const pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
		if (pending) throw new Error('something is pending');
		return doc;
	}

	/** In the order in which `outline.ts` reads it. */
	function outlineOf(doc: Doc): Uint8Array {
		const depths = new Map<Container, number>();
		return encoding.encode((to) => {
			encoding.writeVarUint(to, OUTLINE_VERSION);
			encoding.writeVarUint(to, doc.store.clients.size);
			for (const [client, structs] of doc.store.clients) {
				const last = structs.at(-1);
				encoding.writeVarUint(to, client);
				encoding.writeVarUint(to, last ? last.id.clock + last.length : 0);
				writeDeletions(to, structs);
				writeDepths(to, structs, depths);
			}
		});
	}

	function writeDeletions(to: Encoder, structs: readonly Struct[]): void {
		const numbers: number[] = [];
		let end = 0;
		let open = false;
		for (const { id, length, deleted } of structs) {
			if (deleted && open) numbers.push(Number(numbers.pop()) + length);
			else if (deleted) numbers.push(id.clock - end, length);
			open = deleted;
			if (deleted) end = id.clock + length;
		}
		encoding.writeVarUint(to, numbers.length / 2);
		for (const number of numbers) encoding.writeVarUint(to, number);
	}

	function writeDepths(
		to: Encoder,
		structs: readonly Struct[],
		depths: Map<Container, number>
	): void {
		const numbers: number[] = [];
		let before = 0;
		let depth = -1;
		for (const struct of structs) {
			const here = struct instanceof Y.Item ? depthOf(struct.parent, depths) : 0;
			if (here === depth) continue;
			depth = here;
			numbers.push(struct.id.clock - before, here);
			before = struct.id.clock;
		}
		encoding.writeVarUint(to, numbers.length / 2);
		for (const number of numbers) encoding.writeVarUint(to, number);
	}

	/** How many levels there are between the root and what hangs in `parent`; 0 for what was collected. */
	function depthOf(parent: unknown, depths: Map<Container, number>): number {
		if (!(parent instanceof Y.AbstractType)) return 0;
		const known = depths.get(parent);
		if (known !== undefined) return known;
		const above = parent._item ? depthOf(parent._item.parent, depths) : 0;
		const depth = parent._item && above === 0 ? 0 : above + 1;
		depths.set(parent, depth);
		return depth;
	}
}
