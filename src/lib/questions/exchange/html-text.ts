/** What somebody reads of a scrap of HTML, as other systems write their questions. */
import { tidy } from './draft.ts';

const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	ndash: '–',
	mdash: '—',
	hellip: '…',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”'
};

/** The text without its tags; `more` when there is something in it that is no text: a picture, a film, a script. */
export function textOfHtml(html: string): { text: string; more: boolean } {
	const more = /<(img|svg|video|audio|object|embed|iframe|script|style)\b/i.test(html);
	// A tag ends before the next one begins: what is never closed must not be looked through again and again.
	const text = html
		.replace(/<(br|hr)\b[^<>]*>|<\/(p|div|li|tr|h[1-6])\s*>/gi, '\n')
		.replace(/<\/?[a-z][^<>]*>/gi, '')
		.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, entity);
	return { text: tidy(text), more };
}

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
	if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
	const point = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
	return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
}
