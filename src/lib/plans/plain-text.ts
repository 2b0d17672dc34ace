/**
 * Everything a person has written in a draft as one piece of text: to copy it out when the server
 * does not take it. Nothing is cut, and what is in the trash is there too.
 */
import type * as Y from 'yjs';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/platform/calendar.ts';
import { clean } from '#lib/platform/text.ts';
import { contentsOfRow, type Step } from './contents.ts';
import { inOrder, inTrash, rowsOf, stepsOf, textOf, type Row } from './draft.ts';
import { fieldName } from './labels.ts';
import { fields, type Field } from './template.ts';
import { spellStep, spellValue } from './values.ts';

export function plainTextOf(doc: Y.Doc, locale: Locale): string {
	const rows = rowsOf(doc);
	const kept = inOrder(rows).map(([, row], n) => [m.plans_activity({ n: n + 1 }), row] as const);
	const thrown = inTrash(rows).map(([, row]) => [m.plans_text_in_trash(), row] as const);
	return [...kept, ...thrown]
		.map(([heading, row]) => [heading, ...linesOf(row, locale)].join('\n'))
		.join('\n\n');
}

function linesOf(row: Row, locale: Locale): string[] {
	const values = contentsOfRow(row);
	return fields.flatMap((field) => {
		const text = uncut(row, field) ?? spellValue(field, values[field.key] ?? null, locale);
		return text === '' ? [] : [`${fieldName(field.key)}: ${text}`];
	});
}

/** What the template would end somewhere; null for what it does not. */
function uncut(row: Row, { key, is }: Field): string | null {
	if (is.kind === 'prose') return written(textOf(row, key));
	if (is.kind !== 'steps') return null;
	const steps = stepsOf(row);
	const lines = steps ? inOrder(steps).map(([, step]) => asStep(step)) : [];
	const filled = lines.filter(({ text }) => text !== '');
	return filled.length === 0 ? '' : `\n${filled.map(spellStep).join('\n')}`;
}

function asStep(step: Row): Step {
	const week = step.get('week');
	const isWeek = typeof week === 'number' && week > 0;
	return { text: written(textOf(step, 'text')), week: isWeek ? week : null };
}

const written = (cell: Y.Text | null): string => clean(cell?.toString() ?? '').trim();
