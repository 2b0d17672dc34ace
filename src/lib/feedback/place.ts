/**
 * Places a report is about: the nation, a province, a regency or city, one
 * training. They nest, which is what keeps small groups safe (`disclosure.ts`):
 * no report is ever made about any other set of trainings.
 *
 * Pure: no database, no HTTP.
 */
import { covers } from '#lib/people/actor.ts';
import type { Cell } from './disclosure.ts';

export type Place =
	| { readonly kind: 'nation' }
	| { readonly kind: 'region'; readonly code: string }
	| { readonly kind: 'training'; readonly id: string; readonly regionCode: string };

/** '15' and '15.04': provinces, and regencies or cities. Below that a report would be one training's. */
export function isReportRegion(code: string): boolean {
	return /^\d{2}(\.\d{2})?$/.test(code);
}

/** The regions whose reports a training in `code` belongs to: the regency, if it has one, and the province. */
export function reportRegionsOf(code: string): string[] {
	const [province = '', regency] = code.split('.');
	return regency === undefined ? [province] : [`${province}.${regency}`, province];
}

export function liesIn(place: Place, training: { id: string; regionCode: string }): boolean {
	if (place.kind === 'nation') return true;
	if (place.kind === 'training') return training.id === place.id;
	return covers(place.code, training.regionCode);
}

const NATION = 'nation';
const regionCell = (code: string) => `region ${code}`;
const trainingCell = (id: string) => `training ${id}`;

/** The name of a place among the groups that are judged together; a facilitator is a part of a training. */
export function cellOf(place: Place, facilitator = ''): string {
	if (place.kind === 'nation') return NATION;
	if (place.kind === 'region') return regionCell(place.code);
	return facilitator === ''
		? trainingCell(place.id)
		: `${trainingCell(place.id)} of ${facilitator}`;
}

/** How many answered one item in one training, about one facilitator if it is about any. */
export interface Leaf {
	readonly trainingId: string;
	readonly regionCode: string;
	readonly facilitator: string;
	readonly n: number;
}

/** The nation, its regions, its trainings: every group that a report could ever be about. */
export function cellsOf(leaves: readonly Leaf[]): Cell[] {
	const cells = new Map<string, Cell>([[NATION, { id: NATION, within: null, own: 0 }]]);
	const add = (cell: Cell) => {
		const known = cells.get(cell.id);
		cells.set(cell.id, known ? { ...known, own: known.own + cell.own } : cell);
	};
	for (const { trainingId, regionCode, facilitator, n } of leaves) {
		const regions = reportRegionsOf(regionCode).map(regionCell);
		const groups = [...regions, NATION];
		regions.forEach((id, place) => add({ id, within: groups[place + 1] ?? null, own: 0 }));
		const training = trainingCell(trainingId);
		const within = groups[0] ?? NATION;
		const place: Place = { kind: 'training', id: trainingId, regionCode };
		if (facilitator === '') add({ id: training, within, own: n });
		else {
			add({ id: training, within, own: 0 });
			add({ id: cellOf(place, facilitator), within: training, own: n });
		}
	}
	return [...cells.values()];
}
