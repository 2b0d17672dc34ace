import type { Kind, Option } from '../question.ts';
import { parseSingle } from './single.ts';

const both: readonly Option[] = [
	{ value: 1, label: { id: 'Ya', en: 'Yes' } },
	{ value: 0, label: { id: 'Tidak', en: 'No' } }
];

/** YA: yes or no. */
export const yesNo: Kind = {
	control: 'radios',
	measure: 'choice',
	maySkip: false,
	options: () => both,
	parse: (typed, question) => parseSingle(typed, question, { options: both, maySkip: false })
};
