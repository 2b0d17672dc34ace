/**
 * One vocabulary of tables and columns for two engines.
 *
 * The TypeScript face is always PostgreSQL's, the stricter of the two; on SQLite the same words
 * build SQLite's columns. The casts live here alone: that the SQLite side behaves the same is
 * proved by the suite, which runs on both engines, not by the compiler.
 *
 * Imports are relative because drizzle-kit loads this file as well.
 */
import * as pg from 'drizzle-orm/pg-core';
import * as lite from 'drizzle-orm/sqlite-core';
import type { CalendarDay } from '../../calendar.ts';
import { newId } from '../../ids.ts';
import { engine } from './dialect.ts';

export type { AnyPgColumn as AnyColumn } from 'drizzle-orm/pg-core';

const pick = <Face>(postgres: Face, sqlite: unknown): Face =>
	engine === 'postgres' ? postgres : (sqlite as Face);

export const table = pick(pg.pgTable, lite.sqliteTable);
export const index = pick(pg.index, lite.index);
export const uniqueIndex = pick(pg.uniqueIndex, lite.uniqueIndex);
export const check = pick(pg.check, lite.check);
export const primaryKey = pick(pg.primaryKey, lite.primaryKey);

export const text = pick(
	() => pg.text(),
	() => lite.text()
);

/** Text that may only be one of `values`, by type. Add a `check` where the database must hold it too. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) => {
	type Mutable = [Values[number], ...Values[number][]];
	const choices = [...values] as Mutable;
	return pick(
		() => pg.text({ enum: choices }),
		() => lite.text({ enum: choices })
	)();
};

export const integer = pick(
	() => pg.integer(),
	() => lite.integer()
);

/** A whole number up to 2^53: counters, sizes in bytes. */
export const bigint = pick(
	() => pg.bigint({ mode: 'number' }),
	() => lite.integer()
);

export const boolean = pick(
	() => pg.boolean(),
	() => lite.integer({ mode: 'boolean' })
);

/** Never compare the stored text: PostgreSQL does not keep the order of keys. */
export const json = <Content>() =>
	pick(
		() => pg.jsonb().$type<Content>(),
		() => lite.text({ mode: 'json' }).$type<Content>()
	)();

/** A primary key that the database counts up. A real key on SQLite: implicit row ids may change. */
export const sequence = pick(
	() => pg.bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
	() => lite.integer().primaryKey({ autoIncrement: true })
);

/** The usual primary key: 128 random bits, made by the program. */
export const id = () => text().primaryKey().$defaultFn(newId);

/** A day on the calendar where the library is, '2026-05-22': sorts and compares as text. */
export const day = () => text().$type<CalendarDay>();

// Milliseconds since 1970 on both engines: the same arithmetic in SQL, no time zones.
const instant = {
	toDriver: (date: Date) => date.getTime(),
	fromDriver: (milliseconds: unknown) => new Date(Number(milliseconds))
};
type Instant = { data: Date; driverData: number };
const pgTimestamp = pg.customType<Instant>({ dataType: () => 'bigint', ...instant });
const liteTimestamp = lite.customType<Instant>({ dataType: () => 'integer', ...instant });
export const timestamp = pick(
	() => pgTimestamp(),
	() => liteTimestamp()
);

// A plain Uint8Array for the program, a Buffer over the same memory for the drivers.
const octets = {
	toDriver: (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
	fromDriver: (stored: unknown): Uint8Array =>
		typeof stored === 'string' ? fromHex(stored) : plainBytes(stored as Uint8Array)
};
/** Bytes inside a JSON aggregate arrive from PostgreSQL as '\x…'. */
const fromHex = (stored: string) => plainBytes(Buffer.from(stored.replace(/^\\x/, ''), 'hex'));
/** A view without Buffer's methods, so that both engines hand out the same thing. */
const plainBytes = (stored: Uint8Array) =>
	new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);

type Octets = { data: Uint8Array; driverData: Buffer };
const pgBytes = pg.customType<Octets>({ dataType: () => 'bytea', ...octets });
const liteBytes = lite.customType<Octets>({ dataType: () => 'blob', ...octets });
export const bytes = pick(
	() => pgBytes(),
	() => liteBytes()
);
