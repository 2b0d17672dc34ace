import { describe, expect, test } from 'vitest';
import { isFormKey, newFormKey, openSealedForm, sealForm, type KeptForm } from './kept-form.ts';

const form: KeptForm = {
	userId: 'sri',
	address: '/pelatihan/satu/agenda?/add',
	fields: [
		['title', 'Membaca nyaring 📚'],
		['day', 'Senin'],
		['day', 'Selasa']
	]
};

describe('a form that is kept while somebody signs in again', () => {
	test('comes back as it was, in the browser it was written in', () => {
		const key = newFormKey();
		const sealed = sealForm(form, key) ?? '';
		expect(isFormKey(key)).toBe(true);
		expect(openSealedForm(sealed, key)).toEqual(form);
		expect(openSealedForm(sealed, newFormKey())).toBeNull();
	});

	test('cannot be read in the page that carries it, nor compared', () => {
		const key = newFormKey();
		const sealed = sealForm(form, key) ?? '';
		expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('nyaring');
		expect(sealForm(form, key)).not.toBe(sealed);
	});

	test('does not come back once it was changed', () => {
		const key = newFormKey();
		const bytes = Buffer.from(sealForm(form, key) ?? '', 'base64url');
		bytes[40] = (bytes[40] ?? 0) ^ 1;
		expect(openSealedForm(bytes.toString('base64url'), key)).toBeNull();
		expect(openSealedForm('bukan apa-apa', key)).toBeNull();
		expect(openSealedForm('', key)).toBeNull();
	});

	test('is not kept when it is longer than a form may be', () => {
		const long: KeptForm = { ...form, fields: [['text', 'a'.repeat(200_000)]] };
		expect(sealForm(long, newFormKey())).toBeNull();
	});
});
