/** Sheets of lessons: `content/tools/<slug>.yaml`, in both languages. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { InBoth } from '../course.ts';
import type { Tool } from '../tool.ts';
import { inBoth, listInBoth, upTo } from './fields.ts';
import type { Mistakes } from './mistakes.ts';
import { readYaml } from './yaml-part.ts';

const part = v.variant('kind', [
	v.strictObject({
		kind: v.literal('text'),
		label: inBoth,
		lines: upTo(8),
		hint: v.exactOptional(inBoth)
	}),
	v.strictObject({ kind: v.literal('choice'), label: inBoth, options: listInBoth }),
	v.strictObject({ kind: v.literal('check'), label: inBoth }),
	v.strictObject({ kind: v.literal('table'), label: inBoth, columns: listInBoth, rows: upTo(12) }),
	v.strictObject({ kind: v.literal('note'), text: inBoth })
]);

const toolFile = v.strictObject({
	title: inBoth,
	purpose: inBoth,
	parts: v.pipe(v.array(part), v.minLength(1))
});

/** `null` when it cannot be read; the reasons are among the mistakes. */
export function readTool(file: string, slug: string, mistakes: Mistakes): Tool | null {
	const read = readYaml(toolFile, { file, text: readFileSync(file, 'utf8') }, mistakes);
	if (!read) return null;
	for (const [at, { kind, ...about }] of read.value.parts.entries()) {
		const field = kind === 'choice' ? 'options' : 'columns';
		const lists = (about as Partial<Record<typeof field, InBoth<readonly string[]>>>)[field];
		if (!lists || lists.id.length === lists.en.length) continue;
		const line = read.lineOf(['parts', at, field]);
		mistakes.add(file, line, `the languages have different ${field}`);
	}
	return { slug, ...read.value };
}
