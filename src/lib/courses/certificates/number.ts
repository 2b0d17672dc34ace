/**
 * The number of a certificate: random, so that it cannot be guessed and says
 * nothing of how many there are; in Crockford's alphabet, which forgives what
 * people mistake when they copy it from paper.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits. */
const LENGTH = 12;

export function newNumber(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
	return Array.from(bytes, (byte) => ALPHABET[byte & 31]).join('');
}

/** As kept; O is read as 0, I and L as 1. Null when it cannot be a number of ours. */
export function normaliseNumber(typed: string): string | null {
	const number = typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s\p{Pd}._]/gu, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	const known = [...number].every((letter) => ALPHABET.includes(letter));
	return number.length === LENGTH && known ? number : null;
}

/** As printed: "7KPQ-M3X0-9T1Z". */
export const showNumber = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/**
 * The name as the public page shows it: the beginning and length of each word.
 * Enough to see that a printed certificate bears another name, too little for
 * whoever has only come across the number.
 */
export function maskName(name: string): string {
	return name.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => {
		const letters = [...new Intl.Segmenter('id').segment(word)].map(({ segment }) => segment);
		return (letters[0] ?? '') + '•'.repeat(Math.max(0, letters.length - 1));
	});
}
