/**
 * Indonesian words reduced to what they share: pelatihan, melatih, dilatih → latih.
 *
 * Search, themes in feedback and the grouping of ideas use the same steps, on every engine: neither
 * SQLite nor PostgreSQL would stem Indonesian as people write it on a phone. Stems are for
 * comparing; show people the words they wrote.
 *
 * Pure: runs in the browser, on the server and in a test alike.
 */
import { stemmer } from '@orama/stemmers/indonesian';

/** Longer "words" are pasted junk; PostgreSQL refuses to look for a lexeme of more than 2 KB. */
const LONGEST_WORD = 64;

/** How people write on a phone → how a form would write it. */
const SPELLED_OUT = inWords({
	nggak: 'tidak',
	enggak: 'tidak',
	engga: 'tidak',
	ngga: 'tidak',
	ndak: 'tidak',
	gak: 'tidak',
	ga: 'tidak',
	tak: 'tidak',
	tdk: 'tidak',
	blm: 'belum',
	udah: 'sudah',
	sdh: 'sudah',
	dgn: 'dengan',
	utk: 'untuk',
	krn: 'karena',
	karna: 'karena',
	yg: 'yang',
	org: 'orang',
	perpus: 'perpustakaan',
	ngajar: 'ajar',
	ngajarin: 'ajar',
	diajarin: 'ajar',
	jelasin: 'jelas',
	dijelasin: 'jelas',
	ngejelasin: 'jelas'
});

/** Words whose -nya belongs to them. */
const WITH_OWN_NYA = /(hanya|tanya|punya|banya)$/;

/** Where the Snowball stemmer cuts too much or too little off words that matter here. */
const CORRECTED = inWords({
	ulis: 'tulis',
	unjung: 'kunjung',
	pustakaw: 'pustaka',
	percepat: 'cepat',
	elola: 'kelola',
	lola: 'kelola',
	irim: 'kirim',
	anam: 'tanam',
	erja: 'kerja',
	etahu: 'tahu',
	paka: 'pakai',
	pasak: 'masak',
	berta: 'tanya',
	berte: 'temu'
});

/** Any word may be looked up, also one that every object knows, such as "constructor". */
function inWords(pairs: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
	return new Map(Object.entries(pairs));
}

/** The words of a text in order: lower case, without accents and punctuation, abbreviations spelled out. */
export function words(text: string): string[] {
	const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map(normalise);
}

/** The stems of a text, in order. */
export const stems = (text: string): string[] => words(text).map(stem);

/** The stem of one word as `words` gives it. */
export function stem(word: string): string {
	const stemmed = stemmer(word);
	return CORRECTED.get(stemmed) ?? stemmed;
}

function normalise(word: string): string {
	const short = word.slice(0, LONGEST_WORD);
	return SPELLED_OUT.get(short) ?? SPELLED_OUT.get(withoutNya(short)) ?? withoutNya(short);
}

/** wifinya → wifi; hanya, bertanya stay. */
function withoutNya(word: string): string {
	const stripped = word.replace(/nya$/, '');
	return stripped.length < 3 || WITH_OWN_NYA.test(word) ? word : stripped;
}
