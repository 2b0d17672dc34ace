/**
 * An item as it stands on a page, for a script that keeps each answer by itself: read from the fields
 * that ItemField made, and put into them.
 */
import { answerTo, shownAs, type Reading } from './answers.ts';
import type { Answer, Asked, Choice, Control } from './item.ts';
import { valuesIn, fillIn } from '#lib/ui/fields.ts';

const CONTROLS: readonly string[] = [
	'radios',
	'boxes',
	'places',
	'pairs',
	'words'
] satisfies Control[];

/** As much of the question as reading an answer needs; null when the element is none. */
function askedIn(field: HTMLFieldSetElement): Asked | null {
	const { control = '', version } = field.dataset;
	if (!CONTROLS.includes(control)) return null;
	const { id } = field;
	const lines = named(field, (name) => name.slice(id.length + 1));
	return {
		id,
		version: Number(version),
		// Checked above.
		control: control as Control,
		scenario: null,
		question: '',
		options: control === 'places' ? lines : offeredIn(field),
		left: control === 'pairs' ? lines : []
	};
}

const named = (field: HTMLFieldSetElement, keyOf: (name: string) => string): Choice[] =>
	[...field.querySelectorAll('select')].map(({ name }) => ({ key: keyOf(name), text: '' }));

function offeredIn(field: HTMLFieldSetElement): Choice[] {
	const marks = field.querySelectorAll<HTMLInputElement>('[type=radio], [type=checkbox]');
	const options = field.querySelector('select')?.options ?? [];
	const values = [...marks, ...options].map(({ value }) => value).filter((value) => value !== '');
	return values.map((key) => ({ key, text: '' }));
}

/** What is chosen or written, or what is still lacking. */
export function answerIn(field: HTMLFieldSetElement): Reading {
	const asked = askedIn(field);
	return asked && answerTo(asked, valuesIn(field));
}

/** Shows an answer; an empty one clears the fields. */
export function showAnswer(field: HTMLFieldSetElement, answer: Answer): void {
	const asked = askedIn(field);
	if (asked) fillIn(field, answer === '' ? {} : shownAs(asked, answer));
}
