import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkLock, renewLock } from './item-lock.ts';
import { ContentError } from './mistakes.ts';

let dir: string;
const quiz = () => join(dir, '01-konsep-transformasi', 'quiz.yaml');
const lock = () => join(dir, 'items.lock');

beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'rembuk-items-'));
	cpSync('content', dir, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function mistakes(work: (dir: string) => void): string[] {
	try {
		work(dir);
		return [];
	} catch (thrown) {
		if (!(thrown instanceof ContentError)) throw thrown;
		return thrown.mistakes.map((mistake) => mistake.replace(`${dir}/`, ''));
	}
}

function change(file: string, old: string | RegExp, fresh: string): void {
	const before = readFileSync(file, 'utf8');
	const after = before.replace(old, fresh);
	expect(after, String(old)).not.toBe(before);
	writeFileSync(file, after);
}
const setVersion = (id: string, version: number) =>
	change(quiz(), new RegExp(`(id: ${id}\\n +version: )\\d+`), `$1${version}`);

/** Questions are improved over the years: their present version is read, not known. */
function versionOf(id: string): number {
	const [, version] =
		new RegExp(`id: ${id}\\n +version: (\\d+)`).exec(readFileSync(quiz(), 'utf8')) ?? [];
	return Number(version);
}

describe('the wording of an item', () => {
	test('of the house is as it was released', () => {
		expect(mistakes(checkLock)).toEqual([]);
	});

	test('does not change under its version, in neither language', () => {
		const next = versionOf('QA2') + 1;
		change(quiz(), 'Pendahulu TPBIS adalah…', 'Pendahulu TPBIS ialah…');
		change(quiz(), "c: '2018', d: '2023' }\n    answer", "c: '2019', d: '2023' }\n    answer");
		const heard = mistakes(checkLock);
		expect(heard).toEqual([
			expect.stringMatching(
				new RegExp(`quiz.yaml:\\d+: QA2: what it asks has changed.*write version: ${next}$`)
			),
			expect.stringMatching(/quiz.yaml:\d+: QA3: what it asks has changed/)
		]);
		expect(mistakes(renewLock)).toEqual(heard);
	});

	test('does not change its right answer under its version', () => {
		change(quiz(), 'answer: c', 'answer: b');
		expect(mistakes(renewLock)).toEqual([expect.stringContaining('QA2: what it asks has changed')]);
	});

	test('changes with a new version, which the lock then knows', () => {
		change(quiz(), 'Pendahulu TPBIS adalah…', 'Pendahulu TPBIS ialah…');
		const next = versionOf('QA3') + 1;
		setVersion('QA3', next);
		expect(mistakes(checkLock)).toEqual([
			expect.stringContaining(`QA3: version ${next} is not in items.lock yet`)
		]);
		expect(mistakes(renewLock)).toEqual([]);
		expect(readFileSync(lock(), 'utf8')).toMatch(new RegExp(`^QA3 ${next} [0-9a-f]{16}$`, 'm'));
	});

	test('never goes back to a version that was given already', () => {
		const now = versionOf('QA3');
		setVersion('QA3', now + 1);
		renewLock(dir);
		setVersion('QA3', now);
		expect(mistakes(renewLock)).toEqual([
			expect.stringContaining(
				`QA3: version ${now} is older than what was released; write version: ${now + 2}`
			)
		]);
	});

	test('may be explained better at any time, and written in another order', () => {
		change(quiz(), 'Tahun 2011 adalah awal PerpuSeru.', 'PerpuSeru berawal pada 2011.');
		change(
			quiz(),
			"{ a: '2007', b: '2011', c: '2018', d: '2023' }",
			"{ b: '2011', a: '2007', c: '2018', d: '2023' }"
		);
		expect(mistakes(checkLock)).toEqual([]);
	});
});

describe('the lock', () => {
	test('keeps the ids of items that are gone', () => {
		const before = readFileSync(lock(), 'utf8');
		writeFileSync(lock(), `${before}QZ99 3 0123456789abcdef\n`);
		renewLock(dir);
		expect(readFileSync(lock(), 'utf8')).toContain('QZ99 3 0123456789abcdef');
	});

	test('takes the higher version when two people have added lines', () => {
		const before = readFileSync(lock(), 'utf8');
		writeFileSync(lock(), `${before}${before}`);
		expect(mistakes(renewLock)).toEqual([]);
		expect(readFileSync(lock(), 'utf8')).toBe(before);
	});

	test('refuses two wordings of one version, and lines that are none', () => {
		const line = `QA1 ${versionOf('QA1')} 0123456789abcdef`;
		writeFileSync(lock(), `${readFileSync(lock(), 'utf8')}${line}\nQA1\n`);
		expect(mistakes(checkLock)).toEqual([
			expect.stringMatching(/items.lock:\d+: QA1: version \d+ stands here with two wordings/),
			expect.stringMatching(/items.lock:\d+: is not an id, a version and a fingerprint/)
		]);
	});
});
