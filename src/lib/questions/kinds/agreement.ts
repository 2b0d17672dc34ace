import type { Kind, Option } from '../question.ts';
import { parseSingle } from './single.ts';

const steps: readonly Option[] = [
	{ value: 1, label: { id: 'Sangat tidak setuju', en: 'Strongly disagree' } },
	{ value: 2, label: { id: 'Tidak setuju', en: 'Disagree' } },
	{ value: 3, label: { id: 'Setuju', en: 'Agree' } },
	{ value: 4, label: { id: 'Sangat setuju', en: 'Strongly agree' } }
];

/** T4: how far one agrees, in four steps without a middle, or "Tidak menilai". */
export const agreement: Kind = {
	control: 'radios',
	measure: 'scale',
	maySkip: true,
	options: () => steps,
	parse: (typed, question) => parseSingle(typed, question, { options: steps, maySkip: true })
};
