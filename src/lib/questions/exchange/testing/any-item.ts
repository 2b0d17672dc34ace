/** Items of every kind with texts that nobody would write on purpose. */
import fc from 'fast-check';
import { keyed, LONGEST, OPTION_KEYS, tidy, twice, type DraftItem } from '../draft.ts';

/** What signs mean something in one of the formats, and letters of other scripts. */
const letters = fc.constantFrom(
	...Array.from('abcDE 159~=#{}:\\"\'<>&%,;|/$@+-*_.?!()[]^`'),
	...['é', 'ں', '图', '😀', '“', '→', '//', '::', '####', 'TRUE', '%50%', '\n']
);

/** As somebody reads it, with a letter in it, so that it is an answer, too. */
const text = (longest: number) =>
	fc
		.array(letters, { maxLength: 20 })
		.map((parts) => tidy(`k${parts.join('')}`))
		.filter((written) => [...written].length <= longest);

const texts = (fewest: number, most: number, longest: number) =>
	fc.uniqueArray(text(longest), { minLength: fewest, maxLength: most });

const common = fc.record({
	question: text(LONGEST.question).map(twice),
	explanation: text(LONGEST.explanation).map(twice)
});

const keysOf = (options: readonly string[]): string[] => OPTION_KEYS.slice(0, options.length);

const oneOf = (most: number) =>
	texts(2, most, LONGEST.option).chain((options) =>
		fc.record({
			options: fc.constant(options),
			answer: fc.constantFrom(...keysOf(options))
		})
	);

const single = fc.tuple(common, oneOf(4)).map(([said, { options, answer }]) => ({
	kind: 'single' as const,
	...said,
	options: twice(keyed(options)),
	answer
}));

const scenario = fc
	.tuple(single, text(LONGEST.scenario), texts(4, 4, LONGEST.option))
	.map(([item, story, reasons]) => ({
		...item,
		kind: 'scenario' as const,
		scenario: twice(story),
		reasons: twice(keyed(reasons.slice(0, Object.keys(item.options.id).length)))
	}));

const multiple = texts(2, 6, LONGEST.option).chain((options) =>
	fc.tuple(common, fc.subarray(keysOf(options), { minLength: 1 })).map(([said, answer]) => ({
		kind: 'multiple' as const,
		...said,
		options: twice(keyed(options)),
		answer
	}))
);

const truefalse = fc.tuple(common, fc.boolean()).map(([said, right]) => ({
	kind: 'truefalse' as const,
	...said,
	options: { id: { a: 'Benar', b: 'Salah' }, en: { a: 'True', b: 'False' } },
	answer: right ? 'a' : 'b'
}));

const order = texts(2, 6, LONGEST.option)
	.chain((options) =>
		fc.tuple(
			common,
			fc.constant(options),
			fc.shuffledSubarray(keysOf(options), { minLength: options.length })
		)
	)
	.filter(([, options, answer]) => answer.join() !== keysOf(options).join())
	.map(([said, options, answer]) => ({
		kind: 'order' as const,
		...said,
		options: twice(keyed(options)),
		answer
	}));

const match = fc
	.tuple(common, texts(2, 6, LONGEST.option), texts(2, 6, LONGEST.pairOption))
	.chain(([said, left, options]) =>
		fc
			.array(fc.constantFrom(...keysOf(options)), {
				minLength: left.length,
				maxLength: left.length
			})
			.map((answer) => ({
				kind: 'match' as const,
				...said,
				left: twice(Object.fromEntries(left.map((line, at) => [at + 1, line]))),
				options: twice(keyed(options)),
				answer: Object.fromEntries(answer.map((key, at) => [at + 1, key]))
			}))
	);

const short = fc
	.tuple(common, texts(1, 4, LONGEST.words))
	// A bar parts the words of a cell.
	.map(([said, words]) => ({
		kind: 'short' as const,
		...said,
		answer: twice([...new Set(words.map((each) => tidy(each.replaceAll('|', 'l'))))])
	}));

/** Of every kind alike. */
export const anyDraft = fc.oneof(
	single,
	scenario,
	multiple,
	truefalse,
	order,
	match,
	short
) as unknown as fc.Arbitrary<DraftItem>;
