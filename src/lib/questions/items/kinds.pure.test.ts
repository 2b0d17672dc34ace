import { describe, expect, test } from 'vitest';
import { answersIn, FORM_ID, isAnswerTo, shownAs } from './answers.ts';
import { askItem, checkItem, explainItem, isRight, itemKinds, type Item } from './kinds.ts';

const twice = <T>(texts: T) => ({ id: texts, en: texts });
const common = { version: 1, question: twice('Apa?'), explanation: twice('Karena begitu.') };
const options = twice({ a: 'satu', b: 'dua', c: 'tiga' });

const items = {
	single: { ...common, id: 'X1', kind: 'single', options, answer: 'b' },
	truefalse: {
		...common,
		id: 'X2',
		kind: 'truefalse',
		options: twice({ a: 'Benar', b: 'Salah' }),
		answer: 'a'
	},
	multiple: { ...common, id: 'X3', kind: 'multiple', options, answer: ['c', 'a'] },
	order: { ...common, id: 'X4', kind: 'order', options, answer: ['c', 'a', 'b'] },
	match: {
		...common,
		id: 'X5',
		kind: 'match',
		left: twice({ 1: 'kesatu', 2: 'kedua' }),
		options,
		answer: { 1: 'b', 2: 'a' }
	},
	short: {
		...common,
		id: 'X6',
		kind: 'short',
		answer: { id: ['pelibatan masyarakat'], en: ['community involvement'] }
	},
	scenario: {
		...common,
		id: 'X7',
		kind: 'scenario',
		scenario: twice('Seorang ibu datang.'),
		options,
		answer: 'c',
		reasons: twice({ a: 'kurang', b: 'terlambat', c: 'tepat' })
	}
} satisfies { [Kind in Item['kind']]: Extract<Item, { kind: Kind }> };

const all: Item[] = Object.values(items);
const asked = (item: Item) => askItem(item, 'id');

function send(item: Item, fields: [string, string][]) {
	const form = new FormData();
	form.set(FORM_ID, 'sheet');
	for (const [name, value] of fields) form.append(name, value);
	const { answers, lacks } = answersIn(form, [asked(item)]);
	return answers[item.id] ?? { lack: lacks[item.id] };
}
const refused = (item: Item, fields: [string, string][]) =>
	expect(() => send(item, fields)).toThrow(expect.objectContaining({ code: 'invalid' }));

/** A right and a wrong answer of each kind, as a form sends them. */
const tries: { [Kind in Item['kind']]: { right: [string, string][]; wrong: [string, string][] } } =
	{
		single: { right: [['X1', 'b']], wrong: [['X1', 'a']] },
		truefalse: { right: [['X2', 'a']], wrong: [['X2', 'b']] },
		multiple: {
			right: [
				['X3', 'a'],
				['X3', 'c']
			],
			wrong: [['X3', 'a']]
		},
		order: {
			right: [
				['X4.a', '2'],
				['X4.b', '3'],
				['X4.c', '1']
			],
			wrong: [
				['X4.a', '1'],
				['X4.b', '3'],
				['X4.c', '2']
			]
		},
		match: {
			right: [
				['X5.1', 'b'],
				['X5.2', 'a']
			],
			wrong: [
				['X5.1', 'b'],
				['X5.2', 'b']
			]
		},
		short: { right: [['X6', ' Pelibatan MASYARAKAT! ']], wrong: [['X6', 'advokasi']] },
		scenario: { right: [['X7', 'c']], wrong: [['X7', 'a']] }
	};

describe.each(all)('an item of the kind $kind', (item) => {
	test('is right when answered rightly, and wrong otherwise', () => {
		expect(isRight(item, send(item, tries[item.kind].right) as string)).toBe(true);
		expect(isRight(item, send(item, tries[item.kind].wrong) as string)).toBe(false);
		expect(isRight(item, undefined)).toBe(false);
	});

	test('may be left open, which is no answer', () => {
		expect(send(item, [])).toEqual({ lack: 'open' });
	});

	test('shows an answer again as it was given', () => {
		const answer = send(item, tries[item.kind].right) as string;
		const fields = Object.entries(shownAs(asked(item), answer)).flatMap(([name, values]) =>
			values.map((value): [string, string] => [name, value])
		);
		expect(send(item, fields)).toBe(answer);
		expect(isAnswerTo(asked(item), answer)).toBe(true);
	});

	test('refuses a field or an option of another question', () => {
		refused(item, [['X99', 'a']]);
		const [[field] = ['']] = tries[item.kind].right;
		if (item.kind === 'short') return;
		for (const odd of ['z', '__proto__', 'toString', '9', 'a b']) refused(item, [[field, odd]]);
		for (const odd of ['z', '', 'a a', 'b:a', '1:z 2:a', '__proto__']) {
			expect(isAnswerTo(asked(item), odd)).toBe(false);
		}
	});

	test('does not give its answer away when it is put', () => {
		const shown = Object.keys(asked(item)).sort();
		expect(shown).toEqual(
			['control', 'id', 'left', 'options', 'question', 'scenario', 'version'].sort()
		);
	});

	test('says what was answered, what is right and why', () => {
		const wrong = send(item, tries[item.kind].wrong) as string;
		const told = explainItem(item, wrong, 'id');
		expect(told.right).toBe(false);
		expect(told.chosen.length).toBeGreaterThan(0);
		expect(told.answer).not.toEqual(told.chosen);
		expect(told.explanation).toBe('Karena begitu.');
		expect(explainItem(item, undefined, 'en').chosen).toEqual([]);
	});

	test('has nothing to complain about', () => {
		const said: string[] = [];
		checkItem(item, (field, sentence) => said.push(`${field}: ${sentence}`));
		expect(said).toEqual([]);
	});
});

