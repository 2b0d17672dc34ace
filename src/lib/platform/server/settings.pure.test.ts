import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseUrlIn } from './db/dialect.ts';
import { readSettings } from './settings.ts';
import { StartRefused } from './start-refused.ts';

test('says where to serve, and where figures are shown, if at all', () => {
	expect(readSettings({})).toMatchObject({
		host: '127.0.0.1',
		port: 3000,
		metricsPort: null,
		hostHeader: 'host'
	});
	const set = { HOST: '0.0.0.0', PORT: '0', METRICS_PORT: '9464', HOST_HEADER: 'X-Host' };
	expect(readSettings(set)).toMatchObject({
		host: '0.0.0.0',
		port: 0,
		metricsPort: 9464,
		hostHeader: 'x-host'
	});
});

test('does not serve people with the demo, without a contact for their data, or by plain http', () => {
	const sound = { NODE_ENV: 'production', PRIVACY_CONTACT: 'data@example.go.id' };
	expect(readSettings(sound)).toMatchObject({ production: true, demo: false });
	for (const wrong of [
		{ REMBUK_DEMO: '1' },
		{ PRIVACY_CONTACT: ' ' },
		{ ORIGIN: 'http://rembuk.example.go.id' }
	]) {
		expect(() => readSettings({ ...sound, ...wrong }), Object.keys(wrong)[0]).toThrow(StartRefused);
	}
});

test('takes the database that is named, blanks around it or not, or a file of its own', () => {
	const urlFor = (DATABASE_URL: string) => readSettings({ DATABASE_URL }).databaseUrl;
	expect(urlFor(' postgres://db/rembuk\n')).toBe('postgres://db/rembuk');
	expect(urlFor('')).toBe('file:data/rembuk.db');
	// The tables are built for the engine of this very address.
	expect(databaseUrlIn({ DATABASE_URL: ' postgres://db/rembuk' })).toBe('postgres://db/rembuk');
});

test('names every port that is none, each in a sentence of its own', () => {
	const mistakes = (env: Record<string, string>) => {
		try {
			readSettings(env);
			return [];
		} catch (thrown) {
			return thrown instanceof StartRefused ? thrown.sentences : [];
		}
	};
	expect(mistakes({ PORT: 'tiga ribu', METRICS_PORT: '0' })).toEqual([
		expect.stringMatching(/^PORT: .*tiga ribu$/),
		expect.stringMatching(/^METRICS_PORT: .*: 0$/)
	]);
	expect(mistakes({ PORT: '65536' })).toHaveLength(1);
});

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'rembuk-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;

function fileWith(key: KeyObject, mode = 0o600): string {
	const path = join(folder, 'key.pem');
	writeFileSync(path, key.export({ type: 'pkcs8', format: 'pem' }));
	chmodSync(path, mode);
	return path;
}

function mistakes(path: string): string {
	try {
		readSettings({ CERTIFICATE_KEY_FILE: path });
		return '';
	} catch (thrown) {
		if (thrown instanceof StartRefused) return thrown.sentences.join('\n');
		throw thrown;
	}
}

describe('the key that signs certificates', () => {
	test('is not needed', () => {
		expect(readSettings({}).certificateKey).toBeNull();
	});

	test('is read from a file that nobody else may read', () => {
		const path = fileWith(rsa(2_048));
		expect(readSettings({ CERTIFICATE_KEY_FILE: path }).certificateKey?.type).toBe('private');
		chmodSync(path, 0o644);
		expect(mistakes(path)).toContain('others can read the file');
	});

	test('that is short, of another kind or missing keeps the program from starting', () => {
		expect(mistakes(fileWith(rsa(1_024)))).toContain('2048 bits or more');
		const other = generateKeyPairSync('ed25519').privateKey;
		expect(mistakes(fileWith(other))).toContain('2048 bits or more');
		expect(mistakes(join(folder, 'nowhere.pem'))).toContain('cannot be read');
	});
});
