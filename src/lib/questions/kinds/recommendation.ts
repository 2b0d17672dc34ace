import type { Kind, Option } from '../question.ts';
import { parseSingle } from './single.ts';

const words = new Map([
	[0, { id: '0 – sama sekali tidak', en: '0 – not at all' }],
	[10, { id: '10 – pasti', en: '10 – certainly' }]
]);

const steps: readonly Option[] = Array.from({ length: 11 }, (_, value) => ({
	value,
	label: words.get(value) ?? { id: String(value), en: String(value) }
}));

/** R10: how likely one is to recommend, from 0 to 10. Says nothing about learning. */
export const recommendation: Kind = {
	control: 'radios',
	measure: 'recommend',
	maySkip: false,
	options: () => steps,
	parse: (typed, question) => parseSingle(typed, question, { options: steps, maySkip: false })
};
