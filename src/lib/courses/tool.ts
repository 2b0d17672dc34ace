/**
 * A tool (alat bantu): a sheet of a lesson that is printed or filled in.
 *
 * Pure: what a sheet is made of. Where its text comes from is the business of
 * server/tool-file.ts, what somebody wrote on it of filled-tool.ts.
 */
import type { InBoth } from './course.ts';

export type ToolPart =
	/** Something to write, on so many lines of paper. */
	| {
			readonly kind: 'text';
			readonly label: InBoth;
			readonly lines: number;
			readonly hint?: InBoth | undefined;
	  }
	/** One of a few words: Ya, Sebagian, Belum. */
	| {
			readonly kind: 'choice';
			readonly label: InBoth;
			readonly options: InBoth<readonly string[]>;
	  }
	/** A box to tick. */
	| { readonly kind: 'check'; readonly label: InBoth }
	| {
			readonly kind: 'table';
			readonly label: InBoth;
			readonly columns: InBoth<readonly string[]>;
			readonly rows: number;
	  }
	/** A line to read. */
	| { readonly kind: 'note'; readonly text: InBoth };

export interface Tool {
	readonly slug: string;
	readonly title: InBoth;
	/** What it is good for, in a sentence or two. */
	readonly purpose: InBoth;
	readonly parts: readonly ToolPart[];
}
