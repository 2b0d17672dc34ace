/** Everything a page of the review shows, or the file with the same numbers holds. */
import type { Actor } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { feedbackAccess } from '../access.ts';
import type { Instrument, Subject } from '../instrument.ts';
import { end } from '../instruments/index.ts';
import { liesIn, type Place } from '../place.ts';
import type { Report } from '../report.ts';
import { readComments, review, type Comments } from './review.ts';
import {
	findPlace,
	listReviewed,
	turnoutIn,
	type Reviewed,
	type ReviewedTraining,
	type Turnout
} from './reviewed.ts';

export interface Reading {
	readonly instrument: Instrument;
	readonly place: Place;
	/** The title of the training or the name of the region; null for the nation. */
	readonly placeName: string | null;
	readonly turnout: Turnout;
	readonly report: Report;
	readonly comments: readonly Comments[];
	/** The section or module it was narrowed to. */
	readonly only: string | null;
}

export interface ReviewPage {
	readonly reviewed: Reviewed;
	/** Those in the place that was asked about. */
	readonly trainings: readonly ReviewedTraining[];
	/** Null for somebody who reads single trainings only. */
	readonly reading: Reading | null;
}

/** What was asked for, as it stands in the address; empty means: choose for me. */
export interface Wish {
	readonly trainingId?: string | null;
	readonly regionCode?: string | null;
	readonly only?: string | null;
}

/** Sections and modules a report can be narrowed to. */
export function narrowings({ sections, modules }: Instrument): Subject[] {
	return sections.flatMap(({ key, title, about }): readonly Subject[] =>
		about === 'module' ? modules : [{ id: key, name: title }]
	);
}

/**
 * The report on the wanted place, or on the widest one this person may read.
 *
 * Refuses with `not_found` those who may read none, a place that does not exist,
 * and one that reaches beyond what they may read.
 */
export async function readReview(app: App, actor: Actor | null, wish: Wish): Promise<ReviewPage> {
	if (!feedbackAccess.mayEver(actor, 'review')) {
		throw new Refusal('not_found', 'feedback_refused_not_found');
	}
	const reviewed = await listReviewed(app, actor, end);
	const place = await wantedPlace(app, actor, wish, reviewed);
	if (!place) return { reviewed, trainings: reviewed.trainings, reading: null };
	return {
		reviewed,
		trainings: reviewed.trainings.filter(({ training }) => liesIn(place, training)),
		reading: await readPlace(app, actor, place, { reviewed, only: wish.only })
	};
}

async function wantedPlace(
	app: App,
	actor: Actor | null,
	{ trainingId, regionCode }: Wish,
	{ nation, regions }: Reviewed
): Promise<Place | null> {
	if (trainingId) return findPlace(app, actor, { trainingId });
	if (regionCode) return findPlace(app, actor, { regionCode });
	if (nation) return findPlace(app, actor, 'nation');
	const [widest] = regions.toSorted((a, b) => a.code.length - b.code.length);
	return widest ? findPlace(app, actor, { regionCode: widest.code }) : null;
}

async function readPlace(
	app: App,
	actor: Actor | null,
	place: Place,
	{ reviewed, only }: { reviewed: Reviewed; only: string | null | undefined }
): Promise<Reading> {
	const turnout = turnoutIn(place, reviewed.trainings);
	const known = narrowings(end).some(({ id }) => id === only) ? (only ?? null) : null;
	const asked = { place, instrument: end, invited: turnout.invited, only: known };
	const report = await review(app, actor, asked);
	return {
		instrument: end,
		place,
		placeName: nameOf(place, reviewed),
		turnout,
		report,
		comments: await readComments(app, report, asked),
		only: known
	};
}

function nameOf(place: Place, { regions, trainings }: Reviewed): string | null {
	if (place.kind === 'nation') return null;
	if (place.kind === 'region') {
		return regions.find(({ code }) => code === place.code)?.name ?? place.code;
	}
	return trainings.find(({ training }) => training.id === place.id)?.training.title ?? null;
}
