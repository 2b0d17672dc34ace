/**
 * What people type, made safe to keep: composed letters (NFC), one kind of line
 * end, no NUL (PostgreSQL refuses it), no half of an emoji (Yjs would show it as
 * � to everybody), and nothing that turns the letters of what follows around.
 */
export function clean(text: string): string {
	const kept = text.replace(UNSEEN, '').replace(/\r\n?/g, '\n');
	return wellFormed(kept).normalize('NFC');
}

/** NUL, and the marks that embed, override or isolate a direction: with one a name rewrites its line. */
const UNSEEN = /[\0\u202a-\u202e\u2066-\u2069]/g;

/** Halves of an emoji become �. As String.toWellFormed, which the oldest phones lack. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** One line: runs of white space become one blank, none at the ends. */
export function cleanLine(text: string): string {
	return clean(text).replace(/\s+/gu, ' ').trim();
}
