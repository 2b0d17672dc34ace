/**
 * A tool (alat bantu): a sheet of a lesson that is printed or filled in.
 *
 * Pure: what a sheet is made of. Where its text comes from is the business of
 * server/tool-file.ts, what somebody wrote on it of filled-tool.ts.
 */
import { Refusal } from '#lib/platform/refusal.ts';
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

/** A part that somebody writes on. */
export type WritablePart = Exclude<ToolPart, { kind: 'note' }>;

export function writableParts(tool: Tool): WritablePart[] {
	return tool.parts.filter((part): part is WritablePart => part.kind !== 'note');
}

/** Refuses with `not_found`. */
export function findTool(course: { readonly tools: readonly Tool[] }, slug: string): Tool {
	const found = course.tools.find((tool) => tool.slug === slug);
	if (!found) throw new Refusal('not_found', 'courses_refused_unknown_tool');
	return found;
}
