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

/** The text without its tags; `images` when there is a picture, a film or a sound in it. */
export function textOfHtml(html: string): { text: string; images: boolean } {
	const images = /<(img|svg|video|audio|object|embed|iframe)\b/i.test(html);
	const text = html
		.replace(/<(br|hr)\b[^>]*>|<\/(p|div|li|tr|h[1-6])\s*>/gi, '\n')
		.replace(/<(script|style)\b[^]*?<\/\1\s*>/gi, '')
		.replace(/<\/?[a-z][^>]*>/gi, '')
		.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, entity);
	return { text: tidy(text), images };
}

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
	if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
	const point = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
	return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
}
