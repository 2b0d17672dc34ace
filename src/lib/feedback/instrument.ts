/**
 * Instruments (instrumen umpan balik): what people are asked, in sections, as
 * data. Item ids are never reused; a change of wording is a new version, and
 * answers of different versions are never put into one number.
 *
 * Pure: no database, no HTTP.
 */
import type { Measure, Question, Wording } from '#lib/questions/question.ts';
import { kindOf } from '#lib/questions/kinds.ts';

export interface Item extends Question {
	/** Four choices from worst to best, so that a mean means something. */
	readonly scored?: boolean;
}

/** What a repeated section is about: a facilitator (id is the user id) or a module (its slug). */
export interface Subject {
	readonly id: string;
	readonly name: Wording;
}

export interface Section {
	readonly key: string;
	readonly title: Wording;
	/** `training` is asked once, the others once per facilitator or module. */
	readonly about: 'training' | 'facilitator' | 'module';
	readonly items: readonly Item[];
}

export interface Instrument {
	readonly id: string;
	readonly version: number;
	readonly title: Wording;
	readonly sections: readonly Section[];
	readonly modules: readonly Subject[];
	/** The nine elements of the SKM (PermenPANRB 14/2017), if the instrument has them. */
	readonly skm: readonly string[];
}

/** A section for one subject: one page of the form. */
export interface Part {
	readonly section: Section;
	readonly subject: Subject | null;
}

/** One question as one field of the form: what it asks, and about whom. */
export interface Field {
	/** "D101", or "D201.<subject>" where the section is repeated. */
	readonly name: string;
	readonly item: Item;
	readonly subject: string;
}

/** The pages of the form, in order. */
export function partsOf(instrument: Instrument, facilitators: readonly Subject[]): Part[] {
	return instrument.sections.flatMap((section): Part[] => {
		if (section.about === 'training') return [{ section, subject: null }];
		const subjects = section.about === 'facilitator' ? facilitators : instrument.modules;
		return subjects.map((subject) => ({ section, subject }));
	});
}

export function fieldName(item: string, subject: string): string {
	return subject === '' ? item : `${item}.${subject}`;
}

export function fieldsOf({ section, subject }: Part): Field[] {
	const id = subject?.id ?? '';
	return section.items.map((item) => ({ name: fieldName(item.id, id), item, subject: id }));
}

/** How the answers to an item may be summed up. */
export function measureOf(item: Item): Measure {
	return item.scored ? 'scale' : kindOf(item).measure;
}
