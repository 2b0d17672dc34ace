/**
 * Regions (wilayah): provinces, regencies and cities, districts, villages and
 * wards, by their Kemendagri codes. Pure rules about codes and names.
 */
import type { Zone } from '#lib/platform/calendar.ts';

export const regionKinds = ['province', 'regency', 'city', 'district', 'village', 'ward'] as const;
export type RegionKind = (typeof regionKinds)[number];

export interface Region {
	readonly code: string;
	readonly name: string;
	readonly kind: RegionKind;
	readonly parentCode: string | null;
}

/** A village or ward with the names that tell it from its namesakes. */
export interface Village {
	readonly code: string;
	readonly name: string;
	readonly kind: RegionKind;
	readonly district: string;
	readonly regency: string;
	readonly regencyCode: string;
}

const CODE = /^\d{2}(\.\d{2}(\.\d{2}(\.[123]\d{3})?)?)?$/;

export function isRegionCode(text: string): boolean {
	return CODE.test(text);
}

/** What a code names: cities are numbered from 71, wards (kelurahan) begin with 1. Null for no code. */
export function kindOf(code: string): RegionKind | null {
	if (!isRegionCode(code)) return null;
	const parts = code.split('.');
	const last = parts.at(-1) ?? '';
	if (parts.length === 1) return 'province';
	if (parts.length === 2) return Number(last) >= 71 ? 'city' : 'regency';
	if (parts.length === 3) return 'district';
	return last.startsWith('1') ? 'ward' : 'village';
}

export function parentOf(code: string): string | null {
	const end = code.lastIndexOf('.');
	return end < 0 ? null : code.slice(0, end);
}

export function provinceOf(code: string): string {
	return code.slice(0, 2);
}

/** Of a code, as much as names a regency or city: '15.04'. */
export const REGENCY_LETTERS = 5;

/**
 * What a list over these places can be narrowed to: their provinces; when all lie in one, its
 * regencies and cities. Sorted; empty when there is nothing to choose.
 */
export function choicesAmong(codes: readonly string[]): string[] {
	const provinces = new Set(codes.map(provinceOf));
	const below = codes.filter((code) => code.length >= REGENCY_LETTERS);
	const regencies = new Set(below.map((code) => code.slice(0, REGENCY_LETTERS)));
	const choices = [...(provinces.size > 1 ? provinces : regencies)].sort();
	return choices.length > 1 ? choices : [];
}

export function isVillage(region: Pick<Region, 'kind'>): boolean {
	return region.kind === 'village' || region.kind === 'ward';
}

/** "Koto Jayo — Pelepat Ilir": 28 pairs of villages in Jambi alone share a name. */
export function villageLabel(village: Pick<Village, 'name' | 'district'>): string {
	return `${village.name} — ${village.district}`;
}

/** Provinces on the clock of Makassar and of Jayapura; all others follow Jakarta. */
const WITA = ['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76'];
const WIT = ['81', '82', '91', '92', '93', '94', '95', '96'];

export function zoneOf(code: string): Zone {
	const province = provinceOf(code);
	if (WIT.includes(province)) return 'Asia/Jayapura';
	return WITA.includes(province) ? 'Asia/Makassar' : 'Asia/Jakarta';
}

/** Parents before children, so that each finds the one it lies in. */
export function parentsFirst<R extends Pick<Region, 'code'>>(regions: readonly R[]): R[] {
	return [...regions].sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
}
