/** Regions as the database knows them: what people choose from, and how the list grows. */
import { asc, eq, inArray, like, or } from 'drizzle-orm';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { library, region } from '#lib/platform/server/db/schema/index.ts';
import {
	isVillage,
	kindOf,
	parentOf,
	parentsFirst,
	provinceOf,
	readRegions,
	type Region,
	type RegionFault,
	type Village
} from '../regions.ts';
import { knownRegions } from '../regions-data.ts';

/** Rows per statement: four columns each stay far below SQLite's 32,766 parameters. */
const CHUNK = 5_000;

/** Writes the regions every installation starts with; those that are there stay as they are. */
export async function ensureRegions(app: Pick<App, 'db'>): Promise<void> {
	const known = new Set(
		await codesAmong(
			app.db.read,
			knownRegions.map(([code]) => code)
		)
	);
	const missing = knownRegions.filter(([code]) => !known.has(code)).map(asRegion);
	if (missing.length > 0) await app.db.write((tx) => writeRegions(tx, missing, 'keep'));
}

function asRegion([code, name]: readonly [string, string]): Region {
	const kind = kindOf(code);
	if (!kind) throw new Error(`not a region code: ${code}`);
	return { code, name, kind, parentCode: parentOf(code) };
}

async function codesAmong(read: Read, codes: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (let from = 0; from < codes.length; from += CHUNK) {
		const some = codes.slice(from, from + CHUNK);
		const rows = await read
			.select({ code: region.code })
			.from(region)
			.where(inArray(region.code, some));
		found.push(...rows.map((row) => row.code));
	}
	return found;
}

async function writeRegions(
	tx: Tx,
	regions: readonly Region[],
	atConflict: 'keep' | 'rename'
): Promise<void> {
	const sorted = parentsFirst(regions);
	for (let from = 0; from < sorted.length; from += CHUNK) {
		const some = sorted.slice(from, from + CHUNK);
		if (atConflict === 'keep') await tx.insert(region).values(some).onConflictDoNothing();
		else for (const row of some) await writeOrRename(tx, row);
	}
}

async function writeOrRename(tx: Tx, row: Region): Promise<void> {
	const { name } = row;
	await tx.insert(region).values(row).onConflictDoUpdate({ target: region.code, set: { name } });
}

/**
 * Adds the regions of a `code,name,kind` file; a code that is known gets the
 * name in the file. All or nothing: with any fault nothing is written.
 */
export async function importRegions(
	app: Pick<App, 'db'>,
	csv: string
): Promise<{ written: number; faults: readonly RegionFault[] }> {
	const { regions, faults } = readRegions(csv);
	const orphans = await withoutParent(app.db.read, regions);
	const all = [...faults, ...orphanFaults(csv, orphans)].sort((a, b) => a.row - b.row);
	if (all.length > 0) return { written: 0, faults: all };
	await app.db.write((tx) => writeRegions(tx, regions, 'rename'));
	return { written: regions.length, faults: [] };
}

async function withoutParent(read: Read, regions: readonly Region[]): Promise<string[]> {
	const inFile = new Set(regions.map((row) => row.code));
	const parents = regions.flatMap(({ parentCode }) => (parentCode ? [parentCode] : []));
	const elsewhere = new Set(await codesAmong(read, [...new Set(parents)]));
	return regions
		.filter(({ parentCode }) => parentCode && !inFile.has(parentCode) && !elsewhere.has(parentCode))
		.map((row) => row.code);
}

function orphanFaults(csv: string, orphans: readonly string[]): RegionFault[] {
	const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
	return orphans.map((code) => ({
		row: lines.findIndex((line) => line.replace(/^[\s"]+/, '').startsWith(code)) + 1,
		problem: 'parent'
	}));
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

/** Regencies and cities of a province, or all that are known. */
export async function regenciesOf(app: Pick<App, 'db'>, province?: string): Promise<Region[]> {
	const rows = await app.db.read
		.select()
		.from(region)
		.where(inArray(region.kind, ['regency', 'city']))
		.orderBy(asc(region.code));
	return province === undefined ? rows : rows.filter((row) => provinceOf(row.code) === province);
}

/** The region and everything below it, by code. */
export async function regionsWithin(app: Pick<App, 'db'>, code: string): Promise<Region[]> {
	return app.db.read
		.select()
		.from(region)
		.where(or(eq(region.code, code), like(region.code, `${code}.%`)))
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
	const codes = [code, code.slice(0, 8), code.slice(0, 5), provinceOf(code)];
	const rows = await read.select().from(region).where(inArray(region.code, codes));
	return rows
		.sort((a, b) => b.code.length - a.code.length)
		.map((row) => row.name)
		.join(', ');
}

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
		.where(or(eq(regionCode, code), like(regionCode, `${code}.%`)))
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
