/** Somebody who has this plan open, as the server has vouched for. */
export interface Present {
	readonly clientId: number;
	readonly id: string;
	readonly name: string;
	/** 0 to 7. */
	readonly colour: number;
	/** The field this person is in: 'row.key', or null. */
	readonly field: string | null;
}

export type SaveStateName = 'loading' | 'saved' | 'saving' | 'offline' | 'unstored' | 'refused';
