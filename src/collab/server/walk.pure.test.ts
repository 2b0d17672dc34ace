/** What Yjs or page code would choke on never gets past the walk. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { varUints } from './bytes.ts';
import { phone } from './scribbling.ts';
import { walkUpdate } from './update-walk.ts';

function written(write: (doc: Y.Doc) => void): Uint8Array {
	const doc = phone(7);
	write(doc);
	return Y.encodeStateAsUpdate(doc);
}

const isRead = (update: Uint8Array) => expect(() => walkUpdate(update)).not.toThrow();
const isRefused = (update: Uint8Array, reason: string) =>
	expect(() => walkUpdate(update)).toThrow(reason);

/** As deep as it says, for page code that reads it with recursion. */
function nested(depth: number): unknown {
	return depth === 0 ? 'x' : { in: [nested(depth - 2)] };
}

describe('[WALK3] refused is', () => {
	test('a value nested too deep, as a value and as JSON', () => {
		const asValue = (depth: number) => written((doc) => doc.getArray('a').push([nested(depth)]));
		isRead(asValue(64));
		isRefused(asValue(66), 'too_deep');
		const asJson = (depth: number) =>
			written((doc) => doc.getText('t').insertEmbed(0, nested(depth) as object));
		isRead(asJson(64));
		isRefused(asJson(66), 'too_deep');
	});

	test('broken JSON, on which every reader would throw', () => {
		const update = written((doc) => doc.getText('t').insertEmbed(0, { a: 1 }));
		isRead(update);
		update[update.indexOf('{'.charCodeAt(0))] = '['.charCodeAt(0);
		isRefused(update, 'broken_json');
		expect(() => Y.applyUpdate(new Y.Doc(), update)).toThrow();
	});

	test('a document inside the document', () => {
		isRefused(
			written((doc) => doc.getMap('rows').set('inner', new Y.Doc())),
			'unknown_content'
		);
	});

	test('a kind of content, a kind of container or a kind of value that nobody knows', () => {
		const [client, root, deletions] = [7, [1, 1, 97], 0];
		for (const content of [[11], [2, 1], [7, 9], [8, 1, 90]]) {
			const [kind = 0, ...rest] = content;
			const update = Uint8Array.from([
				...varUints(1, 1, client, 0),
				kind,
				...root,
				...rest,
				deletions
			]);
			expect(() => walkUpdate(update)).toThrow(/^unknown_(content|value)$/);
		}
	});

	test('what holds nothing: a section, an item, a deletion', () => {
		isRefused(varUints(1, 0, 7, 0, 0), 'empty_section');
		isRefused(varUints(1, 1, 7, 0, 0, 0, 0), 'empty_struct');
		isRefused(Uint8Array.from([...varUints(1, 1, 7, 0), 4, 1, 1, 97, 0, 0]), 'empty_struct');
		isRefused(varUints(0, 1, 7, 1, 0, 0), 'empty_deletion');
	});

	test('two sections of one client, of which Yjs would keep one', () => {
		isRefused(varUints(2, 1, 7, 0, 0, 1, 1, 7, 1, 0, 1, 0), 'client_twice');
	});

	test('a hole, and bytes that are left over', () => {
		isRefused(varUints(1, 1, 7, 0, 10, 5, 0), 'hole');
		isRefused(
			Uint8Array.from([...written((doc) => doc.getText('t').insert(0, 'a')), 0]),
			'trailing_bytes'
		);
	});
});

test('[WALK2] a number is no longer than Yjs can count', () => {
	isRefused(Uint8Array.from([1, 1, ...Array<number>(40).fill(0x80), 0]), 'number_too_large');
	isRefused(
		Uint8Array.from([1, 1, ...Array<number>(8).fill(0xff), 1, 0, 0, 1, 0]),
		'number_too_large'
	);
});
