import { answered, refused, silence, type Kind } from '../question.ts';

/** A count of people, visits or hours; more is a slip of the thumb. */
export const LARGEST_AMOUNT = 1_000_000;

/** INT: a whole number from 0. Indonesian thousands are understood: "1.250" is 1250. */
export const amount: Kind = {
	control: 'number',
	measure: 'amount',
	maySkip: false,
	options: () => [],
	parse(typed, question) {
		if (typed.length > 1) return refused('several');
		const digits = (typed[0] ?? '').trim();
		if (digits === '') return silence(question);
		const plain = /^\d{1,3}(\.\d{3})+$/.test(digits) ? digits.replaceAll('.', '') : digits;
		if (!/^\d+$/.test(plain)) return refused('not_whole');
		const value = Number(plain);
		return value <= LARGEST_AMOUNT ? answered(value) : refused('out_of_range');
	}
};
