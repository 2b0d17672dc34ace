/**
 * For tests: people who edit a plan at random, and the updates their phones would send.
 */
import * as Y from 'yjs';

/** One thing done to a document; numbers are reduced to what fits the document at that moment. */
export interface Stroke {
	readonly who: number;
	readonly what: number;
	readonly where: number;
	readonly much: number;
}

const FIELDS = ['title', 'objective', 'risk'];
const WORDS = ['rapat', 'buku', 'warga desa', 'é', '😀', '你好', 'x'];

/** Does one stroke to a document shaped like a plan: rows by id, prose in cells, a narrative. */
export function scribble(doc: Y.Doc, { what, where, much }: Stroke): void {
	const rows = doc.getMap<Y.Map<unknown>>('rows');
	const ids = [...rows.keys()].sort();
	const row = rows.get(ids[where % Math.max(1, ids.length)] ?? '');
	const word = (WORDS[much % WORDS.length] ?? 'x').repeat(1 + (much % 5));
	switch (what % 9) {
		case 0:
			return addRow(rows, `row-${doc.clientID}-${where % 20}`);
		case 1:
		case 2:
		case 3:
			return type(row?.get(FIELDS[much % 3] ?? ''), where, word);
		case 4:
			return erase(row?.get(FIELDS[much % 3] ?? ''), where, much);
		case 5:
			row?.set('due', { day: much, notes: [word, null, true, 1.5, 2n ** 40n] });
			return;
		case 6:
			row?.set('del', true);
			return;
		case 7:
			return writeNarrative(doc.getXmlFragment('narrative'), where, word);
		default:
			return mark(row?.get('title'), where, much);
	}
}

function addRow(rows: Y.Map<Y.Map<unknown>>, id: string): void {
	const row = new Y.Map<unknown>();
	rows.set(id, row);
	row.set('pos', 'a0');
	for (const field of FIELDS) row.set(field, new Y.Text());
}

function type(text: unknown, where: number, word: string): void {
	if (text instanceof Y.Text) text.insert(wholeSign(text, where % (text.length + 1)), word);
}

function erase(text: unknown, where: number, much: number): void {
	if (!(text instanceof Y.Text) || text.length === 0) return;
	const from = wholeSign(text, where % text.length);
	const to = wholeSign(text, Math.min(from + (much % 7), text.length));
	text.delete(from, to - from);
}

/**
 * The place itself, or the one before it inside an emoji, which our editor never cuts: Yjs makes two
 * question marks of the halves, and not on every phone.
 */
function wholeSign(text: Y.Text, at: number): number {
	const ops = text.toDelta() as { insert: unknown }[];
	const signs = ops.map(({ insert }) => (typeof insert === 'string' ? insert : '?')).join('');
	return /[\uDC00-\uDFFF]/.test(signs[at] ?? '') ? at - 1 : at;
}

function writeNarrative(narrative: Y.XmlFragment, where: number, word: string): void {
	const paragraph = new Y.XmlElement('paragraph');
	narrative.insert(where % (narrative.length + 1), [paragraph]);
	paragraph.insert(0, [new Y.XmlText(word)]);
	paragraph.setAttribute('level', word);
	if (narrative.length > 4) narrative.delete(where % narrative.length, 1);
}

function mark(text: unknown, where: number, much: number): void {
	if (!(text instanceof Y.Text)) return;
	const at = wholeSign(text, where % (text.length + 1));
	if (much % 3 === 0) text.insertEmbed(at, { image: 'peta' });
	else text.format(0, at, { bold: much % 2 === 0 ? true : null });
}

export interface Sent {
	readonly who: number;
	readonly update: Uint8Array;
}

/**
 * Three phones scribble, each telling the others from time to time. Returns what each would have
 * sent, in an order in which nothing rests on what was not sent before.
 */
export function honestUpdates(strokes: readonly Stroke[]): { sent: Sent[]; docs: Y.Doc[] } {
	const docs = [0, 1, 2].map((who) => phone(who + 1));
	const sent: Sent[] = [];
	docs.forEach((doc, who) =>
		doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'from others') sent.push({ who, update });
		})
	);
	const heard = docs.map(() => 0);
	const catchUp = (who: number): void => {
		const doc = docs[who];
		const before = heard[who] ?? 0;
		heard[who] = sent.length;
		if (!doc) return;
		for (const { update } of sent.slice(before)) Y.applyUpdate(doc, update, 'from others');
	};
	for (const stroke of strokes) {
		const who = stroke.who % docs.length;
		const doc = docs[who];
		if (!doc) continue;
		if (stroke.much % 4 === 0) catchUp(who);
		doc.transact(() => scribble(doc, stroke));
	}
	docs.forEach((_, who) => catchUp(who));
	return { sent, docs };
}

export function phone(clientId: number): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	return doc;
}
