/**
 * A native text field bound to shared words (Y.Text). What is typed becomes the smallest change,
 * never half an emoji; what others type appears without moving one's own caret.
 *
 * While a keyboard composes (Android does for every word), the field is left alone: what others
 * write meanwhile waits, and is shown when the word is finished.
 */
import * as Y from 'yjs';
import { origin } from './draft.ts';
import { isHighHalf, isLowHalf, withoutHalves } from './letters.ts';

export interface Change {
	readonly at: number;
	readonly remove: number;
	readonly insert: string;
}

/** The part of a text field that is used here. */
export interface TextField {
	value: string;
	readonly selectionStart: number | null;
	readonly selectionEnd: number | null;
	setSelectionRange(start: number, end: number): void;
	addEventListener(type: string, listener: () => void): void;
	removeEventListener(type: string, listener: () => void): void;
}

/** The smallest change from one text to another, in whole letters. Null when they are equal. */
export function changeBetween(before: string, after: string): Change | null {
	if (before === after) return null;
	const shorter = Math.min(before.length, after.length);
	let head = 0;
	while (head < shorter && before[head] === after[head]) head++;
	if (head > 0 && isHighHalf(before, head - 1)) head--;
	let tail = 0;
	const room = shorter - head;
	while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
	if (tail > 0 && isLowHalf(before, before.length - tail)) tail--;
	return {
		at: head,
		remove: before.length - head - tail,
		insert: after.slice(head, after.length - tail)
	};
}

type Delta = Y.YTextEvent['delta'];

/** Returns the function that lets go of the field. */
export function bindText(field: TextField, text: Y.Text): () => void {
	/** The words as the field last had them, before anybody typed further. */
	let shown = text.toString();
	/** What others changed while the keyboard was composing, in order. */
	let waiting: Delta[] = [];
	let composing = false;
	let focused = false;
	let writing = false;
	let caret: [Y.RelativePosition, Y.RelativePosition] | null = null;

	field.value = shown;

	function write(change: Change): void {
		writing = true;
		text.doc?.transact(() => {
			if (change.remove > 0) text.delete(change.at, change.remove);
			if (change.insert !== '') text.insert(change.at, change.insert);
		}, origin.text);
		writing = false;
	}

	function typed(): void {
		if (composing && waiting.length > 0) return;
		const change = changeBetween(shown, withoutHalves(field.value));
		if (!change) return;
		shown = withoutHalves(field.value);
		write(change);
	}

	function composed(): void {
		composing = false;
		if (waiting.length === 0) return typed();
		// The word was typed into what the field showed; since then others have moved the letters.
		const change = changeBetween(shown, withoutHalves(field.value));
		const caretAt = change ? change.at + change.insert.length : (field.selectionEnd ?? 0);
		const moved = change && carried(change, waiting);
		waiting = [];
		if (moved) write(moved);
		show(moved ? moved.at + moved.insert.length : caretAt, null);
	}

	function show(from: number, to: number | null): void {
		shown = text.toString();
		if (field.value === shown) return;
		field.value = shown;
		if (focused) field.setSelectionRange(from, to ?? from);
	}

	function beforeChange(): void {
		if (!focused || composing || writing) return;
		const { selectionStart: start, selectionEnd: end } = field;
		caret =
			start === null || end === null
				? null
				: [relative(Math.min(start, end)), relative(Math.max(start, end))];
	}

	const relative = (at: number) =>
		Y.createRelativePositionFromTypeIndex(text, Math.min(at, text.length));

	function changed(event: Y.YTextEvent): void {
		if (writing) return;
		if (composing) {
			waiting.push(event.delta);
			return;
		}
		const [start, end] = (caret ?? []).map((at) => absolute(at));
		show(start ?? shown.length, end ?? null);
	}

	function absolute(at: Y.RelativePosition): number | undefined {
		if (!text.doc) return undefined;
		return Y.createAbsolutePositionFromRelativePosition(at, text.doc)?.index;
	}

	const listeners: Record<string, () => void> = {
		input: typed,
		compositionstart: () => void (composing = true),
		compositionend: composed,
		focus: () => void (focused = true),
		blur: () => {
			focused = false;
			if (composing) composed();
		}
	};
	const { doc } = text;
	for (const [type, listener] of Object.entries(listeners)) field.addEventListener(type, listener);
	doc?.on('beforeTransaction', beforeChange);
	text.observe(changed);

	return () => {
		for (const [type, listener] of Object.entries(listeners)) {
			field.removeEventListener(type, listener);
		}
		doc?.off('beforeTransaction', beforeChange);
		text.unobserve(changed);
	};
}

/** The same change where others have inserted and deleted in between; their letters are not removed. */
function carried(change: Change, deltas: readonly Delta[]): Change {
	const at = deltas.reduce((place, delta) => movedBy(delta, place, 'stay'), change.at);
	const end = deltas.reduce(
		(place, delta) => movedBy(delta, place, 'stay'),
		change.at + change.remove
	);
	const insertedWithin = end - at !== change.remove;
	return { at, remove: insertedWithin ? 0 : change.remove, insert: change.insert };
}

function movedBy(delta: Delta, place: number, atSamePlace: 'stay' | 'follow'): number {
	let old = 0;
	let moved = place;
	for (const { retain, insert, delete: removed } of delta) {
		if (old > place || (old === place && atSamePlace === 'stay' && insert !== undefined)) break;
		if (retain !== undefined) old += retain;
		if (typeof insert === 'string') moved += insert.length;
		if (removed !== undefined) {
			moved -= Math.min(removed, Math.max(0, place - old));
			old += removed;
		}
	}
	return moved;
}
