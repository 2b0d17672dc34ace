/** The file that a form brought, chosen on this page or checked before and sent along. */
import * as v from 'valibot';
import type { BroughtFile } from '#lib/courses/bank/prepare.ts';
import { line, optionalLine, readForm } from '#lib/platform/form.ts';
import { Refusal } from '#lib/platform/refusal.ts';

const FILE = 'berkas';
/** Text of a file that was checked already: longer than any field that people type in. */
const TEXT = 'isi';

const fields = v.strictObject({ pelajaran: line(200), nama: optionalLine(200) });

/** Refuses with `invalid` a field it does not know, and a form without a file. */
export async function broughtIn(form: FormData): Promise<BroughtFile> {
	const rest = new FormData();
	for (const [name, value] of form) if (name !== FILE && name !== TEXT) rest.append(name, value);
	const { pelajaran: lesson, nama } = readForm(fields, rest);
	const [file, text] = [form.get(FILE), form.get(TEXT)];
	if (file instanceof File && file.size > 0) {
		return { name: file.name, text: await file.text(), lesson };
	}
	if (typeof text === 'string' && text !== '') return { name: nama ?? '', text, lesson };
	throw new Refusal('invalid', 'courses_refused_import_no_file');
}
