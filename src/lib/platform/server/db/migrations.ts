/** The generated migrations of one engine, and whether they fit what a database has seen. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './dialect.ts';
import { StartRefused } from '../start-refused.ts';

export interface Migration {
	/** The name of its file, '0000_init.sql': the order in which they are applied. */
	name: string;
	hash: string;
	statements: string[];
}

export interface Applied {
	name: string;
	hash: string;
}

export const CREATE_MIGRATION_TABLE =
	'create table if not exists migration (name text primary key, hash text not null, at bigint not null)';

export function readMigrations(folder: string, engine: Engine): Migration[] {
	const home = join(folder, engine);
	const names = readdirSync(home).filter((name) => name.endsWith('.sql'));
	return names.sort().map((name) => {
		// Git on Windows may have turned the ends of lines.
		const text = readFileSync(join(home, name), 'utf8').replaceAll('\r\n', '\n');
		return { name, hash: sha256(text), statements: statementsOf(text) };
	});
}

/** Those still to be applied. Refuses a database that this program does not understand. */
export function pendingMigrations(known: Migration[], applied: Applied[]): Migration[] {
	for (const { name, hash } of applied) {
		const migration = known.find((candidate) => candidate.name === name);
		if (!migration) throw newerDatabase(name);
		if (migration.hash !== hash) throw editedMigration(name);
	}
	const done = new Set(applied.map((migration) => migration.name));
	return known.filter((migration) => !done.has(migration.name));
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const statementsOf = (text: string) =>
	text
		.split('--> statement-breakpoint')
		.map((statement) => statement.trim())
		.filter((statement) => statement !== '');

/** Somebody went back to an older program, or one node of several is still on it. */
function newerDatabase(name: string): StartRefused {
	return new StartRefused([
		`Basis data ini lebih baru daripada program (${name}). Pasang versi program yang lebih baru.`,
		`The database is newer than this program (${name}). Install a newer version of the program.`
	]);
}

function editedMigration(name: string): StartRefused {
	return new StartRefused([
		`Migrasi ${name} berubah setelah diterapkan. Kembalikan berkas aslinya.`,
		`The migration ${name} was changed after it had been applied. Restore the original file.`
	]);
}
