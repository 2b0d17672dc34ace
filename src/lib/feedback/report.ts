/**
 * A report (tinjauan) on one training, region or the nation: every number with
 * n and its interval, or hidden where fewer than five would speak.
 *
 * Pure: no database, no HTTP. Works on tallies alone.
 */
import type { Option, Wording } from '#lib/questions/question.ts';
import { optionsOf } from '#lib/questions/kinds.ts';
import {
	fieldsOf,
	measureOf,
	type Field,
	type Instrument,
	type Item,
	type Part
} from './instrument.ts';
import {
	bandText,
	estimateMean,
	estimateRecommendation,
	estimateShare,
	satisfactionIndex,
	total,
	type Estimate,
	type Population,
	type Tally
} from './statistics.ts';

/** How often one choice was made. */
export interface Count {
	readonly label: Wording;
	readonly value: number;
	readonly n: number;
	readonly share: Estimate;
}

export type Figure =
	| { readonly kind: 'hidden' }
	| {
			readonly kind: 'scale' | 'recommend';
			readonly n: number;
			readonly counts: readonly Count[];
			/** The mean of 1–4, or the recommend score of −100…100. */
			readonly value: Estimate;
	  }
	| { readonly kind: 'choice'; readonly n: number; readonly counts: readonly Count[] };

export interface Line {
	readonly field: Field;
	readonly figure: Figure;
}

export interface PartReport {
	readonly part: Part;
	readonly lines: readonly Line[];
}

export interface Satisfaction {
	readonly index: Estimate;
	/** "B", or "B (B–C)". */
	readonly band: string;
}

export interface Report {
	readonly parts: readonly PartReport[];
	/** Null while one of the nine elements is hidden. */
	readonly satisfaction: Satisfaction | null;
}

export interface ReportSource {
	readonly instrument: Instrument;
	readonly parts: readonly Part[];
	/** By field name. */
	readonly tallies: ReadonlyMap<string, Tally>;
	/** Whether the numbers of this field may be shown; decided in disclosure. */
	readonly mayShow: (field: Field) => boolean;
	readonly population: Population;
}

const FOUR_STEPS = { lowest: 1, highest: 4 };

export function buildReport(source: ReportSource): Report {
	const parts = source.parts.map((part) => ({
		part,
		lines: fieldsOf(part)
			.filter(({ item }) => measureOf(item) !== 'text')
			.map((field) => ({ field, figure: figureOf(field, source) }))
	}));
	return { parts, satisfaction: satisfactionIn(source, parts) };
}

function figureOf(field: Field, { tallies, mayShow, population }: ReportSource): Figure {
	const tally = tallies.get(field.name);
	if (!tally || total(tally) === 0 || !mayShow(field)) return { kind: 'hidden' };
	const n = total(tally);
	const counts = optionsOf(field.item).map(asCount(tally, population));
	switch (measureOf(field.item)) {
		case 'scale':
			return { kind: 'scale', n, counts, value: estimateMean(tally, FOUR_STEPS, population) };
		case 'recommend':
			return { kind: 'recommend', n, counts, value: estimateRecommendation(tally, population) };
		case 'choice':
			return { kind: 'choice', n, counts };
		default:
			// Ticks and amounts do not tell how many people spoke, so no rule could hide the few.
			return { kind: 'hidden' };
	}
}

const asCount =
	(tally: Tally, population: Population) =>
	({ value, label }: Option): Count => ({
		label,
		value,
		n: tally.get(value) ?? 0,
		share: estimateShare(tally, value, population)
	});

function satisfactionIn(source: ReportSource, parts: readonly PartReport[]): Satisfaction | null {
	const shown = parts.flatMap(({ lines }) => lines).filter(({ figure }) => figure.kind === 'scale');
	const byItem = new Map(shown.map(({ field }) => [field.item.id, source.tallies.get(field.name)]));
	const elements = source.instrument.skm.map((id) => byItem.get(id) ?? new Map<number, number>());
	const index = satisfactionIndex(elements, source.population);
	return index && { index, band: bandText(index) };
}

export interface LowestLine extends Line {
	readonly part: Part;
}

/** The items with the lowest means, the worst first: where to begin. */
export function lowestIn(report: Report, most = 10): LowestLine[] {
	return report.parts
		.flatMap(({ part, lines }) => lines.map((line) => ({ ...line, part })))
		.filter(({ figure }) => figure.kind === 'scale')
		.sort((a, b) => meanOf(a.figure) - meanOf(b.figure) || (a.field.name < b.field.name ? -1 : 1))
		.slice(0, most);
}

const meanOf = (figure: Figure) => (figure.kind === 'scale' ? figure.value.value : Infinity);

/** The items of some sections, or of all. */
export function itemsOf(parts: readonly Part[]): Item[] {
	return [
		...new Map(parts.flatMap(({ section }) => section.items).map((one) => [one.id, one])).values()
	];
}
