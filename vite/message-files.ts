/**
 * Looks for mistakes in messages/: every text stands in Indonesian and in English, with the same
 * placeholders, under a key that starts with the name of its room.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCALES = ['id', 'en'] as const;

type Messages = ReadonlyMap<string, unknown>;

/** One sentence per mistake, naming file and key; empty when all is well. */
export function messageMistakes(folder: string): string[] {
	const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
	const rooms = new Set(files.map((name) => name.split('.')[0] ?? name));
	return [
		...files
			.filter((name) => !isMessageFile(name))
			.map((name) => `${name}: not <room>.<locale>.json`),
		...[...rooms].flatMap((room) => mistakesIn(folder, room))
	];
}

const isMessageFile = (name: string) =>
	LOCALES.some(
		(locale) => /^[a-z]+\./.test(name) && name.split('.').slice(1).join('.') === `${locale}.json`
	);

function mistakesIn(folder: string, room: string): string[] {
	const files = LOCALES.map((locale) => `${room}.${locale}.json`);
	const texts: Messages[] = [];
	for (const file of files) {
		try {
			texts.push(readMessages(join(folder, file)));
		} catch (thrown) {
			return [`${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`];
		}
	}
	const [indonesian, english] = texts as [Messages, Messages];
	const keys = new Set([...indonesian.keys(), ...english.keys()]);
	return [...keys].flatMap((key) => [
		...(key.startsWith(`${room}_`) ? [] : [`${room}.*.json: ${key} does not start with ${room}_`]),
		...texts.flatMap((messages, n) =>
			isEmpty(messages.get(key)) ? [`${files[n]}: ${key} is missing`] : []
		),
		...differences(room, key, indonesian.get(key), english.get(key))
	]);
}

function readMessages(path: string): Messages {
	const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
	if (typeof content !== 'object' || content === null) throw new Error('is not an object');
	return new Map(Object.entries(content).filter(([key]) => key !== '$schema'));
}

const isEmpty = (text: unknown) =>
	texts(text).length === 0 || texts(text).some((one) => one.trim() === '');

function differences(room: string, key: string, indonesian: unknown, english: unknown): string[] {
	if (isEmpty(indonesian) || isEmpty(english)) return [];
	const [left, right] = [placeholders(indonesian), placeholders(english)];
	if (left === right) return [];
	return [
		`${room}.*.json: ${key} has placeholders (${left}) in Indonesian and (${right}) in English`
	];
}

function placeholders(text: unknown): string {
	const names = texts(text).flatMap((one) =>
		[...one.matchAll(/\{\s*(\w+)\s*\}/g)].map((hit) => hit[1])
	);
	return [...new Set([...names, ...declared(text)])].sort().join(', ');
}

/** A message is a text, or variants: `[{ declarations, selectors, match: { 'n=one': '…' } }]`. */
function texts(text: unknown): string[] {
	if (typeof text === 'string') return [text];
	return variants(text).flatMap((variant) => Object.values(variant.match ?? {}));
}

const declared = (text: unknown) =>
	variants(text)
		.flatMap((variant) => variant.declarations ?? [])
		.flatMap((declaration) => /^input (\w+)/.exec(declaration)?.[1] ?? []);

interface Variants {
	declarations?: string[];
	match?: Record<string, string>;
}

const variants = (text: unknown): Variants[] => (Array.isArray(text) ? (text as Variants[]) : []);
