/**
 * A text field and a shared text, kept equal. What a person types becomes the
 * smallest change; what others type arrives without moving the cursor.
 *
 * Never cuts an emoji: Yjs would turn the halves into � for everybody. Never
 * touches the field while a keyboard composes: phones do that for every word.
 */
import * as Y from 'yjs';
import { TEXT } from './draft.ts';

export interface Change {
	readonly at: number;
	readonly remove: number;
	readonly insert: string;
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** One change that turns `before` into `after`, widened to whole code points; null when they are equal. */
export function changeBetween(before: string, after: string): Change | null {
	if (before === after) return null;
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before[start] === after[start]) start++;
	if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--;
	let end = 0;
	while (
		end < shorter - start &&
		before[before.length - 1 - end] === after[after.length - 1 - end]
	) {
		end++;
	}
	if (end > 0 && isLow(before.charCodeAt(before.length - end))) end--;
	return {
		at: start,
		remove: before.length - end - start,
		insert: after.slice(start, after.length - end)
	};
}

/** Writes the field's value into the shared text as one change with the origin `text`. */
export function writeText(text: Y.Text, wanted: string): void {
	const change = changeBetween(text.toString(), wanted.toWellFormed());
	if (!change) return;
	const write = () => {
		if (change.remove > 0) text.delete(change.at, change.remove);
		if (change.insert) text.insert(change.at, change.insert);
	};
	if (text.doc) text.doc.transact(write, TEXT);
	else write();
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Ties field and text together; the returned function lets go. */
export function bindText(field: TextField, text: Y.Text): () => void {
	let composing = false;
	field.value = text.toString();

	const typed = () => {
		if (!composing) writeText(text, field.value);
	};
	const begin = () => (composing = true);
	const finish = () => {
		composing = false;
		// What others wrote meanwhile is merged by writing against the value this field last showed.
		mergeComposed();
	};
	let shown = field.value;
	const remember = () => {
		shown = field.value;
	};

	function mergeComposed(): void {
		const own = changeBetween(shown, field.value.toWellFormed());
		const others = changeBetween(shown, text.toString());
		if (own && others) {
			const doc = text.doc;
			const at = shifted(own.at, others);
			const write = () => {
				const room = Math.max(0, Math.min(own.remove, text.length - at));
				if (room > 0) text.delete(at, room);
				if (own.insert) text.insert(at, own.insert);
			};
			if (doc) doc.transact(write, TEXT);
			showText();
		} else if (own) {
			writeText(text, field.value);
			remember();
		} else {
			showText();
		}
	}

	function showText(): void {
		const next = text.toString();
		const change = changeBetween(field.value, next);
		if (!change) return remember();
		const focused = field.ownerDocument.activeElement === field;
		const from = shifted(field.selectionStart ?? 0, change);
		const to = shifted(field.selectionEnd ?? 0, change);
		field.value = next;
		if (focused) field.setSelectionRange(from, to);
		remember();
	}

	const observe = (event: Y.YTextEvent) => {
		if (composing) return;
		if (event.transaction.origin === TEXT && event.transaction.local) {
			remember();
			if (field.value === text.toString()) return;
		}
		showText();
	};

	field.addEventListener('input', typed);
	field.addEventListener('compositionstart', begin);
	field.addEventListener('compositionend', finish);
	text.observe(observe);
	return () => {
		field.removeEventListener('input', typed);
		field.removeEventListener('compositionstart', begin);
		field.removeEventListener('compositionend', finish);
		text.unobserve(observe);
	};
}

/** Where a place in the text lies after a change: behind an insertion before it, at the edge of a deletion around it. */
export function shifted(place: number, { at, remove, insert }: Change): number {
	if (place <= at) return place;
	if (place >= at + remove) return place - remove + insert.length;
	return at + insert.length;
}
