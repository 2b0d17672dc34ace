/**
 * A text field and a shared text, kept equal. What a person types becomes the
 * smallest change; what others type arrives without moving the cursor.
 *
 * Never cuts an emoji: Yjs would turn the halves into � for everybody. Never
 * touches the field while a keyboard composes: phones do that for every word.
 */
import type * as Y from 'yjs';
import { wellFormed } from '#lib/platform/text.ts';
import { TEXT } from './draft.ts';
import { afterOthers, changeBetween, shifted, type Delta } from './text-change.ts';

/** Writes the wanted value into the shared text as one change with the origin `text`. */
export function writeText(text: Y.Text, wanted: string): void {
	const change = changeBetween(text.toString(), wellFormed(wanted));
	if (!change) return;
	within(text, () => {
		if (change.remove > 0) text.delete(change.at, change.remove);
		if (change.insert) text.insert(change.at, change.insert);
	});
}

function within(text: Y.Text, write: () => void): void {
	if (text.doc) text.doc.transact(write, TEXT);
	else write();
}

/** What this needs of an <input> or a <textarea>. */
export interface TextField extends EventTarget {
	value: string;
	readonly selectionStart: number | null;
	readonly selectionEnd: number | null;
	readonly ownerDocument: { readonly activeElement: unknown };
	setSelectionRange(from: number, to: number): void;
}

/** Ties field and text together; the returned function lets go. */
export function bindText(field: TextField, text: Y.Text): () => void {
	/** What others did while a keyboard composes, and what the field held before it began. */
	let composing: { before: string; others: Delta[] } | null = null;
	field.value = text.toString();

	const typed = () => {
		if (!composing) writeText(text, field.value);
	};
	const begin = () => {
		composing ??= { before: text.toString(), others: [] };
	};
	const finish = () => {
		const done = composing;
		composing = null;
		if (!done) return;
		const own = changeBetween(done.before, wellFormed(field.value));
		if (own) writeAfterOthers(own, done);
		show();
	};

	function writeAfterOthers(
		own: NonNullable<ReturnType<typeof changeBetween>>,
		{ before, others }: { before: string; others: Delta[] }
	): void {
		const { at, remove } = afterOthers(own, before.length, others);
		within(text, () => {
			if (own.insert) text.insert(at, own.insert);
			for (const from of remove) text.delete(from >= at ? from + own.insert.length : from, 1);
		});
	}

	function show(): void {
		const next = text.toString();
		const change = changeBetween(field.value, next);
		if (!change) return;
		const focused = field.ownerDocument.activeElement === field;
		const from = shifted(field.selectionStart ?? 0, change);
		const to = shifted(field.selectionEnd ?? 0, change);
		field.value = next;
		if (focused) field.setSelectionRange(from, to);
	}

	const observe = ({ delta }: Y.YTextEvent) => {
		if (composing) composing.others.push(delta);
		else show();
	};

	field.addEventListener('input', typed);
	field.addEventListener('compositionstart', begin);
	field.addEventListener('compositionend', finish);
	text.observe(observe);
	return () => {
		finish(); // a word half composed when the row disappears is still what was typed
		field.removeEventListener('input', typed);
		field.removeEventListener('compositionstart', begin);
		field.removeEventListener('compositionend', finish);
		text.unobserve(observe);
	};
}

/** Enter begins no second paragraph in a field that is for one. */
export function staysOneLine(event: KeyboardEvent): void {
	if (event.key === 'Enter' && !event.isComposing) event.preventDefault();
}
