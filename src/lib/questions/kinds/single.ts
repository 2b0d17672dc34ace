/** Reading of a single ticked choice; several kinds share it. */
import {
	answered,
	refused,
	silence,
	type Option,
	type Parsed,
	type Question
} from '../question.ts';

/** What the page sends for "Tidak menilai". */
export const SKIPPED = 'none';

export function parseSingle(
	typed: readonly string[],
	question: Question,
	offered: { options: readonly Option[]; maySkip: boolean }
): Parsed {
	const [only] = typed;
	if (only === undefined || only === '') return silence(question);
	if (typed.length > 1) return refused('several');
	if (only === SKIPPED && offered.maySkip) return answered(null);
	const chosen = offered.options.find((option) => String(option.value) === only);
	return chosen ? answered(chosen.value) : refused('unknown_choice');
}
