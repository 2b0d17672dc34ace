import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

function sources(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$/.test(file))
		.filter((file) => !file.includes('paraglide'))
		.map((file) => readFileSync(join(folder, file), 'utf8'));
}

const texts = readdirSync('messages')
	.filter((file) => file.endsWith('.id.json'))
	.map((file) => JSON.parse(readFileSync(join('messages', file), 'utf8')) as object);
const keys = new Set(texts.flatMap((room) => Object.keys(room)));

describe('every refusal', () => {
	const named = sources('src').flatMap((source) =>
		[...source.matchAll(/new Refusal\(\s*'\w+',\s*'(\w+)'/g)].map(([, key]) => key ?? '')
	);

	test('has its sentence', () => {
		expect(named.length).toBeGreaterThan(20);
		expect(named.filter((key) => !keys.has(key))).toEqual([]);
	});
});
