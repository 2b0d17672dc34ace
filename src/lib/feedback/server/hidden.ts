/** What stays hidden because fewer than five would speak, judged over the whole nation at once. */
import { and, eq, inArray, lt } from 'drizzle-orm';
import type { Read } from '#lib/platform/server/db/index.ts';
import { sum } from '#lib/platform/server/db/sql.ts';
import { feedbackTally, training } from '#lib/platform/server/db/schema/index.ts';
import { publishable, SMALLEST_GROUP } from '../disclosure.ts';
import { fieldName, type Field, type Instrument } from '../instrument.ts';
import { cellOf, cellsOf, type Place } from '../place.ts';

export interface Hidden {
	mayShow(place: Place, field: Pick<Field, 'item' | 'subject'>): boolean;
}

export const ofInstrument = ({ id, version }: Instrument) =>
	and(eq(feedbackTally.instrument, id), eq(feedbackTally.version, version));

/**
 * Most items have at least five answers in every training; then every sum and
 * every difference of sums has, too. Only the others are judged group by group.
 */
export async function readHidden(
	read: Read,
	instrument: Instrument,
	items: readonly string[]
): Promise<Hidden> {
	const small = await itemsWithSmallGroups(read, instrument, items);
	const leaves = small.length > 0 ? await readLeaves(read, instrument, small) : [];
	const inParts = facilitatorItems(instrument);

	/** Facilitators are parts of a training's number; modules have numbers of their own. */
	const measured = (item: string, subject: string) =>
		inParts.has(item)
			? { measure: item, facilitator: subject }
			: { measure: fieldName(item, subject), facilitator: '' };

	const judged = new Map<string, Set<string>>();
	const groups = leaves.map((leaf) => ({ ...leaf, ...measured(leaf.item, leaf.subject) }));
	for (const [measure, of] of Map.groupBy(groups, (leaf) => leaf.measure)) {
		judged.set(measure, publishable(cellsOf(of)));
	}
	return {
		mayShow(place, { item, subject }) {
			const { measure, facilitator } = measured(item.id, subject);
			return judged.get(measure)?.has(cellOf(place, facilitator)) ?? true;
		}
	};
}

function facilitatorItems({ sections }: Instrument): Set<string> {
	const about = sections.filter((section) => section.about === 'facilitator');
	return new Set(about.flatMap(({ items }) => items.map(({ id }) => id)));
}

async function itemsWithSmallGroups(
	read: Read,
	instrument: Instrument,
	items: readonly string[]
): Promise<string[]> {
	if (items.length === 0) return [];
	const { item, subject, trainingId } = feedbackTally;
	const rows = await read
		.select({ item })
		.from(feedbackTally)
		.where(and(ofInstrument(instrument), inArray(item, [...items])))
		.groupBy(trainingId, item, subject)
		.having(lt(sum(feedbackTally.n), SMALLEST_GROUP));
	return [...new Set(rows.map((row) => row.item))];
}

async function readLeaves(read: Read, instrument: Instrument, items: string[]) {
	const { item, subject, trainingId } = feedbackTally;
	const { regionCode } = training;
	return read
		.select({ item, subject, trainingId, regionCode, n: sum(feedbackTally.n) })
		.from(feedbackTally)
		.innerJoin(training, eq(training.id, trainingId))
		.where(and(ofInstrument(instrument), inArray(item, items)))
		.groupBy(item, subject, trainingId, regionCode);
}
