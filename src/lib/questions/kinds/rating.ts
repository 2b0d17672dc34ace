import type { Kind, Option } from '../question.ts';
import { parseSingle } from './single.ts';

const steps: readonly Option[] = [
	{ value: 1, label: { id: 'Sangat tidak baik', en: 'Very poor' } },
	{ value: 2, label: { id: 'Kurang baik', en: 'Poor' } },
	{ value: 3, label: { id: 'Baik', en: 'Good' } },
	{ value: 4, label: { id: 'Sangat baik', en: 'Very good' } }
];

/** N4: how good something was, in four steps without a middle, or "Tidak menilai". */
export const rating: Kind = {
	control: 'radios',
	measure: 'scale',
	maySkip: true,
	options: () => steps,
	parse: (typed, question) => parseSingle(typed, question, { options: steps, maySkip: true })
};
