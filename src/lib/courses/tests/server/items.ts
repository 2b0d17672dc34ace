/** How the items of the tests work, over all trainings: for whoever writes and reviews them. */
import type { Actor } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import { testTally } from '#lib/platform/server/db/schema/index.ts';
import { explainItem, askItem } from '#lib/questions/items/kinds.ts';
import type { Course, CourseItem, Language } from '../../course.ts';
import { testAccess } from '../access.ts';
import { analyseItem, type Analysis } from '../item-analysis.ts';
import type { FormName } from '../test.ts';
import { formsOf } from './windows.ts';

export interface AnalysedItem {
	readonly id: string;
	readonly version: number;
	readonly form: FormName;
	readonly objective: string;
	readonly question: string;
	/** How many answers to this wording there are. */
	readonly n: number;
	/** Null as long as they are too few. */
	readonly analysis: Analysis | null;
	/** Answer → what it says. */
	readonly texts: ReadonlyMap<string, string>;
}

/**
 * Every item of both forms in its present wording. Answers to earlier wordings
 * are another question's, so they are not added.
 *
 * Refuses with `not_found` whoever does not review the whole country.
 */
export async function analysedItems(
	app: App,
	course: Course,
	actor: Actor | null,
	language: Language
): Promise<AnalysedItem[]> {
	if (!testAccess.can(actor, 'analyse', {})) {
		throw new Refusal('not_found', 'courses_refused_test_forbidden');
	}
	const forms = formsOf(course);
	const tallies = await app.db.read.select().from(testTally);
	return (['A', 'B'] as const).flatMap((form) =>
		forms[form].map((item) => {
			const rows = tallies.filter(
				(row) => row.itemId === item.id && row.itemVersion === item.version
			);
			const { id, version, objective } = item;
			return {
				...{ id, version, form, objective },
				question: item.question[language],
				n: rows.reduce((sum, row) => sum + row.n, 0),
				analysis: analyseItem(rows, optionsOf(item)),
				texts: new Map(
					[...new Set(rows.map(({ answer }) => answer))]
						.filter((answer) => answer !== '')
						.map((answer) => [answer, textOf(item, answer, language)])
				)
			};
		})
	);
}

/** Only where one option is an answer by itself can one of them be idle. */
function optionsOf(item: CourseItem): string[] {
	const { control, options } = askItem(item, 'id');
	return control === 'radios' ? options.map(({ key }) => key) : [];
}

const textOf = (item: CourseItem, answer: string, language: Language): string =>
	explainItem(item, answer, language).chosen.join(' · ') || answer;