test('there is an item of every kind above', () => {
	expect(Object.keys(items).sort()).toEqual(Object.keys(itemKinds).sort());
});

describe('several right options', () => {
	test('are right only all together and without another', () => {
		expect(isRight(items.multiple, 'a c')).toBe(true);
		for (const answer of ['a', 'c', 'a b c', 'b']) {
			expect(isRight(items.multiple, answer)).toBe(false);
		}
	});
});

describe('an order', () => {
	test('tells how many lines stand in their place', () => {
		expect(explainItem(items.order, 'c b a', 'id')).toMatchObject({
			right: false,
			partly: { right: 1, total: 3 },
			numbered: true,
			chosen: ['tiga', 'dua', 'satu'],
			answer: ['tiga', 'satu', 'dua']
		});
	});

	test('wants every place once', () => {
		expect(send(items.order, [['X4.a', '1']])).toEqual({ lack: 'incomplete' });
		const same = ['a', 'b', 'c'].map((key): [string, string] => [`X4.${key}`, '1']);
		expect(send(items.order, same)).toEqual({ lack: 'same_place' });
		refused(items.order, [['X4.a', '4']]);
	});
});

describe('pairs', () => {
	test('tell how many of them are right', () => {
		expect(explainItem(items.match, '1:b 2:c', 'id')).toMatchObject({
			right: false,
			partly: { right: 1, total: 2 },
			chosen: ['kesatu: dua', 'kedua: tiga'],
			answer: ['kesatu: dua', 'kedua: satu']
		});
	});

	test('want one for every line on the left', () => {
		expect(send(items.match, [['X5.1', 'b']])).toEqual({ lack: 'incomplete' });
	});
});

describe('a short answer', () => {
	test.each(['melibatkan masyarakat', 'Community involvement', 'pelibatan, masyarakat'])(
		'is right as "%s": capitals, signs, endings and language do not matter',
		(answer) => expect(isRight(items.short, answer)).toBe(true)
	);

	test('is wrong when it says something else', () => {
		expect(isRight(items.short, 'masyarakat')).toBe(false);
		expect(isRight(items.short, '!')).toBe(false);
	});

	test('has at most a hundred letters', () => {
		expect(send(items.short, [['X6', 'a'.repeat(100)]])).toBe('a'.repeat(100));
		expect(send(items.short, [['X6', 'a'.repeat(101)]])).toEqual({ lack: 'too_long' });
		expect(send(items.short, [['X6', 'a'.repeat(1_001)]])).toEqual({ lack: 'too_long' });
	});
});

test('a scenario tells of every option why it is good or not', () => {
	const told = explainItem(items.scenario, 'a', 'id');
	expect(told.scenario).toBe('Seorang ibu datang.');
	expect(told.reasons).toEqual([
		{ text: 'satu', reason: 'kurang', good: false, chosen: true },
		{ text: 'dua', reason: 'terlambat', good: false, chosen: false },
		{ text: 'tiga', reason: 'tepat', good: true, chosen: false }
	]);
});

describe('whoever writes an item hears of', () => {
	test.each<[string, Item]>([
		['answer: the key "e" is not an option', { ...items.single, answer: 'e' }],
		['answer: the key "e" is not an option', { ...items.multiple, answer: ['a', 'e'] }],
		['answer: a key stands twice', { ...items.multiple, answer: ['a', 'a'] }],
		['answer: the order names every option once', { ...items.order, answer: ['c', 'a'] }],
		['options: the order is given away: scramble it', { ...items.order, answer: ['a', 'b', 'c'] }],
		['answer: every line on the left has one answer', { ...items.match, answer: { 1: 'b' } }],
		['answer: the key "e" is not an option', { ...items.match, answer: { 1: 'b', 2: 'e' } }],
		[
			'options: an option of a match has at most 60 characters',
			{ ...items.match, options: twice({ a: 'x'.repeat(61), b: 'dua' }) }
		],
		['answer: an answer has no word in it', { ...items.short, answer: { id: ['ya'], en: ['–'] } }],
		[
			'reasons: every option has one reason',
			{ ...items.scenario, reasons: twice({ a: 'x', b: 'y' }) }
		],
		[
			'options: the languages have different options',
			{ ...items.single, options: { id: { a: 'x', b: 'y' }, en: { a: 'x', b: 'y', c: 'z' } } }
		],
		[
			'left: the languages have different left',
			{ ...items.match, left: { id: { 1: 'x', 2: 'y' }, en: { 1: 'x', 2: 'y', 3: 'z' } } }
		]
	])('%s', (heard, item) => {
		const said: string[] = [];
		checkItem(item, (field, sentence) => said.push(`${field}: ${sentence}`));
		expect(said).toContain(heard);
	});
});
