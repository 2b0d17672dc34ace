/**
 * What people type, made safe to keep: composed letters (NFC), one kind of line
 * end, no NUL (PostgreSQL refuses it) and no half of an emoji (Yjs would show it
 * as � to everybody).
 */
export function clean(text: string): string {
	return wellFormed(text.replaceAll('\0', '').replace(/\r\n?/g, '\n')).normalize('NFC');
}

/** Halves of an emoji become �. As String.toWellFormed, which the oldest phones lack. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** One line: runs of white space become one blank, none at the ends. */
export function cleanLine(text: string): string {
	return clean(text).replace(/\s+/gu, ' ').trim();
}
