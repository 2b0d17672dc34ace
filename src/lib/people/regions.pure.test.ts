import { describe, expect, test } from 'vitest';
import { knownRegions } from './regions-data.ts';
import { choicesAmong, kindOf, parentOf, parentsFirst, villageLabel, zoneOf } from './regions.ts';

describe('regions', () => {
	test('a code says what it names', () => {
		expect(['15', '15.04', '15.71', '15.04.04'].map(kindOf)).toEqual([
			'province',
			'regency',
			'city',
			'district'
		]);
		expect(['15.04.04.2011', '15.04.03.1001', '91.71.01.3001'].map(kindOf)).toEqual([
			'village',
			'ward',
			'village'
		]);
		expect(['', '1', '15.4', '1504', '15.04.04.9999', '15.'].map(kindOf)).toEqual(
			Array(6).fill(null)
		);
	});

	test('the first list holds all provinces, all regencies and cities, and no village without its district', () => {
		const codes = knownRegions.map(([code]) => code);
		const kinds = codes.map(kindOf);
		expect(new Set(codes).size).toBe(codes.length);
		expect(kinds).not.toContain(null);
		expect(kinds.filter((kind) => kind === 'province')).toHaveLength(38);
		expect(kinds.filter((kind) => kind === 'regency')).toHaveLength(416);
		expect(kinds.filter((kind) => kind === 'city')).toHaveLength(98);
		const parents = codes.flatMap((code) => parentOf(code) ?? []);
		expect(parents.filter((parent) => !codes.includes(parent))).toEqual([]);
	});

	test('villages that share a name are told apart by their district', () => {
		const district = (code: string) =>
			knownRegions.find(([known]) => known === parentOf(code))?.[1] ?? '';
		const labels = knownRegions
			.filter(([, name]) => name === 'Koto Jayo')
			.map(([code, name]) => villageLabel({ name, district: district(code) }));
		expect(labels).toEqual(['Koto Jayo — Tanah Tumbuh', 'Koto Jayo — Pelepat Ilir']);
	});

	test('each province keeps its own clock', () => {
		expect([zoneOf('15.04'), zoneOf('51'), zoneOf('94')]).toEqual([
			'Asia/Jakarta',
			'Asia/Makassar',
			'Asia/Jayapura'
		]);
	});

	test('a list is narrowed to provinces, or to the regencies of its only one', () => {
		expect(choicesAmong(['15.04.01', '51.03', '15'])).toEqual(['15', '51']);
		expect(choicesAmong(['15', '15.06.02.2001', '15.04', '15.06'])).toEqual(['15.04', '15.06']);
		expect(choicesAmong(['15', '15.04'])).toEqual([]);
		expect(choicesAmong([])).toEqual([]);
	});

	test('parents come before what lies in them', () => {
		const codes = ['15.04.04.2011', '16', '15.04', '15', '15.04.04'];
		const sorted = parentsFirst(codes.map((code) => ({ code }))).map(({ code }) => code);
		expect(sorted).toEqual(['15', '16', '15.04', '15.04.04', '15.04.04.2011']);
	});
});
