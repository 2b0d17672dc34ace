/**
 * `content/items.lock`: the wording under which each version of an item was
 * released. Answers are added up by item and version over years and regions, so
 * a version never changes what it asks: whoever rewords an item raises its version.
 *
 * Explanations and reasons may be improved at any time: they are read afterwards.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item } from '#lib/questions/items/kinds.ts';
import { itemsOf } from '../course.ts';
import { readCourse } from './content.ts';
import type { Place } from './item-file.ts';
import { LOCK_FILE } from './lock-file.ts';
import { Mistakes } from './mistakes.ts';

const LINE = /^(?<id>[A-Z]+[0-9]+) (?<version>[0-9]+) (?<wording>[0-9a-f]{16})$/;

interface Locked {
	readonly id: string;
	readonly version: number;
	/** A fingerprint of what is asked. */
	readonly wording: string;
}

/**
 * Throws one ContentError when the course cannot be read, or when an item is not
 * as it was released: reworded without a new version, under a lower one, or not
 * yet in the lock.
 */
export function checkLock(dir: string): void {
	const { items, locked, places } = readAll(dir);
	const mistakes = new Mistakes();
	for (const item of items) {
		const sentence = mistakeIn(item, locked.get(item.id));
		const { file, line } = placeOf(item, dir, places);
		if (sentence) mistakes.add(file, line, `${item.id}: ${sentence}`);
	}
	mistakes.throwIfAny();
}

/**
 * Adds new items and raised versions to the lock. What is locked stays, also the
 * ids of items that are gone: they are never given away again. Throws like
 * `checkLock` for everything else.
 */
export function renewLock(dir: string): void {
	const { items, locked } = readAll(dir);
	for (const item of items) {
		const before = locked.get(item.id);
		if (!before || item.version > before.version) locked.set(item.id, lockOf(item));
	}
	const lines = [...locked.values()]
		.sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))
		.map(({ id, version, wording }) => `${id} ${version} ${wording}\n`);
	writeFileSync(join(dir, LOCK_FILE), lines.join(''));
	checkLock(dir);
}

function mistakeIn(item: Item, locked: Locked | undefined): string | null {
	if (!locked || item.version > locked.version) {
		return `version ${item.version} is not in ${LOCK_FILE} yet; "npm run check -- --fix" adds it`;
	}
	if (item.version < locked.version) {
		return `version ${item.version} is older than what was released; write version: ${locked.version + 1}`;
	}
	if (lockOf(item).wording === locked.wording) return null;
	return `what it asks has changed, so its version must rise; write version: ${item.version + 1}`;
}

function lockOf(item: Item): Locked {
	const { explanation: _, ...asked } = item;
	const wording = 'reasons' in asked ? { ...asked, reasons: null } : asked;
	const plain = 'objective' in wording ? { ...wording, objective: null } : wording;
	const hash = createHash('sha256').update(JSON.stringify(plain, inOrderOfKeys));
	return { id: item.id, version: item.version, wording: hash.digest('hex').slice(0, 16) };
}

/** The order in which fields are written in the file is no change of wording. */
function inOrderOfKeys(_key: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function readAll(dir: string) {
	const places = new Map<string, Place>();
	const items = itemsOf(readCourse(dir, places));
	return { items, places, locked: readLock(join(dir, LOCK_FILE)) };
}

/** Of two lines about an item the higher version counts: git keeps the lines of both sides. */
function readLock(file: string): Map<string, Locked> {
	const locked = new Map<string, Locked>();
	const mistakes = new Mistakes();
	const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : [];
	for (const [at, line] of lines.entries()) {
		if (line === '') continue;
		const { id, version, wording } = LINE.exec(line)?.groups ?? {};
		if (!id || !version || !wording) {
			mistakes.add(file, at + 1, 'is not an id, a version and a fingerprint');
			continue;
		}
		const fresh = { id, version: Number(version), wording };
		const before = locked.get(id);
		if (before?.version === fresh.version && before.wording !== wording) {
			mistakes.add(file, at + 1, `${id}: version ${version} stands here with two wordings`);
		}
		if (!before || fresh.version > before.version) locked.set(id, fresh);
	}
	mistakes.throwIfAny();
	return locked;
}

function placeOf(item: Item, dir: string, places: ReadonlyMap<string, Place>): Place {
	return places.get(item.id) ?? { file: dir, line: 1 };
}
