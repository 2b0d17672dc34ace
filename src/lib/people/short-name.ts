/** Titles that are written without a full stop as well. */
const TITLES = new Set(['bapak', 'bpk', 'ibu', 'pak', 'bu', 'haji', 'hajah', 'drs', 'dra', 'hj']);

/**
 * What somebody is called by where there is little room: the first word of the name that is neither a
 * title nor an initial. 'Dra. Hj. Siti Aminah, M.Si.' → 'Siti'
 */
export function shortName(name: string): string {
	const words = name.split(/[\s,]+/).filter((word) => word !== '');
	const isName = (word: string) =>
		word.length > 1 && !word.includes('.') && !TITLES.has(word.toLowerCase());
	return words.find(isName) ?? words[0] ?? name;
}
