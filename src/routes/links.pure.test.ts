import { describe, expect, test } from 'vitest';
import { ownPath } from './links.ts';

describe('where somebody goes after signing in', () => {
	test.each([
		['/beranda', '/beranda'],
		['/pelatihan/abc/tes/awal?bagian=2#soal', '/pelatihan/abc/tes/awal?bagian=2#soal'],
		['/en/belajar', '/en/belajar'],
		['/belajar/cari?q=désa wisata', '/belajar/cari?q=d%C3%A9sa%20wisata']
	])('is the page they came from: %s', (wanted, page) => {
		expect(ownPath(wanted)).toBe(page);
	});

	test.each([
		'https://jahat.example/',
		'//jahat.example',
		'/\\jahat.example',
		'/\t/jahat.example',
		'/..//jahat.example',
		'/.//jahat.example',
		'/en/..//jahat.example',
		'javascript:alert(1)',
		'beranda',
		''
	])('is never another site: %j', (wanted) => {
		expect(ownPath(wanted)).toBeNull();
	});

	test.each(['/\r\nset-cookie: sesi=x', '/a\0b', '/baris\u2028baru', '/\ud83d'])(
		'is an address that a header can carry: %j',
		(wanted) => {
			expect(ownPath(wanted)).toMatch(/^\/[\x21-\x7e]*$/);
		}
	);
});
