/**
 * Bringing questions into the bank, and deciding where they are asked. For those
 * who keep the course of the whole country.
 */
import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/people/actor.ts';
import { audit } from '#lib/people/server/audit.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read, Tx } from '#lib/platform/server/db/index.ts';
import { importedItem } from '#lib/platform/server/db/schema/index.ts';
import { count } from '#lib/platform/server/db/sql.ts';
import { lessonKey, type Course, type CourseItem, type Module } from '../../course.ts';
import { importerOf } from '../../interchange/access.ts';
import { bankNumber, MOST_ASKED, type Place } from '../bank.ts';
import { prepareFile, type BroughtFile, type PreparedFile, type PreparedRow } from '../prepare.ts';
import { bankItemOf, rowsOfBank, wordingOf } from './bank-rows.ts';

export interface TriedRow extends PreparedRow {
	/** Whether the same question is in the bank, or further up in the file: it does not come in twice. */
	readonly twin: 'bank' | 'file' | null;
}

export interface TriedFile extends Omit<PreparedFile, 'rows'> {
	readonly rows: readonly TriedRow[];
	/** How many would come in. 0 while a row has a problem. */
	readonly fresh: number;
	readonly withProblems: number;
}

/**
 * What would happen if this file were taken over; nothing is kept.
 *
 * Refuses with `forbidden`, with `invalid` a lesson that is not there, and as
 * `prepareFile`.
 */
export async function tryImport(
	app: App,
	course: Course,
	actor: Actor | null,
	file: BroughtFile
): Promise<TriedFile> {
	importerOf(actor);
	const prepared = prepareFor(course, file);
	return tried(prepared, await wordingsIn(app.db.read, prepared.rows));
}

function prepareFor(course: Course, file: BroughtFile): PreparedFile {
	const lessons = course.modules.flatMap((module) => module.lessons.map(lessonKey));
	if (!lessons.includes(file.lesson)) {
		throw new Refusal('invalid', 'courses_refused_import_lesson');
	}
	return prepareFile(file, course);
}

function tried(prepared: PreparedFile, inBank: ReadonlySet<string>): TriedFile {
	const seen = new Set<string>();
	const rows = prepared.rows.map((row): TriedRow => {
		if (!row.draft) return { ...row, twin: null };
		const wording = wordingOf(row.draft);
		const twin = inBank.has(wording) ? 'bank' : seen.has(wording) ? 'file' : null;
		seen.add(wording);
		return { ...row, twin };
	});
	const withProblems = rows.filter(({ problems }) => problems.length > 0).length;
	const fresh = withProblems > 0 ? 0 : rows.filter(({ twin }) => twin === null).length;
	return { ...prepared, rows, fresh, withProblems };
}

async function wordingsIn(read: Read, rows: readonly PreparedRow[]): Promise<Set<string>> {
	const wordings = rows.flatMap(({ draft }) => (draft ? [wordingOf(draft)] : []));
	if (wordings.length === 0) return new Set();
	const found = await read
		.select({ wording: importedItem.wording })
		.from(importedItem)
		.where(inArray(importedItem.wording, wordings));
	return new Set(found.map(({ wording }) => wording));
}

/**
 * Takes a file over: all that is new in it, or nothing. What comes in is asked
 * nowhere yet. The same file once more brings nothing new.
 *
 * Refuses as `tryImport`, and with `invalid` while a row has a problem.
 */
export async function importItems(
	app: App,
	course: Course,
	actor: Actor | null,
	file: BroughtFile
): Promise<{ added: number }> {
	const { userId } = importerOf(actor);
	const prepared = prepareFor(course, file);
	const at = app.now();
	return app.db.write(async (tx) => {
		const { rows, withProblems } = tried(prepared, await wordingsIn(tx, prepared.rows));
		if (withProblems > 0) throw new Refusal('invalid', 'courses_refused_import_problems');
		const fresh = rows.flatMap(({ draft, objective, twin }) =>
			draft && twin === null
				? [
						{
							objective,
							item: draft as unknown as Record<string, unknown>,
							wording: wordingOf(draft),
							askedIn: 'nowhere' as const,
							importedBy: userId,
							importedAt: at
						}
					]
				: []
		);
		if (fresh.length === 0) return { added: 0 };
		// Somebody else may bring in the same question at this moment: the key decides.
		const added = await tx.insert(importedItem).values(fresh).onConflictDoNothing().returning();
		const object = `items:${added.length}`;
		await audit(tx, { actorId: userId, action: 'bank.imported', object, at });
		return { added: added.length };
	});
}

export interface BankEntry {
	readonly item: CourseItem;
	readonly askedIn: Place;
	readonly importedAt: Date;
}

/** Everything in the bank, in the order in which it came in. Refuses with `forbidden`. */
export async function readBank(app: App, actor: Actor | null): Promise<BankEntry[]> {
	importerOf(actor);
	const rows = await rowsOfBank(app.db.read, 'all');
	return rows.flatMap((row) => {
		const found = bankItemOf(row);
		return found ? [{ ...found, importedAt: row.importedAt }] : [];
	});
}

/**
 * Decides where an item of the bank is asked. It is asked there from the next page
 * on; answers to it stay when it is asked no more.
 *
 * Refuses with `forbidden`, with `not_found` an item or lesson that is not there,
 * and with `closed` when the lesson or the quiz asks enough already.
 */
export async function askItemIn(
	app: App,
	course: Course,
	actor: Actor | null,
	{ id, place }: { readonly id: string; readonly place: Place }
): Promise<void> {
	const { userId } = importerOf(actor);
	const n = bankNumber(id);
	const at = app.now();
	await app.db.write(async (tx) => {
		const [row] =
			n === null ? [] : await tx.select().from(importedItem).where(eq(importedItem.n, n));
		if (!row) throw new Refusal('not_found', 'courses_refused_no_bank_item');
		if (row.askedIn === place) return;
		if (place !== 'nowhere') await refuseTooMany(tx, course, row.objective, place);
		await tx.update(importedItem).set({ askedIn: place }).where(eq(importedItem.n, row.n));
		await audit(tx, { actorId: userId, action: `bank.asked.${place}`, object: `item:${id}`, at });
	});
	app.events.emit('bank.changed', {});
}

async function refuseTooMany(
	tx: Tx,
	course: Course,
	objective: string,
	place: Exclude<Place, 'nowhere'>
): Promise<void> {
	const module = course.modules.find(({ lessons }) =>
		lessons.some((lesson) => lessonKey(lesson) === objective)
	);
	const written = module && askedByFiles(module, objective, place);
	if (!module || written === undefined) {
		throw new Refusal('not_found', 'courses_refused_unknown_lesson');
	}
	const lessons = place === 'lesson' ? [objective] : module.lessons.map(lessonKey);
	const [asked] = await tx
		.select({ n: count() })
		.from(importedItem)
		.where(and(eq(importedItem.askedIn, place), inArray(importedItem.objective, lessons)));
	if (written + (asked?.n ?? 0) >= MOST_ASKED[place]) {
		throw new Refusal('closed', `courses_refused_bank_full_${place}`, { most: MOST_ASKED[place] });
	}
}

/** Undefined where there is no quiz to ask in. Those of the bank are counted from their rows. */
function askedByFiles(
	{ lessons, quiz }: Module,
	objective: string,
	place: Exclude<Place, 'nowhere'>
): number | undefined {
	const items =
		place === 'quiz'
			? quiz?.items
			: lessons.find((lesson) => lessonKey(lesson) === objective)?.questions;
	return items?.filter(({ id }) => bankNumber(id) === null).length;
}
