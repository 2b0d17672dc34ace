/** Regions as the database knows them: what people choose from. */
import { asc, eq, inArray } from 'drizzle-orm';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { library, region } from '#lib/platform/server/db/schema/index.ts';
import { inChunks } from '#lib/platform/server/db/sql.ts';
import {
	isVillage,
	kindOf,
	parentOf,
	parentsFirst,
	provinceOf,
	type Region,
	type Village
} from '../regions.ts';
import { knownRegions } from '../regions-data.ts';
import { withinRegion } from '../within-region.ts';

/** Writes the regions every installation starts with; those that are there stay as they are. */
export async function ensureRegions(app: Pick<App, 'db'>): Promise<void> {
	const rows = await app.db.read.select({ code: region.code }).from(region);
	const known = new Set(rows.map((row) => row.code));
	const missing = knownRegions.filter(([code]) => !known.has(code)).map(asRegion);
	if (missing.length === 0) return;
	await app.db.write(async (tx) => {
		for (const some of inChunks(parentsFirst(missing))) {
			await tx.insert(region).values(some).onConflictDoNothing();
		}
	});
}

function asRegion([code, name]: readonly [string, string]): Region {
	const kind = kindOf(code);
	if (!kind) throw new Error(`not a region code: ${code}`);
	return { code, name, kind, parentCode: parentOf(code) };
}

export async function findRegion(read: Read, code: string): Promise<Region | null> {
	const [found] = await read.select().from(region).where(eq(region.code, code));
	return found ?? null;
}

export async function provincesList(app: Pick<App, 'db'>): Promise<Region[]> {
	return app.db.read
		.select()
		.from(region)
		.where(eq(region.kind, 'province'))
		.orderBy(asc(region.code));
}

/** The names of these regions, by code. */
export async function regionNames(
	read: Read,
	codes: readonly string[]
): Promise<{ code: string; name: string }[]> {
	if (codes.length === 0) return [];
	const { code, name } = region;
	return read
		.select({ code, name })
		.from(region)
		.where(inArray(code, [...codes]))
		.orderBy(asc(code));
}

export async function regenciesAndCities(app: Pick<App, 'db'>): Promise<Region[]> {
	return app.db.read
		.select()
		.from(region)
		.where(inArray(region.kind, ['regency', 'city']))
		.orderBy(asc(region.code));
}

/** The region and everything below it, by code. */
export async function regionsWithin(app: Pick<App, 'db'>, code: string): Promise<Region[]> {
	return app.db.read
		.select()
		.from(region)
		.where(withinRegion(region.code, code))
		.orderBy(asc(region.code));
}

/** Villages and wards below a code, each with its district and regency, by regency and name. */
export async function villagesOf(app: Pick<App, 'db'>, code: string): Promise<Village[]> {
	const rows = await regionsWithin(app, provinceOf(code));
	const names = new Map(rows.map((row) => [row.code, row.name]));
	const below = rows.filter((row) => row.code === code || row.code.startsWith(`${code}.`));
	return below
		.filter(isVillage)
		.map((row) => asVillage(row, names))
		.sort(byRegencyAndName);
}

function asVillage({ code, name, kind }: Region, names: ReadonlyMap<string, string>): Village {
	const regencyCode = code.slice(0, 5);
	return {
		code,
		name,
		kind,
		district: names.get(code.slice(0, 8)) ?? '',
		regency: names.get(regencyCode) ?? '',
		regencyCode
	};
}

function byRegencyAndName(a: Village, b: Village): number {
	if (a.regencyCode !== b.regencyCode) return a.regencyCode < b.regencyCode ? -1 : 1;
	return a.name.localeCompare(b.name, 'id') || a.district.localeCompare(b.district, 'id');
}

/** From the place itself up to its province: "Karmeo, Batin XXIV, Kabupaten Batanghari, Jambi". */
export async function placeName(read: Read, code: string): Promise<string> {
	return (await placeNames(read, [code])).get(code) ?? '';
}

/** Code → the same, for many at once. */
export async function placeNames(
	read: Read,
	codes: readonly string[]
): Promise<Map<string, string>> {
	const named = new Map<string, string>();
	const wanted = [...new Set(codes.flatMap(fromPlaceToProvince))];
	if (wanted.length === 0) return named;
	const rows = await read.select().from(region).where(inArray(region.code, wanted));
	const names = new Map(rows.map((row) => [row.code, row.name]));
	for (const code of codes) {
		named.set(
			code,
			fromPlaceToProvince(code)
				.flatMap((each) => names.get(each) ?? [])
				.join(', ')
		);
	}
	return named;
}

const fromPlaceToProvince = (code: string): string[] => [
	...new Set([code, code.slice(0, 8), code.slice(0, 5), provinceOf(code)])
];

export interface Library {
	readonly id: string;
	readonly name: string;
	readonly regionCode: string;
}

/** Libraries in a region and below it, by name. */
export async function librariesWithin(app: Pick<App, 'db'>, code: string): Promise<Library[]> {
	const { id, name, regionCode } = library;
	return app.db.read
		.select({ id, name, regionCode })
		.from(library)
		.where(withinRegion(regionCode, code))
		.orderBy(asc(name));
}

/** The library of that name in that place; written down when nobody has named it before. */
export async function ensureLibrary(tx: Tx, name: string, regionCode: string): Promise<string> {
	const known = await tx.select().from(library).where(eq(library.regionCode, regionCode));
	const same = known.find((row) => row.name.toLowerCase() === name.toLowerCase());
	if (same) return same.id;
	const [made] = await tx.insert(library).values({ name, regionCode }).returning();
	if (!made) throw new Error('the library was not written');
	return made.id;
}
