/** What the letters that are bundled can draw; the rest (an emoji, another script) would be an empty box. */
const DRAWABLE = /[\u0020-\u007e\u00a0-\u024f\u1e00-\u1eff\u2010-\u2027\u20ac]|[\u0300-\u036f]/u;

/** Without what cannot be drawn, and without the gaps that leaves. */
export function drawable(text: string): string {
	const letters = [...text.normalize('NFC')].filter((letter) => DRAWABLE.test(letter));
	return letters.join('').replace(/\s+/g, ' ').trim();
}
