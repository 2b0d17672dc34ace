import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bindText, writeText } from './text-binding.ts';
import { afterOthers, changeBetween, shifted } from './text-change.ts';

/** The part of a text field that a browser would bring. */
class Field extends EventTarget {
	value = '';
	selectionStart = 0;
	selectionEnd = 0;
	ownerDocument = { activeElement: this as unknown };
	setSelectionRange(from: number, to: number) {
		this.selectionStart = from;
		this.selectionEnd = to;
	}
	type(value: string) {
		this.value = value;
		this.dispatchEvent(new Event('input'));
	}
	compose(value: string) {
		this.dispatchEvent(new Event('compositionstart'));
		this.type(value);
	}
	commit() {
		this.dispatchEvent(new Event('compositionend'));
	}
}

function opened(content = '') {
	const doc = new Y.Doc();
	const text = doc.getText('t');
	text.insert(0, content);
	const field = new Field();
	const release = bindText(field, text);
	const others = new Y.Doc();
	Y.applyUpdate(others, Y.encodeStateAsUpdate(doc));
	const receive = () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(others, Y.encodeStateVector(doc)));
	const write = (value: string) => {
		writeText(others.getText('t'), value);
		receive();
	};
	return { text, field, release, write };
}

describe('a field and its shared text', () => {
	test('what is typed is in the text, what others write is in the field', () => {
		const { text, field, write } = opened('Kelas');
		field.type('Kelas memasak');
		expect(text.toString()).toBe('Kelas memasak');
		write('Ayo: Kelas');
		expect(field.value).toBe('Ayo: Kelas memasak');
	});

	test('the cursor stays with its letters when others write before it', () => {
		const { field, write } = opened('desa');
		field.setSelectionRange(4, 4);
		write('perpustakaan desa');
		expect(field.selectionStart).toBe('perpustakaan desa'.length);
	});

	test('the field is left alone while a keyboard composes, and both are kept afterwards', () => {
		const { text, field, write } = opened('satu tiga');
		field.compose('satu dua tiga');
		write('nol satu tiga');
		write('nol satu tiga empat');
		expect(field.value).toBe('satu dua tiga');
		field.commit();
		expect(text.toString()).toBe('nol satu dua tiga empat');
		expect(field.value).toBe('nol satu dua tiga empat');
	});

	test('a word replaced while composing does not take along what others put into it', () => {
		const { text, field, write } = opened('lama sekali');
		field.compose('baru sekali');
		write('laXXma sekali');
		field.commit();
		expect(text.toString()).toContain('XX');
		expect(text.toString()).toContain('baru');
		expect(text.toString()).not.toContain('lama');
	});

	test('half a composed word is kept when the field disappears', () => {
		const { text, field, release } = opened('');
		field.compose('setengah');
		release();
		expect(text.toString()).toBe('setengah');
	});

	test('after letting go, typing changes nothing', () => {
		const { text, field, release } = opened('a');
		release();
		field.type('b');
		expect(text.toString()).toBe('a');
	});
});

describe('changes', () => {
	test('an emoji is never cut', () => {
		expect(changeBetween('🙂', '🙃')).toEqual({ at: 0, remove: 2, insert: '🙃' });
		const { text, field } = opened('a👩🏽‍🌾b');
		field.type('a👩🏿‍🌾b');
		expect(text.toString()).toBe('a👩🏿‍🌾b');
	});

	test('the smallest change is made, also where letters repeat', () => {
		expect(changeBetween('aaa', 'aaaa')).toEqual({ at: 3, remove: 0, insert: 'a' });
		expect(changeBetween('desa', 'desa')).toBeNull();
		expect(changeBetween('satu dua tiga', 'satu tiga')).toEqual({ at: 5, remove: 4, insert: '' });
	});

	test('a place inside what is removed moves to its edge', () => {
		expect(shifted(3, { at: 1, remove: 4, insert: 'xy' })).toBe(3);
		expect(shifted(0, { at: 1, remove: 4, insert: 'xy' })).toBe(0);
		expect(shifted(9, { at: 1, remove: 4, insert: 'xy' })).toBe(7);
	});

	test('letters that others have removed already are not removed again', () => {
		const own = { at: 0, remove: 3, insert: '' };
		expect(afterOthers(own, 5, [[{ delete: 2 }]])).toEqual({ at: 0, remove: [0] });
	});
});
