import { describe, expect, test } from 'vitest';
import { stems, words } from './search-terms.ts';

describe('Indonesian words', () => {
	test.each([
		['pelatihan melatih dilatih latihan', 'latih latih latih latih'],
		['menulis tulisan', 'tulis tulis'],
		['pengunjung kunjungan', 'kunjung kunjung'],
		['pustakawan perpustakaan', 'pustaka pustaka'],
		['mengelola pengelolaan kelola', 'kelola kelola kelola'],
		['mengirim kirim', 'kirim kirim'],
		['bertanya pertanyaan tanya', 'tanya tanya tanya']
	])('%s share a stem', (text, expected) => {
		expect(stems(text).join(' ')).toBe(expected);
	});

	test('are read as people write them on a phone', () => {
		expect(words('Wifinya gak jelas, materinya TAK dijelasin!')).toEqual(
			'wifi tidak jelas materi tidak jelas'.split(' ')
		);
	});

	test('keep a -nya that belongs to them', () => {
		expect(words('hanya punya bertanya')).toEqual(['hanya', 'punya', 'bertanya']);
	});

	test('lose accents and punctuation, keep numbers', () => {
		expect(words('Café—desa "No. 12"')).toEqual(['cafe', 'desa', 'no', '12']);
	});

	test('may be such as every object of a program knows', () => {
		expect(words('constructor toString __proto__')).toEqual(['constructor', 'tostring', 'proto']);
		expect(stems('constructor')).toEqual(['constructor']);
	});

	test('stay short when somebody pastes junk', () => {
		expect(words('x'.repeat(5000))[0]).toHaveLength(64);
	});
});
