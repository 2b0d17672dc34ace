/** Reading what was said: tallies only, and only those that may be shown. */
import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import { holds, type Actor } from '#lib/people/actor.ts';
import { withinRegion } from '#lib/people/within-region.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { Read } from '#lib/platform/server/db/index.ts';
import { sum } from '#lib/platform/server/db/sql.ts';
import { feedbackComment, feedbackTally, training } from '#lib/platform/server/db/schema/index.ts';
import { feedbackAccess } from '../access.ts';
import type { Comment } from '../answers.ts';
import { SMALLEST_GROUP } from '../disclosure.ts';
import { fieldName, partsOf, type Field, type Instrument, type Part } from '../instrument.ts';
import type { Place } from '../place.ts';
import { buildReport, itemsOf, type Report } from '../report.ts';
import type { Population, Tally } from '../statistics.ts';
import { ofInstrument, readHidden } from './hidden.ts';
import { facilitatorsOf } from './trainings.ts';

export interface Asked {
	/** From `findPlace`, which has asked whether this reader may. */
	readonly place: Place;
	readonly instrument: Instrument;
	/** How many were invited: what an interval of one training is measured against. */
	readonly invited: number;
	/** Only this section, or only this module; all when absent. */
	readonly only?: string | null | undefined;
}

/** The report on a place. Whoever reads, what is hidden is the same. */
export async function review(app: App, actor: Actor | null, asked: Asked): Promise<Report> {
	const { place, instrument } = asked;
	return app.db.snapshot(async (read) => {
		const parts = await partsToShow(read, actor, asked);
		const items = itemsOf(parts).map(({ id }) => id);
		const hidden = await readHidden(read, instrument, items);
		return buildReport({
			instrument,
			parts,
			tallies: await readTallies(read, asked, parts),
			mayShow: (field) => hidden.mayShow(place, field),
			population: populationOf(asked)
		});
	});
}

function populationOf({ place, invited }: Asked): Population {
	return place.kind === 'training'
		? { kind: 'this_training', size: invited }
		: { kind: 'such_trainings' };
}

/** In a region all facilitators are one part. A facilitator reads about nobody but themself. */
async function partsToShow(
	read: Read,
	actor: Actor | null,
	{ place, instrument, only }: Asked
): Promise<Part[]> {
	const everybody = place.kind === 'training' ? await facilitatorsOf(read, place.id) : [];
	const seesAll =
		place.kind !== 'training' ||
		feedbackAccess.can(withoutTeaching(actor), 'review', located(place));
	const facilitators = everybody.filter(({ id }) => seesAll || id === actor?.userId);
	const parts =
		place.kind === 'training'
			? partsOf(instrument, facilitators)
			: instrument.sections.flatMap((section): Part[] =>
					section.about === 'facilitator'
						? [{ section, subject: null }]
						: partsOf({ ...instrument, sections: [section] }, [])
				);
	if (!only) return parts;
	return parts.filter(({ section, subject }) => section.key === only || subject?.id === only);
}

const located = (place: Extract<Place, { kind: 'training' }>) => ({
	trainingId: place.id,
	regionCode: place.regionCode
});

/** The same person without the grants of a facilitator. */
function withoutTeaching(actor: Actor | null): Actor | null {
	if (!actor || !holds(actor, 'facilitator')) return actor;
	return { ...actor, grants: actor.grants.filter(({ role }) => role !== 'facilitator') };
}

/** Without a join: over a million answers it would take twice as long. */
function inPlace(read: Read, place: Place): SQL | undefined {
	if (place.kind === 'nation') return undefined;
	if (place.kind === 'training') return eq(feedbackTally.trainingId, place.id);
	const there = read
		.select({ id: training.id })
		.from(training)
		.where(withinRegion(training.regionCode, place.code));
	return inArray(feedbackTally.trainingId, there);
}

async function readTallies(
	read: Read,
	{ place, instrument }: Asked,
	parts: readonly Part[]
): Promise<Map<string, Tally>> {
	const tallies = new Map<string, Map<number, number>>();
	for (const pooled of [false, true]) {
		const some = parts.filter((part) => isPooled(part) === pooled);
		const items = itemsOf(some).map(({ id }) => id);
		if (items.length === 0) continue;
		for (const row of await sums(read, { place, instrument, items, pooled })) {
			const field = fieldName(row.item, row.subject);
			const tally = tallies.get(field) ?? new Map<number, number>();
			tallies.set(field, tally.set(row.value, row.n));
		}
	}
	return tallies;
}

/** Facilitators of a whole region are taken together: the same person's two trainings are no group. */
const isPooled = ({ section, subject }: Part) => section.about === 'facilitator' && !subject;

async function sums(
	read: Read,
	of: { place: Place; instrument: Instrument; items: string[]; pooled: boolean }
) {
	const { item, subject, value } = feedbackTally;
	const columns = { item, value, n: sum(feedbackTally.n) };
	const where = and(ofInstrument(of.instrument), inArray(item, of.items), inPlace(read, of.place));
	if (of.pooled) {
		const rows = await read.select(columns).from(feedbackTally).where(where).groupBy(item, value);
		return rows.map((row) => ({ ...row, subject: '' }));
	}
	return read
		.select({ ...columns, subject })
		.from(feedbackTally)
		.where(where)
		.groupBy(item, subject, value);
}

/** Free texts to one question of one training; `texts` is empty while there are fewer than five. */
export interface Comments {
	readonly part: Part;
	readonly field: Pick<Field, 'item' | 'subject'>;
	readonly written: number;
	readonly texts: readonly string[];
}

/** The free texts of one training, in an order that says nothing. Others are not put together. */
export async function readComments(
	app: App,
	report: Report,
	{ place, instrument }: Pick<Asked, 'place' | 'instrument'>
): Promise<Comments[]> {
	if (place.kind !== 'training') return [];
	const { item, subject, text, id, trainingId } = feedbackComment;
	// By id: random, and new at every hand-in.
	const rows: Comment[] = await app.db.read
		.select({ item, subject, text })
		.from(feedbackComment)
		.where(and(eq(trainingId, place.id), eq(feedbackComment.instrument, instrument.id)))
		.orderBy(asc(id));
	const byField = Map.groupBy(rows, (row) => fieldName(row.item, row.subject));
	return report.parts.flatMap(({ part }) =>
		part.section.items
			.filter(({ kind }) => kind === 'TXT')
			.map((asked) => {
				const about = part.subject?.id ?? '';
				const said = byField.get(fieldName(asked.id, about)) ?? [];
				const texts = said.length >= SMALLEST_GROUP ? said.map((one) => one.text) : [];
				return { part, field: { item: asked, subject: about }, written: said.length, texts };
			})
	);
}
