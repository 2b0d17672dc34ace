import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
	checkbox,
	InvalidForm,
	line,
	optionalLine,
	prose,
	readForm,
	secret,
	sentIn,
	typedIn
} from './form.ts';
import { clean } from './text.ts';

const schema = v.strictObject({
	name: line(20),
	note: prose(50),
	library: optionalLine(30),
	shared: checkbox
});

function sent(fields: Record<string, string>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	return form;
}

function refusedFields(form: FormData): readonly string[] {
	try {
		readForm(schema, form);
		return [];
	} catch (thrown) {
		if (thrown instanceof InvalidForm) return thrown.fields;
		throw thrown;
	}
}

describe('what a form sent', () => {
	test('names are trimmed and composed, line ends made one kind', () => {
		const read = readForm(schema, sent({ name: '  Yusuf \n', note: 'satu\r\ndua', shared: 'on' }));
		expect(read).toEqual({ name: 'Yusuf', note: 'satu\ndua', library: null, shared: true });
	});

	test('emoji and angle brackets are ordinary text', () => {
		const typed = '<script>👩🏽‍🌾';
		expect(readForm(schema, sent({ name: typed, note: typed })).name).toBe(typed);
	});

	test('a field that the form does not have is refused by name', () => {
		expect(refusedFields(sent({ name: 'Sri', role: 'admin' }))).toEqual(['role']);
	});

	test('a missing name and one of a megabyte are refused by name', () => {
		expect(refusedFields(sent({ note: '' }))).toEqual(['name']);
		expect(refusedFields(sent({ name: 'x'.repeat(1_000_000) }))).toEqual(['name']);
	});

	test('no field is longer than a long page, whatever its form allows', () => {
		const notes = v.strictObject({ note: v.string() });
		expect(readForm(notes, sent({ note: 'x'.repeat(20_000) })).note).toHaveLength(20_000);
		expect(() => readForm(notes, sent({ note: 'x'.repeat(20_001) }))).toThrow(InvalidForm);
	});

	test('a file instead of a text is refused', () => {
		const form = sent({});
		form.append('name', new File(['x'], 'x.txt'));
		expect(refusedFields(form)).toEqual(['name']);
	});

	test('a NUL and half an emoji do not get in', () => {
		expect(clean('a\0b')).toBe('ab');
		expect(clean('a\ud83d')).toBe('a\ufffd');
	});

	test('nor does what turns the letters of a line around', () => {
		expect(clean('Sri \u202eha\u202c\u2067dir\u2069')).toBe('Sri hadir');
		expect(clean('سري ‏بودي')).toBe('سري ‏بودي');
	});

	test('goes back to its page with every value, but never with a password or a code', () => {
		const form = sent({ name: 'Sri', wanted_password: 'rahasia', code: 'ABCD-EFGH' });
		form.append('topic', 'satu');
		form.append('topic', 'dua');
		form.append('photo', new File(['x'], 'x.txt'));
		expect(typedIn(form)).toEqual({ name: 'Sri', topic: 'dua' });
		expect(sentIn(form)).toEqual({ name: ['Sri'], topic: ['satu', 'dua'] });
	});

	test('a password is kept exactly as typed', () => {
		const read = readForm(v.strictObject({ password: secret }), sent({ password: ' sandi ' }));
		expect(read.password).toBe(' sandi ');
	});
});
