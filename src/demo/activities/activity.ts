/**
 * Activities (kegiatan) as the teams of the demo training write them down: from
 * the programme's handbook of examples, each doable within four weeks.
 */
export type Week = 1 | 2 | 3 | 4;

export interface Activity {
	readonly title: string;
	readonly need: string;
	readonly objective: string;
	readonly target_groups: readonly string[];
	readonly target_people: number | null;
	readonly indicator: string;
	readonly indicator_target: number;
	readonly indicator_unit: string;
	readonly steps: readonly (readonly [Week, string])[];
	/** Null: somebody of the team. */
	readonly in_charge: string | null;
	readonly partners: readonly string[];
	/** First and last week after the closing day. */
	readonly weeks: readonly [Week, Week];
	readonly materials: string;
	/** Rupiah. */
	readonly cost: number;
	readonly fund: string;
	readonly risk: string;
	readonly evidence: readonly string[];
}
