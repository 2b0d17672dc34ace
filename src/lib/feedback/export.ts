/**
 * The review as a file of comma-separated values: the same numbers as on the
 * page, hidden where the page hides them.
 */
import { toCsv, type CsvCell } from '#lib/platform/csv.ts';
import type { Locale } from '#lib/platform/calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Part } from './instrument.ts';
import type { Figure, Line } from './report.ts';
import type { Reading } from './server/reading.ts';
import type { Comments } from './server/review.ts';

export function exportCsv(reading: Reading, locale: Locale): string {
	const { parts } = reading.report;
	const rows = parts.flatMap(({ part, lines }) =>
		lines.map((line) => lineRow(reading, part, line, locale))
	);
	const texts = reading.comments.flatMap((comments) => commentRows(reading, comments, locale));
	return toCsv([heading(locale), ...rows, ...texts]);
}

function heading(locale: Locale): string[] {
	const columns = [
		m.feedback_column_place,
		m.feedback_column_part,
		m.feedback_column_about,
		m.feedback_column_code,
		m.feedback_column_version,
		m.feedback_column_item,
		m.feedback_column_n,
		m.feedback_column_answered,
		m.feedback_column_invited,
		m.feedback_column_value,
		m.feedback_column_low,
		m.feedback_column_high,
		m.feedback_column_population,
		m.feedback_column_counts,
		m.feedback_column_note,
		m.feedback_column_text
	];
	return columns.map((column) => column({}, { locale }));
}

function lineRow(reading: Reading, part: Part, { field, figure }: Line, locale: Locale): CsvCell[] {
	const { answered, invited } = reading.turnout;
	const shown = figure.kind === 'hidden' ? null : figure;
	const value = shown && 'value' in shown ? shown.value : null;
	return [
		...where(reading, part, locale),
		field.item.id,
		reading.instrument.version,
		field.item.text[locale],
		shown?.n ?? null,
		answered,
		invited,
		rounded(value?.value),
		rounded(value?.low),
		rounded(value?.high),
		value && populationLabel(value.population, locale),
		shown && distribution(shown),
		shown ? '' : m.feedback_hidden({}, { locale }),
		''
	];
}

/** One row for each text that may be shown, or one that says why there is none. */
function commentRows(
	reading: Reading,
	{ part, field, texts, written }: Comments,
	locale: Locale
): CsvCell[][] {
	if (written === 0) return [];
	const { answered, invited } = reading.turnout;
	const { item } = field;
	const about = [...where(reading, part, locale), item.id, reading.instrument.version];
	const row = (note: string, text: string): CsvCell[] => [
		...about,
		item.text[locale],
		null,
		answered,
		invited,
		...Array<null>(5).fill(null),
		note,
		text
	];
	if (texts.length === 0) return [row(m.feedback_hidden({}, { locale }), '')];
	return texts.map((text) => row('', text));
}

function where({ placeName }: Reading, { section, subject }: Part, locale: Locale): string[] {
	return [
		placeName ?? m.feedback_review_nation({}, { locale }),
		section.title[locale],
		subject?.name[locale] ?? ''
	];
}

/** "1: 2 | 2: 0 | 3: 12 | 4: 11" */
function distribution({ counts }: Exclude<Figure, { kind: 'hidden' }>): string {
	return counts.map(({ value, n }) => `${value}: ${n}`).join(' | ');
}

const rounded = (value: number | undefined) =>
	value === undefined ? null : Number(value.toFixed(3));

function populationLabel(population: 'this_training' | 'such_trainings', locale: Locale): string {
	return population === 'this_training'
		? m.feedback_label_this_training({}, { locale })
		: m.feedback_label_such_trainings({}, { locale });
}
