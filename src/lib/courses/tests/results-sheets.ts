/**
 * The results of a class as sheets: the figures of the page, hidden where the
 * page hides them, and for those who may see who is who the list of hand-ins.
 */
import { formatDay, type Locale } from '#lib/platform/calendar.ts';
import type { Sheet, SheetCell } from '#lib/platform/sheet.ts';
import { m } from '#lib/paraglide/messages.js';
import { lessonKey, type Module } from '../course.ts';
import type { Known } from './class-results.ts';
import type { Gain } from './gain.ts';
import { handInWords, testName } from './names.ts';
import type { ClassTests, Participant } from './server/class.ts';
import { testPhases, type TestPhase } from './test.ts';

type Titled = Pick<Module, 'slug' | 'title' | 'lessons' | 'planned'>;

/** One sheet with what the class has done as a whole, each figure on a row of its own. */
export function summarySheet({ training, tests, turnout, gain }: ClassTests, locale: Locale) {
	const in_ = { locale };
	const row = (title: string, value: SheetCell, note = ''): SheetCell[] => [title, value, note];
	const days = `${formatDay(training.startsOn, locale)} – ${formatDay(training.endsOn, locale)}`;
	const sheet: Sheet = {
		name: m.courses_results_sheet_summary({}, in_),
		columns: [
			{ title: m.courses_results_what({}, in_), width: 44 },
			{ title: m.courses_results_value({}, in_), width: 28 },
			{ title: m.courses_results_note({}, in_), width: 60 }
		],
		rows: [
			row(m.courses_results_training({}, in_), training.title),
			row(m.courses_results_place({}, in_), training.place),
			row(m.courses_results_days({}, in_), days),
			row(m.courses_results_invited({}, in_), turnout.invited),
			row(m.courses_results_both({}, in_), turnout.both),
			row(m.courses_results_only_pre({}, in_), turnout.onlyPre),
			row(m.courses_results_only_post({}, in_), turnout.onlyPost),
			row(m.courses_results_neither({}, in_), turnout.neither),
			...testPhases.map((phase) => {
				const { result, state } = tests[phase];
				const title = m.courses_results_mean({ name: testName(phase, locale) }, in_);
				if (result) return row(title, { share: result.mean }, `n = ${result.n}`);
				const why = state === 'closed' ? m.courses_known_too_few : m.courses_results_when_closed;
				return row(title, null, why({}, in_));
			}),
			...(gain
				? [
						row(m.courses_results_gain({}, in_), inPoints(gain.total.value), `n = ${gain.total.n}`),
						row(m.courses_results_gain_low({}, in_), inPoints(gain.total.low)),
						row(m.courses_results_gain_high({}, in_), inPoints(gain.total.high))
					]
				: [])
		]
	};
	return sheet;
}

/** One row for each lesson that the tests ask about, in the order of the course. */
export function lessonSheet(
	{ tests, gain }: Pick<ClassTests, 'tests' | 'gain'>,
	modules: readonly Titled[],
	locale: Locale
): Sheet {
	const in_ = { locale };
	const known = (phase: TestPhase, key: string) =>
		tests[phase].result?.objectives.find(({ objective }) => objective === key);
	const gained = (key: string) => gain?.objectives.find(({ objective }) => objective === key)?.gain;
	const column = (title: string, width = 12) => ({ title, width });
	const ofTest = (phase: TestPhase) => {
		const name = testName(phase, locale);
		return [
			column(m.courses_results_right({ name }, in_)),
			column(m.courses_results_right_low({ name }, in_)),
			column(m.courses_results_right_high({ name }, in_)),
			column(m.courses_results_right_n({ name }, in_))
		];
	};
	return {
		name: m.courses_results_sheet_lessons({}, in_),
		columns: [
			column(m.courses_results_module({}, in_), 30),
			column(m.courses_results_lesson({}, in_), 44),
			...testPhases.flatMap(ofTest),
			column(m.courses_results_gain({}, in_)),
			column(m.courses_results_gain_low({}, in_)),
			column(m.courses_results_gain_high({}, in_)),
			column(m.courses_results_gain_n({}, in_))
		],
		rows: modules.flatMap((module) =>
			[...module.lessons, ...module.planned].flatMap(({ slug, title }): SheetCell[][] => {
				const key = lessonKey({ moduleSlug: module.slug, slug });
				const [pre, post, gain] = [known('pre', key), known('post', key), gained(key)];
				if (!pre && !post && !gain) return [];
				const names = [module.title[locale], title[locale]];
				return [[...names, ...knownCells(pre), ...knownCells(post), ...gainCells(gain)]];
			})
		)
	};
}

/** Who has handed in which test, never how well. */
export function handInSheet(participants: readonly Participant[], locale: Locale): Sheet {
	const in_ = { locale };
	return {
		name: m.courses_results_sheet_people({}, in_),
		columns: [
			{ title: m.courses_results_team({}, in_), width: 30 },
			{ title: m.courses_results_name({}, in_), width: 30 },
			...testPhases.map((phase) => ({ title: testName(phase, locale), width: 24 }))
		],
		rows: participants.map(({ name, team, tests }) => [
			team,
			name,
			...testPhases.map((phase) => handInWords(tests[phase], locale))
		])
	};
}

/** Percentage points, so that nobody takes a difference of shares for a share. */
const inPoints = (difference: number) => 100 * difference;

const knownCells = (known: Known | undefined): SheetCell[] =>
	known
		? [{ share: known.share }, { share: known.low }, { share: known.high }, known.n]
		: [null, null, null, null];

const gainCells = (gain: Gain | undefined): SheetCell[] =>
	gain
		? [inPoints(gain.value), inPoints(gain.low), inPoints(gain.high), gain.n]
		: [null, null, null, null];
