import { describe, expect, test } from 'vitest';
import { kinds, optionsOf, parseAnswer, type KindName } from './kinds.ts';
import type { Question } from './question.ts';

const ask = (kind: KindName, required = true): Question => ({
	id: 'X1',
	kind,
	required,
	text: { id: 'Pertanyaan', en: 'Question' },
	options: [
		{ value: 1, label: { id: 'satu', en: 'one' } },
		{ value: 2, label: { id: 'dua', en: 'two' } },
		{ value: 3, label: { id: 'tiga', en: 'three' } }
	]
});
const said = (answer: unknown) => ({ ok: true, answer });
const refusal = (complaint: string) => ({ ok: false, complaint });

describe('every kind of question', () => {
	const names = Object.keys(kinds) as KindName[];

	test.each(names)('%s lets silence pass only where an answer is not required', (kind) => {
		expect(parseAnswer([], ask(kind))).toEqual(refusal('required'));
		expect(parseAnswer([''], ask(kind))).toEqual(refusal('required'));
		expect(parseAnswer([], ask(kind, false))).toEqual(said(null));
	});

	test.each(names.filter((name) => kinds[name].control !== 'text'))(
		'%s refuses what was never offered',
		(kind) => {
			for (const odd of ['99999999', 'baik', '-1', '1.5', ' 1', '__proto__']) {
				if (kind === 'INT' && odd === ' 1') continue;
				expect(parseAnswer([odd], ask(kind))).toMatchObject({ ok: false });
			}
		}
	);

	test.each(names.filter((name) => kinds[name].control !== 'boxes'))(
		'%s refuses two answers to one question',
		(kind) => {
			expect(parseAnswer(['1', '2'], ask(kind))).toEqual(refusal('several'));
		}
	);

	test.each(names)('%s offers every choice in both languages', (kind) => {
		for (const option of optionsOf(ask(kind))) {
			expect(option.label.id).not.toBe('');
			expect(option.label.en).not.toBe('');
		}
	});
});

test('a rating of four steps can be declined, a yes or no cannot', () => {
	expect(parseAnswer(['4'], ask('N4'))).toEqual(said(4));
	expect(parseAnswer(['none'], ask('N4'))).toEqual(said(null));
	expect(parseAnswer(['none'], ask('T4'))).toEqual(said(null));
	expect(parseAnswer(['none'], ask('YA'))).toEqual(refusal('unknown_choice'));
	expect(parseAnswer(['0'], ask('YA'))).toEqual(said(0));
});

test('a recommendation runs from 0 to 10', () => {
	expect(parseAnswer(['0'], ask('R10'))).toEqual(said(0));
	expect(parseAnswer(['10'], ask('R10'))).toEqual(said(10));
	expect(parseAnswer(['11'], ask('R10'))).toEqual(refusal('unknown_choice'));
});

test('several choices are kept in the order of the list, each once', () => {
	expect(parseAnswer(['3', '1', '3'], ask('MC'))).toEqual(said([1, 3]));
	expect(parseAnswer(['1', '9'], ask('MC'))).toEqual(refusal('unknown_choice'));
});

test('a number may be written the Indonesian way', () => {
	expect(parseAnswer(['1.250'], ask('INT'))).toEqual(said(1250));
	expect(parseAnswer([' 40 '], ask('INT'))).toEqual(said(40));
	expect(parseAnswer(['1.5'], ask('INT'))).toEqual(refusal('not_whole'));
	expect(parseAnswer(['1000001'], ask('INT'))).toEqual(refusal('out_of_range'));
});

test('a text counts characters as people do, and loses what cannot be stored', () => {
	expect(parseAnswer(['👍'.repeat(500)], ask('TXT'))).toEqual(said('👍'.repeat(500)));
	expect(parseAnswer(['a'.repeat(501)], ask('TXT'))).toEqual(refusal('too_long'));
	expect(parseAnswer(['  baik\0\r\nsekali '], ask('TXT'))).toEqual(said('baik\nsekali'));
});
